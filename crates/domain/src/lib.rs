//! The server's rules, pure: what happens to a conversation, a workspace, an account when something is asked of it.
//!
//! No IO, no clock, no randomness, no async: time and entropy are arguments, storage is a list of writes in the answer.
//! The Durable Objects in `edge` execute what this crate decides and decide nothing themselves.

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

pub mod access;
pub mod account;
pub mod bucket;
pub mod conversation;
mod entity_tag;
pub mod files;
pub mod guesses;
pub mod idempotency;
pub mod identity;
mod name;
pub mod outbound;
pub mod outbox;
pub mod sealing;
pub mod search;
pub mod token;
pub mod visits;
pub mod workspace;

pub use access::{Action, Principal, Resource, authorize};
pub use conversation::{Conversation, Outcome};
pub use entity_tag::{entity_tag, is_expected, tag_of_workspace};
pub use name::name;
