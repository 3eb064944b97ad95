//! Who is named in notes: they are told on their feeds, until they have seen it.

use std::collections::BTreeMap;

use domain::workspace::{may_name_somebody, named_in};
use protocol::limits::MENTIONS_TOLD;
use protocol::{AgentId, Code, ConversationId, FeedFrame, Passage, Seq, Timestamp};
use store::Database;
use store::workspace::WorkspaceStore;

use super::{WorkspaceObject, open, stored};
use crate::attachment::Seated;
use crate::credential::Credential;
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Tells somebody's feeds where they were named.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn tell_mentions<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        agent: AgentId,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let is_theirs = |seated: &Seated| matches!(&seated.credential, Credential::Agent(ticket) if ticket.agent.id == agent);
        let sockets = self.sockets(platform);
        if !sockets.iter().any(|socket| socket.attachment.seated.as_ref().is_some_and(is_theirs)) {
            return Ok(());
        }
        let frame = told(platform, store, agent)?;
        for socket in self.sockets(platform).iter() {
            if socket.attachment.seated.as_ref().is_some_and(is_theirs) {
                socket.send(platform, &frame);
            }
        }
        Ok(())
    }

    /// Somebody has seen a conversation in which they were named.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn saw_mention<P>(
        &mut self,
        platform: &mut P,
        agent: AgentId,
        conversation: ConversationId,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        if stored(platform, store.see_mention(agent, conversation))? {
            self.tell_mentions(platform, &store, agent)?;
        }
        Ok(())
    }
}

/// What an agent is told.
pub(super) fn told<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    agent: AgentId,
) -> Result<FeedFrame, Code> {
    Ok(FeedFrame::Mentions { mentions: stored(platform, store.mentions_of(agent, MENTIONS_TOLD))? })
}

/// Who is named in what was said.
pub(super) fn named<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    passage: &Passage,
) -> Result<BTreeMap<AgentId, (Seq, Timestamp)>, Code> {
    if !may_name_somebody(&passage.lines) {
        return Ok(BTreeMap::new());
    }
    let people: Vec<_> =
        stored(platform, store.members())?.into_iter().map(|member| member.person.agent).collect();
    Ok(named_in(&passage.lines, &people))
}
