//! How what was said is found: what is kept for it, how what somebody typed is asked, and what is shown of what is found.
//!
//! The engine below finds whole words and their beginnings, in passages of a conversation. What languages write without
//! spaces it would take for one long word, so every letter of those is a word to it ([`spaced()`]).

mod passages;
mod query;
mod snippet;
mod spaced;

pub use passages::{KeptLine, KeptPassage, merge, take_up};
pub use query::expression;
pub use snippet::{HIT_BEGINS, HIT_ENDS, found_lines, snippets};
pub use spaced::{spaced, unspaced};
