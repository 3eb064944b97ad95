//! What the local mailbox tells: the mails that a developer's server would have sent.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::mail::Language;
use crate::seq::Timestamp;

/// The newest mails, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// At most [`crate::limits::MAILBOX_MAILS`].
    pub mails: Vec<MailboxEntry>,
}

/// A mail, whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxEntry {
    /// From 1, in the order of arrival.
    pub number: u64,
    /// When it came.
    pub at: Timestamp,
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
impl fmt::Debug for MailboxEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MailboxEntry").field("number", &self.number).finish_non_exhaustive()
    }
}
