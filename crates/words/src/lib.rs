//! What the widget says, in every language that it speaks: `locales/*.json`, and which of them a visitor gets.
//!
//! Pure: which language is wished for comes as text. What becomes of the words on a page is the widget's business.

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

mod choose;
mod language;
mod tag;

pub use choose::{Choice, accepted, choose};
pub use language::{Entry, LANGUAGES, Language, Text, compact};
