//! A workspace's object: what it answers to calls, and the feeds of its agents.

mod answer;
mod api_keys;
mod asking;
mod assignments;
mod audit;
mod availability;
mod blocking;
mod by_key;
mod canned;
mod contacts;
mod dismissal;
mod farewell;
mod feed;
mod filters;
mod home;
mod invitations;
mod jobs;
mod key_requests;
mod mentions;
mod ownership;
mod people;
mod private_chats;
mod reports;
mod retention;
mod roles;
mod routing;
mod search;
mod second_factor;
mod site_secrets;
mod sites;
mod teams;
mod tickets;
mod visits;
mod waiting;

use std::collections::BTreeMap;

use domain::workspace::{Spending, Ways};
use protocol::codec::Codec;
use protocol::{ApiKeyId, Code, SiteId};
use store::StorageError;
use store::workspace::WorkspaceStore;

use self::filters::Folders;
use self::waiting::Line;
use crate::attachment::{Attachment, Side};
use crate::platform::Platform;
use crate::sockets::{Sockets, answer_close};

/// What the object of one workspace has in memory. All of it can be lost between two turns.
#[derive(Debug)]
pub struct WorkspaceObject<Handle> {
    /// `None` until they are needed.
    sockets: Option<Sockets<Handle>>,
    /// What was spent of the quotas of keys, since they were first used in this life of the object.
    spendings: BTreeMap<ApiKeyId, Spending>,
    /// How conversations are given to agents. `None` until that is asked for.
    ways: Option<Ways>,
    /// What is kept of filters while feeds are told of them. `None` until that is asked for.
    folders: Option<Folders>,
    /// What was read lately of the lines in which visitors wait.
    lines: BTreeMap<SiteId, Line>,
}

impl<Handle> Default for WorkspaceObject<Handle> {
    fn default() -> Self {
        Self { sockets: None, spendings: BTreeMap::new(), ways: None, folders: None, lines: BTreeMap::new() }
    }
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// A socket for the feed is asked for; returns what is to be kept with it. Whether the workspace was ever founded is
    /// not told before the hello, which answers as it does where the feed is that of others (SPEC AC1).
    ///
    /// # Errors
    /// [`Code::NotFound`] if a visitor asks, [`Code::TooManySockets`].
    pub fn may_accept<P>(&mut self, platform: &mut P, side: Side, codec: Codec) -> Result<Attachment, Code>
    where
        P: Platform<Socket = Handle>,
    {
        if side == Side::Visitor {
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

    /// The client's close, or the news that the connection is gone.
    pub fn closed<P>(&mut self, platform: &mut P, handle: &Handle, code: u16)
    where
        P: Platform<Socket = Handle>,
    {
        answer_close(platform, handle, code);
        let sockets = self.sockets(platform);
        sockets.store_spent(platform, handle);
        let agent = sockets.get(handle).and_then(availability::agent_of);
        let seen = agent.map(|agent| self.seen(platform, agent));
        self.sockets(platform).remove(handle);
        if let Some(seen) = seen {
            self.tell_availability(platform, seen);
        }
    }

    fn sockets<P>(&mut self, platform: &P) -> &mut Sockets<Handle>
    where
        P: Platform<Socket = Handle>,
    {
        self.sockets.get_or_insert_with(|| Sockets::read(platform))
    }
}

fn open<P: Platform>(platform: &P) -> Result<WorkspaceStore<P::Database>, Code> {
    stored(platform, WorkspaceStore::open(platform.database()))
}

/// What storage said, or that it failed.
fn stored<P: Platform, T>(platform: &P, result: Result<T, StorageError>) -> Result<T, Code> {
    result.map_err(|error| {
        platform.storage_failed(&error);
        Code::Storage
    })
}
