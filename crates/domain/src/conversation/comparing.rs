//! A reply that was written by somebody who had not seen what came before it: whether it is said nonetheless.

use mutant::mutant;
use protocol::{AgentCommand, AgentRequest, ClientFrame, Code, Cursor, Seq};

use super::state::Conversation;
use super::stored::{Line, LineKind, Person};

/// What the author of something says that they had seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// They do not say: it is not compared.
    Untold,
    /// The log up to here, or nothing of it.
    Upto(Option<Cursor>),
}

impl Sight {
    /// Takes it out of a frame: whether two submissions are the same does not depend on it.
    pub(super) fn taken_from(frame: AgentRequest) -> (AgentRequest, Self) {
        let ClientFrame::Submit(mut submission) = frame else { return (frame, Self::Untold) };
        let sight = match &submission.command {
            AgentCommand::Say { what: _, seen } => Self::Upto(*seen),
            AgentCommand::Message { .. }
            | AgentCommand::Note { .. }
            | AgentCommand::Resolve
            | AgentCommand::Reopen
            | AgentCommand::Edit { .. }
            | AgentCommand::Delete { .. }
            | AgentCommand::EditNote { .. }
            | AgentCommand::DeleteNote { .. }
            | AgentCommand::Reply { .. }
            | AgentCommand::ReplyByNote { .. }
            | AgentCommand::File(_)
            | AgentCommand::NoteFile(_)
            | AgentCommand::Handle(_) => Self::Untold,
        };
        submission.command = submission.command.unseeing();
        (ClientFrame::Submit(submission), sight)
    }
}

impl Conversation {
    /// Whether nothing came that somebody should see before their reply is said (SPEC CV30).
    ///
    /// Of another life of the log nothing was seen, nor of one that was put back to before what was seen.
    ///
    /// # Errors
    /// [`Code::Overtaken`].
    pub(super) fn may_be_said(&self, person: Person, sight: Sight) -> Result<(), Code> {
        let Sight::Upto(seen) = sight else { return Ok(()) };
        let epoch = self.identity.as_ref().map(|identity| identity.epoch);
        let is_here = |seen: &Cursor| {
            // Of what is too old to be in memory all that came later is compared in any case.
            Some(seen.epoch) == epoch && self.lines.get(seen.seq).is_none_or(|line| line.at == seen.at)
        };
        let seen = seen.filter(is_here).map_or(Seq::START, |seen| seen.seq);
        let unseen = self.lines.newest().iter().rev().take_while(|line| line.seq > seen);
        let is_elsewhere =
            self.placement().assignee.is_some_and(|assignee| Person::Agent(assignee) != person);
        let overtakes = |line: &Line| line.person != person && is_news(line, is_elsewhere);
        if mutant!(40, unseen.into_iter().any(overtakes), false) { Err(Code::Overtaken) } else { Ok(()) }
    }
}

/// Whether somebody who replies should see what somebody else has done; `is_elsewhere` if the conversation is another
/// agent's by now.
fn is_news(line: &Line, is_elsewhere: bool) -> bool {
    let is_of_visitor = line.person == Person::Visitor;
    match line.kind {
        LineKind::Message | LineKind::File | LineKind::Note | LineKind::NoteFile | LineKind::Resolved => true,
        // What a colleague takes back or puts in better words was there to be seen before.
        LineKind::Edited | LineKind::Deleted | LineKind::NoteDeleted => {
            is_of_visitor || line.target == line.seq
        }
        LineKind::Assigned => is_elsewhere,
        LineKind::Reopened
        | LineKind::NoteEdited
        | LineKind::Rated
        | LineKind::Handled
        | LineKind::Gathered => false,
    }
}
