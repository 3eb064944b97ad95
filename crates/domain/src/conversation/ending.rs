//! The end of a conversation, and what its visitor says of it after.

use mutant::mutant;
use protocol::{AgentKind, Code, PublicKind, Status, Timestamp, limits};

use super::state::Conversation;
use super::stored::{LineKind, Person};

impl Conversation {
    /// Whether a conversation is there to be ended, and over to be rated (SPEC CV15, CV16).
    ///
    /// # Errors
    /// [`Code::NotFound`] where nothing has begun, [`Code::TooLate`] where the visitor may not rate it any longer.
    pub(super) fn may_end(&self, person: Person, kind: &AgentKind, now: Timestamp) -> Result<(), Code> {
        let AgentKind::Public(kind @ (PublicKind::Resolved | PublicKind::Rated(_))) = kind else {
            return Ok(());
        };
        if person == Person::Visitor && self.identity.is_none() {
            return Err(Code::NotFound);
        }
        let is_rating = matches!(kind, PublicKind::Rated(_));
        let ended_at = self.lines.newest().iter().rev().find(|line| line.kind == LineKind::Resolved);
        let may_rate = self.status() == Status::Resolved
            && ended_at.is_some_and(|line| now.since(line.at) <= limits::RATING_MS);
        if mutant!(34, is_rating && !may_rate, false) { Err(Code::TooLate) } else { Ok(()) }
    }
}
