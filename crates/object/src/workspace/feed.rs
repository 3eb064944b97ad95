//! The feeds of a workspace's agents: sockets on which they are told of its conversations.

use std::collections::BTreeMap;

use domain::workspace::counts;
use domain::{Action, Resource, authorize};
use protocol::call::{ConversationCall, Job};
use protocol::limits::FEED_PAGE;
use protocol::{
    AgentId, AgentTicket, CloseCode, Code, ConversationDigest, FeedFrame, FeedRequest, Hello, IndexEntry,
    IndexPosition, ListView, Passage, Refusal, Seq, Shelf, SocketTarget, Status, TeamId,
};
use store::workspace::WorkspaceStore;

use super::jobs::{arm, owe};
use super::{WorkspaceObject, availability, farewell, mentions, open, private_chats, stored, teams};
use crate::attachment::Seated;
use crate::credential::Credential;
use crate::message::Message;
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// A conversation tells its present state, and what was said in it: it is taken up, and the state told to every feed,
    /// unless it is old. One that begins after the workspace was deleted is told to erase itself. Returns up to where the
    /// words are known.
    ///
    /// # Errors
    /// [`Code::NotFound`] if the workspace was never founded, [`Code::Storage`].
    pub(super) fn hear<P>(
        &mut self,
        platform: &mut P,
        digest: &ConversationDigest,
        passage: Option<Passage>,
    ) -> Result<Seq, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        if stored(platform, store.standing())?.is_none() {
            let workspace = stored(platform, store.id())?.ok_or(Code::NotFound)?;
            let erase = ConversationCall::Erase { workspace };
            owe(platform, &store, &Job::Conversation(digest.entry.conversation, erase))?;
            arm(platform, &store)?;
            return Ok(NOTHING_IS_MISSING);
        }
        let before = stored(platform, store.entry(digest.entry.conversation))?;
        let is_new = before.is_none();
        if farewell::catch_up(platform, &store, digest, is_new)? {
            arm(platform, &store)?;
        }
        if is_new {
            stored(platform, store.forget_silent(digest.entry.conversation, None))?;
        }
        let named = match &passage {
            Some(passage) => mentions::named(platform, &store, passage)?,
            None => BTreeMap::new(),
        };
        let (entry, upto) = stored(platform, store.hear(digest, passage))?;
        let to_tell = stored(platform, store.note_mentions(digest.entry.conversation, &named))?;
        if let Some(entry) = entry {
            let is_counted = before.as_ref().is_some_and(|before| place_of(before) == place_of(&entry));
            let (was_with, is_with) = (before.as_ref().and_then(open_with), open_with(&entry));
            let routed = self.route(platform, &store, before.as_ref(), entry.clone());
            self.tell_all(platform, &FeedFrame::Changed(routed));
            self.refile(platform, &store, before.as_ref(), &entry)?;
            if !is_counted {
                self.tell_counts(platform, &store)?;
            }
            if was_with != is_with {
                self.tell_teams(platform, &store)?;
            }
        }
        for agent in to_tell {
            self.tell_mentions(platform, &store, agent)?;
        }
        Ok(upto)
    }

    /// Somebody does not belong to the workspace any more: what was theirs is nobody's, and every feed is told.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn tell_of_leaving<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        agent: AgentId,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        self.tell_all(platform, &FeedFrame::Left { agent });
        self.tell_counts(platform, store)?;
        self.tell_teams(platform, store)?;
        self.tell_filters(platform, store)
    }

    /// Whether anybody would hear what is told to all.
    pub(super) fn has_feeds<P>(&mut self, platform: &P) -> bool
    where
        P: Platform<Socket = Handle>,
    {
        self.sockets(platform).iter().any(|socket| socket.attachment.seated.is_some())
    }

    /// Closes every list, so that it comes back for what there is by now.
    pub(super) fn send_lists_back<P>(&mut self, platform: &mut P)
    where
        P: Platform<Socket = Handle>,
    {
        for socket in self.sockets(platform).iter() {
            socket.close(platform, CloseCode::Zombie);
        }
    }

    pub(super) fn tell_all<P>(&mut self, platform: &mut P, frame: &FeedFrame)
    where
        P: Platform<Socket = Handle>,
    {
        let sockets = self.sockets(platform);
        for socket in sockets.iter().filter(|socket| socket.attachment.seated.is_some()) {
            socket.send(platform, frame);
        }
    }

    /// Tells every feed how many conversations lie where, as its agent sees it.
    pub(super) fn tell_counts<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        if !self.has_feeds(platform) {
            return Ok(());
        }
        let tallies = stored(platform, store.tallies())?;
        for socket in self.sockets(platform).iter() {
            if let Some(Seated { credential: Credential::Agent(ticket), .. }) = &socket.attachment.seated {
                socket.send(platform, &FeedFrame::Counts { sites: counts(&tallies, ticket.agent.id) });
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
        match (frame, &socket.attachment.seated) {
            (None, _) => {}
            (Some(FeedRequest::Hello(hello)), None) => {
                let Err(close) = self.welcome(platform, handle, &hello) else { return };
                if close == CloseCode::NotFound {
                    platform.not_taken("the feed of others");
                }
                if let Some(socket) = self.sockets(platform).get_mut(handle) {
                    socket.send(platform, &FeedFrame::Bye { code: close.into(), after: 0 });
                    socket.turn_away(platform, close);
                }
            }
            (Some(FeedRequest::Hello(_)), Some(_)) => socket.close(platform, CloseCode::Forbidden),
            (
                Some(
                    FeedRequest::More { .. }
                    | FeedRequest::List { .. }
                    | FeedRequest::Choose(_)
                    | FeedRequest::Idle { .. }
                    | FeedRequest::SawMention { .. },
                ),
                None,
            ) => socket.turn_away(platform, CloseCode::Unauthenticated),
            (Some(request @ (FeedRequest::Choose(_) | FeedRequest::SawMention { .. })), Some(seated)) => {
                match watcher(platform, &seated.credential) {
                    Ok(ticket) => {
                        if let Err(code) = self.told(platform, ticket.agent.id, &request)
                            && let Some(socket) = self.sockets(platform).get(handle)
                        {
                            socket.send(platform, &FeedFrame::Refused(Refusal::new(code.into(), None)));
                        }
                    }
                    Err(close) => socket.close(platform, close),
                }
            }
            (Some(FeedRequest::Idle { is_idle }), Some(_)) => self.used(platform, handle, is_idle),
            (Some(FeedRequest::More { after }), Some(seated)) => {
                match watcher(platform, &seated.credential) {
                    Ok(_) => {
                        let frame = match page(platform, Some(after)) {
                            Ok((entries, more)) => FeedFrame::Page { entries, more },
                            Err(code) => FeedFrame::Refused(Refusal::new(code.into(), None)),
                        };
                        socket.send(platform, &frame);
                    }
                    Err(close) => socket.close(platform, close),
                }
            }
            (Some(FeedRequest::List { view, after }), Some(seated)) => {
                match watcher(platform, &seated.credential) {
                    Ok(ticket) => self.list(platform, handle, view, ticket.agent.id, after),
                    Err(close) => socket.close(platform, close),
                }
            }
        }
    }

    /// Answers with a page of a view.
    fn list<P>(
        &mut self,
        platform: &mut P,
        handle: &Handle,
        view: ListView,
        me: AgentId,
        after: Option<IndexPosition>,
    ) where
        P: Platform<Socket = Handle>,
    {
        let frames = match view.shelf {
            Shelf::Filter(filter) => self.filtered(platform, filter, view, me, after),
            Shelf::Mine
            | Shelf::Unassigned
            | Shelf::Open
            | Shelf::Pending
            | Shelf::Snoozed
            | Shelf::Resolved
            | Shelf::Team(_)
            | Shelf::Mentions => listed(platform, &view, me, after)
                .map(|(entries, more)| vec![FeedFrame::Listed { view, entries, more }]),
        };
        let frames = frames.unwrap_or_else(|code| vec![FeedFrame::Refused(Refusal::new(code.into(), None))]);
        if let Some(socket) = self.sockets(platform).get(handle) {
            for frame in frames {
                socket.send(platform, &frame);
            }
        }
    }

    /// Takes up what an agent says of themselves.
    fn told<P>(&mut self, platform: &mut P, me: AgentId, request: &FeedRequest) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        match request {
            FeedRequest::Choose(choice) => self.choose(platform, me, *choice),
            FeedRequest::SawMention { conversation } => self.saw_mention(platform, me, *conversation),
            FeedRequest::Hello(_)
            | FeedRequest::More { .. }
            | FeedRequest::List { .. }
            | FeedRequest::Idle { .. } => Ok(()),
        }
    }

    fn welcome<P>(&mut self, platform: &mut P, handle: &Handle, hello: &Hello) -> Result<(), CloseCode>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        let secret = platform.token_secret().map_err(|_| CloseCode::Unauthenticated)?;
        let ticket = Credential::of_agent(&secret, &hello.credential, SocketTarget::Feed, now);
        let ticket = ticket.ok_or(CloseCode::Unauthenticated)?;
        self.sockets(platform).spend(platform, handle, &ticket)?;
        let ticket = watcher(platform, &Credential::Agent(ticket))?;
        let (me, workspace) = (ticket.agent.clone(), ticket.workspace);
        let seated = Seated { credential: Credential::Agent(ticket), tab: hello.tab, page: None };
        let seen = self.seen(platform, me.id);
        let sockets = self.sockets(platform);
        sockets.make_room(platform, handle, &seated.seat())?;
        let zombie = |_: Code| CloseCode::Zombie;
        let (entries, more) = page(platform, None).map_err(zombie)?;
        let store = open(platform).map_err(zombie)?;
        let tallies = stored(platform, store.tallies()).map_err(zombie)?;
        let teams = teams::told(platform, &store).map_err(zombie)?;
        let choice = stored(platform, store.choice_of(me.id)).map_err(zombie)?;
        let named = mentions::told(platform, &store, me.id).map_err(zombie)?;
        let filters = self.filters_of(platform, &store, me.id).map_err(zombie)?;
        let sites = counts(&tallies, me.id);
        let principal = seated.credential.principal();
        let chats = match authorize(&principal, Action::ChatPrivately, Resource::Workspace(workspace)) {
            Ok(()) => Some(private_chats::of(platform, me.id).map_err(zombie)?),
            Err(_) => None,
        };
        let sockets = self.sockets(platform);
        if let Some(socket) = sockets.get_mut(handle) {
            socket.attachment.choice = choice;
            socket.take_seat(platform, Some(seated));
            socket.send(platform, &FeedFrame::Welcome { me, entries, more });
            socket.send(platform, &FeedFrame::Counts { sites });
            if let Some(chats) = chats {
                socket.send(platform, &chats);
            }
            socket.send(platform, &FeedFrame::Teams { teams });
            socket.send(platform, &named);
            socket.send(platform, &FeedFrame::Filters { filters });
            socket.send(platform, &FeedFrame::Chosen(choice));
        }
        let everybody = availability::everybody(self.sockets(platform));
        if let Some(socket) = self.sockets(platform).get(handle) {
            socket.send(platform, &everybody);
        }
        self.tell_availability(platform, seen);
        Ok(())
    }
}

/// What is answered to a conversation that has nothing to tell any more.
pub(super) const NOTHING_IS_MISSING: Seq = Seq(u64::MAX);

/// Whether the holder of a ticket may watch the feed at this moment, whatever the ticket says: returns it with the
/// holder as the workspace knows them.
fn watcher<P: Platform>(platform: &P, credential: &Credential) -> Result<AgentTicket, CloseCode> {
    let Credential::Agent(ticket) = credential else { return Err(CloseCode::Forbidden) };
    let zombie = |_: Code| CloseCode::Zombie;
    let store = open(platform).map_err(zombie)?;
    let standing = stored(platform, store.standing()).map_err(zombie)?.ok_or(CloseCode::NotFound)?;
    if ticket.workspace != standing.id {
        return Err(CloseCode::NotFound);
    }
    let member = stored(platform, store.member(ticket.agent.id)).map_err(zombie)?;
    let member = member.ok_or(CloseCode::Forbidden)?;
    authorize(&member.principal(standing.id), Action::WatchFeed, Resource::Workspace(standing.id))
        .map_err(|_| CloseCode::Forbidden)?;
    Ok(AgentTicket { agent: member.person.agent, permissions: member.permissions, ..ticket.clone() })
}

/// Reads a page of the index, and whether there is more: one more than it holds is asked for.
fn page<P: Platform>(platform: &P, after: Option<IndexPosition>) -> Result<(Vec<IndexEntry>, bool), Code> {
    let found = open(platform)?.page(after, FEED_PAGE.saturating_add(1));
    Ok(cut(stored(platform, found)?))
}

/// The same of a view.
fn listed<P: Platform>(
    platform: &P,
    view: &ListView,
    me: AgentId,
    after: Option<IndexPosition>,
) -> Result<(Vec<IndexEntry>, bool), Code> {
    let found = open(platform)?.listed(view, me, after, FEED_PAGE.saturating_add(1));
    Ok(cut(stored(platform, found)?))
}

pub(super) fn cut(mut entries: Vec<IndexEntry>) -> (Vec<IndexEntry>, bool) {
    let more = entries.len() > FEED_PAGE;
    entries.truncate(FEED_PAGE);
    (entries, more)
}

/// With which team it counts as an open one.
fn open_with(entry: &IndexEntry) -> Option<TeamId> {
    entry.placement.team.filter(|_| entry.status == Status::Open)
}

/// By what a conversation is counted.
pub(super) const fn place_of(entry: &IndexEntry) -> (Status, Option<AgentId>) {
    (entry.status, entry.placement.assignee)
}
