//! A message that answers an earlier one: which ones there are to answer, for whom.

use protocol::{AgentKind, Code, MessageName, Seq, Writer};

use super::state::Conversation;
use super::stored::{Line, LineKind, Person};

impl Conversation {
    /// Looks for the message that another one answers (SPEC CV14).
    ///
    /// What visitors see answers only what they see; they cannot tell a note from what there is not.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub(super) fn may_answer(&self, kind: &AgentKind) -> Result<(), Code> {
        let Some(name) = kind.reply_to() else { return Ok(()) };
        let found = self.position_of(name).and_then(|seq| self.lines.get(seq));
        let is_there = found.is_some_and(|line| match kind {
            AgentKind::Public(_) => is_said(line) && line.kind.is_public(),
            AgentKind::Private(_) => is_said(line),
        });
        if is_there { Ok(()) } else { Err(Code::NotFound) }
    }

    /// Where something stands by its name, if it is among the lines that are known.
    #[must_use]
    pub fn position_of(&self, name: MessageName) -> Option<Seq> {
        let person = match name.by {
            Writer::Visitor => Person::Visitor,
            Writer::Agent(id) => Person::Agent(id),
        };
        self.by_id.get(&(person, name.id)).copied()
    }
}

/// Whether somebody says something in it, or did before they deleted it.
fn is_said(line: &Line) -> bool {
    match line.kind {
        LineKind::Message | LineKind::Note | LineKind::File | LineKind::NoteFile => true,
        LineKind::Deleted | LineKind::NoteDeleted => line.target == line.seq,
        LineKind::Resolved
        | LineKind::Reopened
        | LineKind::Edited
        | LineKind::NoteEdited
        | LineKind::Rated
        | LineKind::Handled
        | LineKind::Assigned
        | LineKind::Gathered => false,
    }
}
