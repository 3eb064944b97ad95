//! Words of a transcript.

use protocol::{Author, Timestamp};

use super::{change, rating, thread};
use crate::browser::intl;
use crate::model::thread_row::{By, Change};
use crate::model::transcript::TranscriptWords;

/// The words for a conversation with somebody.
pub(crate) struct Transcript<'a> {
    /// What the visitor is called.
    pub(crate) visitor: &'a str,
}

impl TranscriptWords for Transcript<'_> {
    fn moment(&self, at: Timestamp) -> String {
        intl::full(at)
    }

    fn author(&self, author: &Author) -> String {
        super::by(&by(author), self.visitor)
    }

    fn note(&self) -> &'static str {
        thread::NOTE
    }

    fn edited(&self) -> &'static str {
        thread::EDITED
    }

    fn deleted(&self) -> &'static str {
        thread::DELETED
    }

    fn resolved(&self, author: &Author) -> String {
        change(&Change::Resolved, &by(author), self.visitor, |_| None, |_| None, intl::full)
    }

    fn reopened(&self, author: &Author) -> String {
        change(&Change::Reopened, &by(author), self.visitor, |_| None, |_| None, intl::full)
    }

    fn rated(&self, stars: u8) -> String {
        format!("{} rated the conversation {}", self.visitor, rating(stars))
    }
}

/// Everybody by their name: whoever reads it later need not be who saved it.
fn by(author: &Author) -> By {
    match author {
        Author::Visitor => By::Visitor,
        Author::Agent(agent) => By::Agent(agent.name.clone()),
        Author::System => By::System,
    }
}
