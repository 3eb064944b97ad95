//! An agent writes first: to a person whom a site knows, and whose conversation may not have begun.

use protocol::{AgentCommand, ClientFrame, Code, Reject, Submission, VisitorIdentity};

use super::handle::{Context, Request};
use super::outcome::{Outcome, Send, Write};
use super::state::{Conversation, Identity};

impl Conversation {
    /// Judges a message to a person whose conversation this is; with it the conversation begins, if it has not (SPEC
    /// CV17). What is said of them and was not known is taken up.
    ///
    /// # Errors
    /// As [`Self::handle`]; [`Code::NotFound`] if it is somebody else's conversation.
    pub fn reach(
        &self,
        context: Context<'_>,
        identity: Identity,
        who: VisitorIdentity,
        submission: Submission<AgentCommand>,
    ) -> Result<Outcome, Reject> {
        let request = Request::Agent(ClientFrame::Submit(submission));
        let Some(known) = self.identity() else {
            let begin = Write::Begin { identity, page: None, who: Some(who) };
            let mut begun = self.clone();
            begun.apply(&begin);
            let mut outcome = begun.handle(context, request)?;
            outcome.writes.insert(0, begin);
            return Ok(outcome);
        };
        if (known.workspace, &known.party) != (identity.workspace, &identity.party) {
            return Err(Code::NotFound.into());
        }
        let mut outcome = self.handle(context, request)?;
        let who = self.who().cloned().unwrap_or_default().with(who);
        if !outcome.writes.is_empty() && self.who() != Some(&who) {
            outcome.writes.splice(0..0, self.introduction(who));
            outcome.sends.push(Send::Attendance);
        }
        Ok(outcome)
    }
}
