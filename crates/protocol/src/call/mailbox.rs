//! What the local mailbox is asked.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::http::mailbox::Mailbox;
use crate::mail::Language;

/// A call to the mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailboxCall {
    /// Keeps a mail; a second one with its key is the same mail.
    Keep(Box<PostedMail>),
    /// Lists what is kept.
    List,
}

/// A mail, written out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedMail {
    /// The same for every attempt at the same mail.
    pub key: String,
    /// The recipient's address.
    pub to: String,
    /// Which language it is in.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
}

/// Neither the address nor the token of a mail ever reaches a log.
impl fmt::Debug for PostedMail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PostedMail").finish_non_exhaustive()
    }
}

/// The mailbox's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailboxAnswer {
    /// It is kept.
    Done,
    /// What is kept.
    Mails(Mailbox),
}
