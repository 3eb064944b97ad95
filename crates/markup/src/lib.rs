//! How messages are read: a small, safe part of Markdown, as a tree that the apps make elements of.
//!
//! What people typed is what is stored, edited and copied; only here does it become anything else, each time it is shown.
//! There is no HTML in it, neither read nor written. Whatever is no mark beyond doubt (`2 * 3`, `snake_case`, `:-)`)
//! stays as it was typed. No input panics, and none takes more than linear time.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod address;
mod block;
mod emoji;
mod emoji_list;
mod line;
mod list;
mod node;
mod plain;

pub use emoji::is_only_emoji;
pub use emoji_list::{EMOJI, EmojiGroup, EmojiSort, emoji_like};
pub use node::{Node, Tag};
pub use plain::plain;

/// Reads a message.
#[must_use]
pub fn parse(text: &str) -> Vec<Node<'_>> {
    let lines: Vec<&str> = text.split('\n').collect();
    block::blocks(&lines, 0)
}

#[cfg(test)]
mod tests;
