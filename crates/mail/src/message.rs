//! A letter, written out.

use core::fmt;

use protocol::Transcript;
use protocol::mail::{Language, Letter};

use crate::base_url::BaseUrl;
use crate::link::link;
use crate::words::{self, Facts, Setting, Words};
use crate::{html, text};

/// A mail as it is sent, but for its addresses. Text and HTML say the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// One line.
    pub subject: String,
    /// For programs that show no HTML.
    pub text: String,
    /// A whole document, which loads nothing.
    pub html: String,
}

/// A mail holds tokens, which never reach a log.
impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Message").finish_non_exhaustive()
    }
}

/// All that both twins are made of.
pub(crate) struct Content<'a> {
    pub(crate) base: &'a BaseUrl,
    pub(crate) setting: &'static Setting,
    pub(crate) words: Words,
    pub(crate) link: Option<String>,
    pub(crate) transcript: Option<&'a Transcript>,
}

/// Writes a letter. Every link in it begins with the base address.
#[must_use]
pub fn compose(base: &BaseUrl, language: Language, letter: &Letter) -> Message {
    let transcript = if let Letter::Transcript(transcript) = letter { Some(&**transcript) } else { None };
    let words = words::say(language, letter, &Facts::of(base, letter));
    let content =
        Content { base, setting: words::setting(language), words, link: link(base, letter), transcript };
    Message {
        subject: content.words.subject.to_owned(),
        text: text::write(&content),
        html: html::write(&content),
    }
}
