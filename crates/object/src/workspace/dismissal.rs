//! Ends what an agent may see: their feeds in this turn, their conversations by jobs that are due at once (SPEC AC7).

use domain::workspace::Member;
use protocol::call::{ConversationCall, Dismissal, Ended, Job};
use protocol::{Code, Role};
use store::Database;
use store::workspace::WorkspaceStore;

use super::jobs::owe;
use super::{WorkspaceObject, stored};
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Voids an agent's tickets, closes their feeds, and owes every conversation that they may have open the same.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn dismiss<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<impl Database>,
        dismissal: Dismissal,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let at = platform.now();
        let ended = Ended::Agent(dismissal);
        stored(platform, store.void_tickets().dismiss(&ended, at, at))?;
        let Dismissal { agent, session, .. } = dismissal;
        for conversation in stored(platform, store.ticketed(agent, session))? {
            owe(platform, store, &Job::Conversation(conversation, ConversationCall::Dismiss { ended, at }))?;
        }
        stored(platform, store.forget_tickets(agent, session))?;
        let seen = self.seen(platform, agent);
        self.sockets(platform).dismiss(platform, &ended, at);
        self.tell_availability(platform, seen);
        Ok(())
    }

    /// The rights of somebody have changed: they may come back with those that they have then.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn recall<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<impl Database>,
        member: &Member,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let dismissal = Dismissal { agent: member.id(), session: None, may_return: true };
        self.dismiss(platform, store, dismissal)
    }

    /// The same for everybody of a role.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn recall_all<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<impl Database>,
        role: Role,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        for member in stored(platform, store.members())?.iter().filter(|member| member.role == role) {
            self.recall(platform, store, member)?;
        }
        Ok(())
    }
}
