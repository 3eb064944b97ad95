//! A workspace: where its sites may be shown, and which news of a conversation is new.

mod index;
mod origin;

pub use index::supersedes;
pub use origin::{Origin, may_embed};
