//! A message that its author edits or deletes: who may, until when, and what it does to what was stored before.

use protocol::{AgentCommand, AgentEvent, AgentKind, Code, PrivateKind, PublicKind, Seq, Timestamp, limits};

use super::state::Conversation;
use super::stored::{Fingerprint, Line, LineKind, Person, StoredEvent};

impl Conversation {
    /// Finds the message that somebody wants to change; [`Seq::START`] if they want something else (SPEC CV12, CV13).
    ///
    /// A message is named by its author's own id for it, so that nobody can name what somebody else has written.
    ///
    /// # Errors
    /// [`Code::NotFound`] if there is none or it is deleted, [`Code::TooLate`].
    pub(super) fn target_of(&self, person: Person, kind: &AgentKind, now: Timestamp) -> Result<Seq, Code> {
        let Some(id) = kind.amends() else { return Ok(Seq::START) };
        let wanted = match kind {
            AgentKind::Public(PublicKind::Deleted { .. }) => [LineKind::Message, LineKind::File],
            AgentKind::Public(_) => [LineKind::Message; 2],
            AgentKind::Private(PrivateKind::NoteDeleted { .. }) => [LineKind::Note, LineKind::NoteFile],
            AgentKind::Private(_) => [LineKind::Note; 2],
        };
        let found = self.by_id.get(&(person, id)).and_then(|seq| self.lines.get(*seq));
        let line = found.filter(|line| wanted.contains(&line.kind)).ok_or(Code::NotFound)?;
        let limit = match person {
            Person::Visitor => limits::VISITOR_AMENDS_MS,
            Person::Agent(_) | Person::System => limits::AGENT_AMENDS_MS,
        };
        if now.since(line.at) > limit {
            return Err(Code::TooLate);
        }
        Ok(line.seq)
    }
}

/// What an agent has to ask for so that a message or note of theirs says something else, or is deleted; nothing if it
/// is.
///
/// # Errors
/// [`Code::TooLate`] where there is no text to change (any more), [`Code::NotFound`] where nobody says anything.
pub fn command_to_amend(event: &AgentEvent, text: Option<String>) -> Result<Option<AgentCommand>, Code> {
    let of = event.client_message_id;
    match (&event.kind, text) {
        (AgentKind::Public(PublicKind::Message { .. }), Some(text)) => {
            Ok(Some(AgentCommand::Edit { of, text }))
        }
        (AgentKind::Private(PrivateKind::Note { .. }), Some(text)) => {
            Ok(Some(AgentCommand::EditNote { of, text }))
        }
        (AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)), None) => {
            Ok(Some(AgentCommand::Delete { of }))
        }
        (AgentKind::Private(PrivateKind::Note { .. } | PrivateKind::File(_)), None) => {
            Ok(Some(AgentCommand::DeleteNote { of }))
        }
        (
            AgentKind::Public(PublicKind::Deleted { .. })
            | AgentKind::Private(PrivateKind::NoteDeleted { .. }),
            None,
        ) => Ok(None),
        (
            AgentKind::Public(PublicKind::Deleted { .. } | PublicKind::File(_))
            | AgentKind::Private(PrivateKind::NoteDeleted { .. } | PrivateKind::File(_)),
            Some(_),
        ) => Err(Code::TooLate),
        (
            AgentKind::Public(
                PublicKind::Resolved
                | PublicKind::Reopened
                | PublicKind::Edited { .. }
                | PublicKind::Rated(_),
            )
            | AgentKind::Private(
                PrivateKind::NoteEdited { .. } | PrivateKind::Handled(_) | PrivateKind::Gathered(_),
            ),
            _,
        ) => Err(Code::NotFound),
    }
}

impl StoredEvent {
    /// Takes up that a later event changes the message that this is or that this changes: nothing is left of the earlier
    /// text, not even its fingerprint.
    pub fn amend(&mut self, later: &Self) {
        let amended = self.kind.amended(self.client_message_id, &later.kind);
        if let Some(kind) = amended.filter(|_| is_about(later.target, self.seq, self.target)) {
            self.kind = kind;
            self.target = later.target;
            self.fingerprint = Fingerprint::NONE;
        }
    }

    /// Whether it is of the kinds that [`Self::amend`] others.
    #[must_use]
    pub fn amends(&self) -> bool {
        self.target > Seq::START && self.target != self.seq
    }

    /// The kind that a deletion leaves of whatever held the text; `None` if this deletes nothing.
    #[must_use]
    pub const fn leaves(&self) -> Option<LineKind> {
        match &self.kind {
            AgentKind::Public(PublicKind::Deleted { .. }) => Some(LineKind::Deleted),
            AgentKind::Private(PrivateKind::NoteDeleted { .. }) => Some(LineKind::NoteDeleted),
            AgentKind::Public(
                PublicKind::Message { .. }
                | PublicKind::Resolved
                | PublicKind::Rated(_)
                | PublicKind::Reopened
                | PublicKind::Edited { .. }
                | PublicKind::File(_),
            )
            | AgentKind::Private(
                PrivateKind::Note { .. }
                | PrivateKind::NoteEdited { .. }
                | PrivateKind::File(_)
                | PrivateKind::Handled(_)
                | PrivateKind::Gathered(_),
            ) => None,
        }
    }
}

impl Line {
    /// As [`StoredEvent::amend`].
    pub(super) fn amend(&mut self, later: &StoredEvent) {
        if is_about(later.target, self.seq, self.target) {
            self.kind = later.leaves().unwrap_or(self.kind);
            self.target = later.target;
            self.fingerprint = Fingerprint::NONE;
        }
    }
}

fn is_about(target: Seq, seq: Seq, own_target: Seq) -> bool {
    target > Seq::START && (seq == target || own_target == target)
}
