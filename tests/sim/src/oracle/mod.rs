//! What ought to be true, written from `docs/SPEC.md` and not from the code: plain lists, nothing clever.
//!
//! The invariants are I1 to I12 of the requirements; each complaint names the rule that was broken.

mod amending;
mod comparing;
mod ending;
mod frames;
mod intents;
mod log;
mod screen;
mod turn;

use std::collections::BTreeMap;

use domain::conversation::Person;
use protocol::{ConversationId, ReadMarks, TabId};

pub(crate) use amending::{disk, named};
pub(crate) use frames::refused_as;
pub(crate) use intents::{Intent, Intents, Standing};
pub(crate) use log::Log;
pub(crate) use turn::{Cause, Facts};

use crate::network::LinkId;

/// Fine, or a complaint.
pub(crate) type Verdict = Result<(), String>;

/// Returns a complaint unless a condition holds.
macro_rules! demand {
    ($condition:expr, $($complaint:tt)+) => {
        if !$condition {
            return Err(format!($($complaint)+));
        }
    };
}
pub(crate) use demand;

/// A socket that was welcomed.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) conversation: usize,
    pub(crate) person: Person,
    pub(crate) tab: TabId,
    /// The server has closed it and may still read what is on its way.
    pub(crate) is_closing: bool,
}

/// All that is known to be true.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    pub(crate) logs: Vec<Log>,
    /// Welcomed and not gone.
    pub(crate) sessions: BTreeMap<LinkId, Session>,
    pub(crate) intents: Intents,
}

impl Oracle {
    pub(crate) fn add(&mut self, id: ConversationId) {
        self.logs.push(Log::new(id));
    }

    /// What was written is durable: only now may anybody see it.
    pub(crate) fn commit(&mut self, conversation: usize) {
        self.logs[conversation].commit();
    }

    /// The object lost what was not durable, and its sockets with what was kept with them.
    pub(crate) fn crash(&mut self, conversation: usize, marks: ReadMarks) -> Verdict {
        self.sessions.retain(|_, session| session.conversation != conversation);
        self.logs[conversation].roll_back();
        self.logs[conversation].lose_marks(marks)
    }
}
