//! The workspace's object.

use protocol::call::{Dismissal, Founder, Founding, WorkspaceCall};
use protocol::codec::Codec;
use protocol::{AgentProfile, ConversationDigest, IndexEntry, Role};
use store::workspace::WorkspaceStore;

use super::Side;
use super::host::{Host, Out};
use crate::network::{LinkId, Payload};

/// One workspace.
#[derive(Debug)]
pub(crate) struct WorkspaceObject {
    pub(crate) host: Host,
    awake: ::object::WorkspaceObject<LinkId>,
}

impl WorkspaceObject {
    pub(crate) fn new(host: Host, founding: &Founding, agents: &[AgentProfile]) -> Self {
        let store = WorkspaceStore::open(host.database.clone()).expect("a new store opens");
        store.found(founding, host.now).expect("a new workspace is founded");
        for agent in agents {
            let person = Founder { agent: agent.clone(), ..founding.owner.clone() };
            store.add_member(&person, Role::Agent, host.now).expect("an agent is taken up");
        }
        host.database.commit();
        Self { host, awake: ::object::WorkspaceObject::default() }
    }

    /// A socket is asked for.
    pub(crate) fn accept(&mut self, link: LinkId, side: Side, codec: Codec) -> bool {
        let Ok(attachment) = self.awake.may_accept(&mut self.host, side, codec) else { return false };
        self.host.accept(link);
        self.awake.accepted(&mut self.host, link, attachment);
        true
    }

    /// A call of a conversation.
    pub(crate) fn answer(&mut self, call: u64, digest: &ConversationDigest) {
        let call_of = WorkspaceCall::Digest(Box::new(digest.clone()));
        let taken = self.awake.answer(&mut self.host, call_of);
        self.host.say(Out::Answer(call, taken.is_ok()));
    }

    /// What an agent's account tells.
    pub(crate) fn sessions_ended(&mut self, dismissal: Dismissal) {
        // What fails is told again; here the sockets of the list are all that counts.
        let _ = self.awake.answer(&mut self.host, WorkspaceCall::SessionsEnded(dismissal));
    }

    /// A message of a client.
    pub(crate) fn receive(&mut self, link: LinkId, payload: &Payload) {
        self.awake.receive(&mut self.host, &link, payload);
    }

    /// The client's close, or the news that the connection is gone.
    pub(crate) fn closed(&mut self, link: LinkId) {
        self.awake.closed(&mut self.host, &link, 1000);
        self.host.sockets.remove(&link);
    }

    pub(crate) fn crash(&mut self) -> Vec<LinkId> {
        self.awake = ::object::WorkspaceObject::default();
        self.host.reset()
    }

    pub(crate) fn evict(&mut self) {
        self.awake = ::object::WorkspaceObject::default();
        self.host.sleep();
    }

    /// The index, as somebody sees it who looks at the disk.
    pub(crate) fn index(&self) -> Vec<IndexEntry> {
        let page = WorkspaceStore::open(self.host.database.clone())
            .and_then(|store| store.page(None, protocol::limits::FEED_PAGE));
        page.expect("what is stored can be read")
    }
}
