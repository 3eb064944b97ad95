//! The shell of a workspace, as in `edge/src/objects/workspace.rs`.

use domain::conversation::joining_allowed;
use domain::{Action, Resource, authorize};
use protocol::call::Founding;
use protocol::limits::FEED_PAGE;
use protocol::{
    CloseCode, Code, ConversationDigest, FeedFrame, FeedRequest, Hello, IndexEntry, IndexPosition, Refusal,
    SocketTarget,
};
use store::workspace::WorkspaceStore;

use super::conversation::storage;
use super::host::{Host, Out};
use super::socket::{Credential, Seated, UsedTickets};
use crate::database::SimDatabase;
use crate::network::{LinkId, Payload};

/// One workspace.
#[derive(Debug)]
pub(crate) struct WorkspaceObject {
    pub(crate) host: Host,
    used_tickets: UsedTickets,
}

impl WorkspaceObject {
    pub(crate) fn new(host: Host, founding: &Founding) -> Self {
        let store = WorkspaceStore::open(host.database.clone()).expect("a new store opens");
        store.found(founding).expect("a new workspace is founded");
        host.database.commit();
        Self { host, used_tickets: UsedTickets::default() }
    }

    fn store(&self) -> Result<WorkspaceStore<SimDatabase>, Code> {
        WorkspaceStore::open(self.host.database.clone()).map_err(storage)
    }

    /// A call of a conversation.
    pub(crate) fn answer(&mut self, call: u64, digest: &ConversationDigest) {
        let taken = self.take_digest(digest);
        self.host.say(Out::Answer(call, taken.is_ok()));
    }

    fn take_digest(&mut self, digest: &ConversationDigest) -> Result<(), Code> {
        let store = self.store()?;
        if store.workspace().map_err(storage)?.is_none() {
            return Err(Code::NotFound);
        }
        if store.take_digest(digest).map_err(storage)? {
            let frame = FeedFrame::Changed(digest.entry.clone());
            let seated: Vec<LinkId> = self
                .host
                .sockets
                .iter()
                .filter(|(_, socket)| socket.attachment.seated.is_some())
                .map(|(link, _)| *link)
                .collect();
            for link in seated {
                self.host.send(link, &frame);
            }
        }
        Ok(())
    }

    /// A message of a client.
    pub(crate) fn receive(&mut self, link: LinkId, payload: &Payload) {
        let Some(frame) = self.host.read::<FeedRequest, FeedFrame>(link, payload, FeedFrame::Refused) else {
            return;
        };
        let is_seated = self.host.sockets.get(&link).is_some_and(|socket| socket.attachment.seated.is_some());
        match (frame, is_seated) {
            (FeedRequest::Hello(hello), false) => {
                if let Err(close) = self.welcome(link, hello) {
                    self.host.send(link, &FeedFrame::Bye { code: close.into(), after: 0 });
                    self.host.close(link, close);
                }
            }
            (FeedRequest::Hello(_), true) => self.host.close(link, CloseCode::Forbidden),
            (FeedRequest::More { .. }, false) => self.host.close(link, CloseCode::Unauthenticated),
            (FeedRequest::More { after }, true) => {
                let frame = match self.page(Some(after)) {
                    Ok((entries, more)) => FeedFrame::Page { entries, more },
                    Err(code) => FeedFrame::Refused(Refusal::new(code.into(), None)),
                };
                self.host.send(link, &frame);
            }
        }
    }

    /// The client's close, or the news that the connection is gone.
    pub(crate) fn closed(&mut self, link: LinkId) {
        self.host.close_number(link, 1000);
        self.host.sockets.remove(&link);
    }

    pub(crate) fn crash(&mut self) -> Vec<LinkId> {
        self.used_tickets = UsedTickets::default();
        self.host.reset()
    }

    pub(crate) fn evict(&mut self) {
        self.used_tickets = UsedTickets::default();
        self.host.sleep();
    }

    fn welcome(&mut self, link: LinkId, hello: Hello) -> Result<(), CloseCode> {
        let now = self.host.now;
        let ticket = Credential::of_agent(&hello.credential, SocketTarget::Feed, now)
            .ok_or(CloseCode::Unauthenticated)?;
        if !self.used_tickets.take(&ticket, now) {
            return Err(CloseCode::Unauthenticated);
        }
        let me = ticket.agent.clone();
        let seated = Seated { credential: Credential::Agent(ticket), tab: hello.tab, page: None };
        let seat = seated.seat();
        let own = self.store().and_then(|store| store.workspace().map_err(storage));
        let own = own.map_err(|_| CloseCode::Zombie)?.ok_or(CloseCode::NotFound)?;
        authorize(&seat.principal, Action::WatchFeed, Resource::Workspace(own))
            .map_err(|_| CloseCode::NotFound)?;
        let mut staying = Vec::new();
        let others: Vec<_> = self
            .host
            .sockets
            .iter()
            .filter(|(other, _)| **other != link)
            .filter_map(|(other, socket)| Some((*other, socket.attachment.seated.as_ref()?.seat())))
            .collect();
        for (other, taken) in others {
            if taken.is_replaced_by(&seat) {
                self.host.close(other, CloseCode::Replaced);
            } else {
                staying.push(taken);
            }
        }
        joining_allowed(seat.person(), staying.iter()).map_err(|_| CloseCode::TooMany)?;
        let (entries, more) = self.page(None).map_err(|_| CloseCode::Zombie)?;
        if let Some(socket) = self.host.sockets.get_mut(&link) {
            socket.attachment.seated = Some(seated);
        }
        self.host.send(link, &FeedFrame::Welcome { me, entries, more });
        Ok(())
    }

    /// A page of the index, and whether there is more.
    pub(crate) fn page(&self, after: Option<IndexPosition>) -> Result<(Vec<IndexEntry>, bool), Code> {
        let mut entries = self.store()?.page(after, FEED_PAGE.saturating_add(1)).map_err(storage)?;
        let more = entries.len() > FEED_PAGE;
        entries.truncate(FEED_PAGE);
        Ok((entries, more))
    }
}
