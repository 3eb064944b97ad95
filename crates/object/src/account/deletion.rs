//! The end of an account (SPEC AP40).

use protocol::call::Job;
use protocol::mail::Letter;
use protocol::{AgentId, Code};

use super::Turn;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Deletes the account of somebody who has left wherever they belonged: what they are known by, what they sign in with,
    /// and every session. Their address is told.
    pub(super) fn delete(&self, left: &[AgentId]) -> Result<(), Code> {
        let account = self.own_account()?;
        let memberships = self.stored(self.store.memberships())?;
        // Where they came meanwhile, nobody has asked whether they may leave.
        if memberships.iter().any(|membership| !left.contains(&membership.agent)) {
            return Err(Code::InUse);
        }
        self.platform.session_ended(None, "the account was deleted");
        if self.stored(self.store.picture())?.is_some() {
            for agent in left {
                self.owe(&Job::Face(*agent, None))?;
            }
        }
        self.put_away()?;
        self.leave_pictures()?;
        self.deliver_to(&account, Letter::AccountDeleted)?;
        self.stored(self.store.delete(self.now))
    }
}
