//! The audit log of a workspace, as far as its object writes and reads it.

use domain::workspace::{Member, guarded_change, hears_of_guarded_changes, refusal_is_noted};
use protocol::Code;
use protocol::call::WorkspaceAnswer;
use protocol::http::workspace::{AuditChange, AuditPage};
use protocol::limits::AUDIT_PAGE;
use protocol::mail::{GuardedChange, Letter, Mail};
use store::Database;
use store::workspace::By;

use super::asking::{Asking, Means};
use super::jobs::owe_mail;
use super::stored;
use crate::platform::Platform;

impl<D: Database> Asking<D> {
    /// Adds a line about what is about to be done. If the safety of the workspace rests on it, mails about it are owed; the
    /// alarm is to be set in the same turn.
    ///
    /// # Errors
    /// [`Code::Storage`], or [`Code::Internal`] without the secret that names accounts.
    pub(super) fn note<P: Platform>(&self, platform: &P, change: &AuditChange) -> Result<(), Code> {
        stored(platform, self.store.note(self.by(), change, self.now))?;
        match guarded_change(change) {
            Some(what) => self.owe_warnings(platform, what),
            None => Ok(()),
        }
    }

    fn owe_warnings<P: Platform>(&self, platform: &P, what: GuardedChange) -> Result<(), Code> {
        let members = stored(platform, self.store.members())?;
        for Member { person, .. } in members.into_iter().filter(hears_of_guarded_changes) {
            let letter = Letter::GuardedChange { what, by: self.member.person.email.clone(), at: self.now };
            let mail = Mail { to: person.email, language: person.language, letter };
            owe_mail(platform, &self.store, mail)?;
        }
        Ok(())
    }

    /// Adds a line about what they tried and may not do, unless they did so a moment ago (SPEC WS15).
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn note_refusal<P: Platform>(&self, platform: &P, action: &str) -> Result<(), Code> {
        let last = stored(platform, self.store.refusal_noted_at(self.member.id(), action))?;
        if !refusal_is_noted(last, self.now) {
            return Ok(());
        }
        stored(platform, self.store.note_refusal(self.member.id(), self.by(), action, self.now))
    }

    fn by(&self) -> By<'_> {
        let agent = &self.member.person.agent;
        match &self.means {
            Means::Session(_) => By::Person(agent),
            Means::Key(name) => By::Key(agent, name),
        }
    }
}

/// Reads a page: one line more than it holds is asked for, to know whether there are more.
pub(super) fn page<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    before: Option<u64>,
) -> Result<WorkspaceAnswer, Code> {
    let mut lines = stored(platform, asking.store.audit(before, AUDIT_PAGE.saturating_add(1)))?;
    let more = lines.len() > AUDIT_PAGE;
    lines.truncate(AUDIT_PAGE);
    Ok(WorkspaceAnswer::Audit(AuditPage { lines, more }))
}
