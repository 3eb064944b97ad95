//! A workspace's object, as far as sockets and the index are concerned: the feeds of its agents.

use domain::{Action, Resource, authorize};
use protocol::codec::Codec;
use protocol::limits::FEED_PAGE;
use protocol::{
    CloseCode, Code, ConversationDigest, FeedFrame, FeedRequest, Hello, IndexEntry, IndexPosition, Refusal,
    SocketTarget,
};
use store::workspace::WorkspaceStore;

use crate::attachment::{Attachment, Seated, Side};
use crate::credential::{Credential, UsedTickets};
use crate::message::Message;
use crate::platform::Platform;
use crate::sockets::{Sockets, answer_close};

/// What the object of one workspace has in memory. All of it can be lost between two turns.
#[derive(Debug)]
pub struct WorkspaceObject<Handle> {
    /// `None` until they are needed.
    sockets: Option<Sockets<Handle>>,
    used_tickets: UsedTickets,
}

impl<Handle> Default for WorkspaceObject<Handle> {
    fn default() -> Self {
        Self { sockets: None, used_tickets: UsedTickets::default() }
    }
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// A socket for the feed is asked for; returns what is to be kept with it.
    ///
    /// # Errors
    /// [`Code::NotFound`] if the workspace was never founded or a visitor asks, [`Code::TooManySockets`],
    /// [`Code::Storage`].
    pub fn may_accept<P>(&mut self, platform: &mut P, side: Side, codec: Codec) -> Result<Attachment, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let own = open(platform)?.workspace().map_err(|error| failed(platform, &error))?;
        if own.is_none() || side == Side::Visitor {
            return Err(Code::NotFound);
        }
        self.sockets(platform).place_for(platform, side, codec).ok_or(Code::TooManySockets)
    }

    /// The socket that was asked for is there.
    pub fn accepted<P>(&mut self, platform: &mut P, handle: Handle, attachment: Attachment)
    where
        P: Platform<Socket = Handle>,
    {
        self.sockets(platform).add(platform, handle, attachment);
    }

    /// A conversation tells its present state: it is taken up and told to every feed, unless it is old.
    ///
    /// # Errors
    /// [`Code::NotFound`] if the workspace was never founded, [`Code::Storage`].
    pub fn take_digest<P>(&mut self, platform: &mut P, digest: &ConversationDigest) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        if store.workspace().map_err(|error| failed(platform, &error))?.is_none() {
            return Err(Code::NotFound);
        }
        if store.take_digest(digest).map_err(|error| failed(platform, &error))? {
            let frame = FeedFrame::Changed(digest.entry.clone());
            let sockets = self.sockets(platform);
            for socket in sockets.iter().filter(|socket| socket.attachment.seated.is_some()) {
                socket.send(platform, &frame);
            }
        }
        Ok(())
    }

    /// A message of a client.
    pub fn receive<P>(&mut self, platform: &mut P, handle: &Handle, message: &Message)
    where
        P: Platform<Socket = Handle>,
    {
        let Some(socket) = self.sockets(platform).get_mut(handle) else { return };
        let frame = socket.read::<P, FeedRequest, FeedFrame>(platform, message, FeedFrame::Refused);
        match (frame, socket.attachment.seated.is_some()) {
            (None, _) => {}
            (Some(FeedRequest::Hello(hello)), false) => {
                let Err(close) = self.welcome(platform, handle, &hello) else { return };
                if let Some(socket) = self.sockets(platform).get(handle) {
                    socket.send(platform, &FeedFrame::Bye { code: close.into(), after: 0 });
                    socket.close(platform, close);
                }
            }
            (Some(FeedRequest::Hello(_)), true) => socket.close(platform, CloseCode::Forbidden),
            (Some(FeedRequest::More { .. }), false) => socket.close(platform, CloseCode::Unauthenticated),
            (Some(FeedRequest::More { after }), true) => {
                let frame = match page(platform, Some(after)) {
                    Ok((entries, more)) => FeedFrame::Page { entries, more },
                    Err(code) => FeedFrame::Refused(Refusal::new(code.into(), None)),
                };
                socket.send(platform, &frame);
            }
        }
    }

    /// The client's close, or the news that the connection is gone.
    pub fn closed<P>(&mut self, platform: &mut P, handle: &Handle, code: u16)
    where
        P: Platform<Socket = Handle>,
    {
        answer_close(platform, handle, code);
        self.sockets(platform).remove(handle);
    }

    fn welcome<P>(&mut self, platform: &mut P, handle: &Handle, hello: &Hello) -> Result<(), CloseCode>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        let secret = platform.token_secret().map_err(|_| CloseCode::Unauthenticated)?;
        let ticket = Credential::of_agent(&secret, &hello.credential, SocketTarget::Feed, now);
        let ticket = ticket.ok_or(CloseCode::Unauthenticated)?;
        if !self.used_tickets.take(&ticket, now) {
            return Err(CloseCode::Unauthenticated);
        }
        let me = ticket.agent.clone();
        let seated = Seated { credential: Credential::Agent(ticket), tab: hello.tab, page: None };
        let seat = seated.seat();
        let own =
            open(platform).and_then(|store| store.workspace().map_err(|error| failed(platform, &error)));
        let own = own.map_err(|_| CloseCode::Zombie)?.ok_or(CloseCode::NotFound)?;
        authorize(&seat.principal, Action::WatchFeed, Resource::Workspace(own))
            .map_err(|_| CloseCode::NotFound)?;
        let sockets = self.sockets(platform);
        sockets.make_room(platform, handle, &seat)?;
        let (entries, more) = page(platform, None).map_err(|_| CloseCode::Zombie)?;
        if let Some(socket) = sockets.get_mut(handle) {
            socket.take_seat(platform, Some(seated));
            socket.send(platform, &FeedFrame::Welcome { me, entries, more });
        }
        Ok(())
    }

    fn sockets<P>(&mut self, platform: &P) -> &mut Sockets<Handle>
    where
        P: Platform<Socket = Handle>,
    {
        self.sockets.get_or_insert_with(|| Sockets::read(platform))
    }
}

fn open<P: Platform>(platform: &P) -> Result<WorkspaceStore<P::Database>, Code> {
    WorkspaceStore::open(platform.database()).map_err(|error| failed(platform, &error))
}

fn failed<P: Platform>(platform: &P, error: &store::StorageError) -> Code {
    platform.storage_failed(error);
    Code::Storage
}

/// Reads a page of the index, and whether there is more: one more than it holds is asked for.
fn page<P: Platform>(platform: &P, after: Option<IndexPosition>) -> Result<(Vec<IndexEntry>, bool), Code> {
    let wanted = FEED_PAGE.saturating_add(1);
    let mut entries = open(platform)?.page(after, wanted).map_err(|error| failed(platform, &error))?;
    let more = entries.len() > FEED_PAGE;
    entries.truncate(FEED_PAGE);
    Ok((entries, more))
}
