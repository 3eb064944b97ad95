//! What the widget says, in every language that it speaks: `locales/*.json`, and which of them a visitor gets.
//!
//! Pure: which language is wished for comes as text. What becomes of the words on a page is the widget's business.

mod choose;
mod language;
mod tag;

pub use choose::{Choice, accepted, choose};
pub use language::{Entry, LANGUAGES, Language, Text, compact};
