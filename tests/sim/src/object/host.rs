//! The platform's side of one object: sockets, the output gate, the alarm, what a crash takes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use ::object::{Attachment, ConversationPlatform, News, Platform};
use domain::bucket::Bucket;
use domain::conversation::Request as Asked;
use domain::sealing::Sealing;
use protocol::{AgentId, Code, ConversationId, Reject, Seq, Timestamp, limits};
use store::StorageError;
use store::conversation::SqlConversationStore;

use super::SECRET;
use super::conversation::is_refused_by_newer;
use super::kept::{Kept, MemoryDisk};
use crate::database::SimDatabase;
use crate::network::{LinkId, Payload};
use crate::rng::Rng;

/// What leaves an object, once the gate is open.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// A frame to a socket.
    Frame(LinkId, Payload),
    /// The end of a socket.
    Close(LinkId, u16),
    /// A call to the workspace.
    Call(u64, Box<News>),
    /// A question to the workspace, for whose answer somebody waits.
    Question(u64),
    /// The answer to a call: how far the words of a conversation are known, if it was told of one.
    Answer(u64, Result<Seq, Reject>),
}

/// The server's end of a link.
#[derive(Debug, Default)]
pub(crate) struct Socket {
    pub(crate) attachment: Option<Attachment>,
    /// The server has closed it, and the client has not answered yet.
    closing: bool,
    /// Bytes that the client has not taken.
    pub(crate) buffered: usize,
    /// Bytes of the latest frame among them.
    pub(crate) latest: usize,
}

/// What the platform keeps for an object.
#[derive(Debug)]
pub(crate) struct Host {
    /// The object's id, if it is a conversation's.
    pub(super) conversation: Option<ConversationId>,
    /// The disk of a conversation that is not kept in SQL.
    pub(super) memory: Option<Rc<RefCell<MemoryDisk>>>,
    /// Whether this deployment refuses what the clients' build allows.
    pub(crate) is_stricter: bool,
    pub(crate) database: SimDatabase,
    pub(crate) sockets: BTreeMap<LinkId, Socket>,
    /// What was said since the last commit; stays here until all that was written before is durable.
    pub(crate) held: Vec<Out>,
    /// What was said in this turn, for whoever checks it.
    pub(crate) said: Vec<Out>,
    pub(crate) alarm: Option<i64>,
    committed_alarm: Option<i64>,
    /// The server's clock in this turn.
    pub(crate) now: Timestamp,
    pub(crate) rng: Rng,
    /// Which isolate it runs in: a panic resets them all.
    pub(crate) isolate: u64,
    /// Counts lives in memory.
    pub(crate) life: u32,
    /// Counts how often something that was to be stored was not.
    pub(crate) losses: u32,
}

impl Host {
    pub(crate) fn new(mut rng: Rng, isolates: u64) -> Self {
        let isolate = rng.below(isolates);
        Self {
            conversation: None,
            memory: None,
            is_stricter: false,
            database: SimDatabase::new(),
            sockets: BTreeMap::new(),
            held: Vec::new(),
            said: Vec::new(),
            alarm: None,
            committed_alarm: None,
            now: Timestamp(0),
            rng,
            isolate,
            life: 0,
            losses: 0,
        }
    }

    /// A socket is there.
    pub(super) fn accept(&mut self, link: LinkId) {
        self.sockets.insert(link, Socket::default());
    }

    pub(crate) fn open_store(&self, is_begun: bool) -> Result<Kept, StorageError> {
        let database = self.database.clone();
        Ok(match &self.memory {
            Some(disk) => Kept::Memory(Rc::clone(disk), database),
            None if is_begun => Kept::Sql(SqlConversationStore::open_begun(database)),
            None => Kept::Sql(SqlConversationStore::open(database)?),
        })
    }

    /// A socket for which more waits than may; the bytes of the last frame do not count.
    pub(crate) fn overfull(&self) -> Option<(LinkId, usize)> {
        let over = |socket: &Socket| socket.buffered.saturating_sub(socket.latest);
        let most = usize::try_from(limits::BUFFERED_BYTES).expect("small");
        let mut all = self.sockets.iter().map(|(link, socket)| (*link, over(socket)));
        all.find(|(_, waiting)| *waiting > most)
    }

    pub(crate) fn say(&mut self, out: Out) {
        self.said.push(out.clone());
        self.held.push(out);
    }

    pub(crate) fn commit(&mut self) {
        self.database.commit();
        if let Some(disk) = &self.memory {
            disk.borrow_mut().commit();
        }
        self.committed_alarm = self.alarm;
    }

    /// Runs the alarm again, as the platform does when its handler has died.
    pub(crate) const fn ring_again(&mut self, at: i64) {
        self.alarm = Some(at);
        self.committed_alarm = Some(at);
    }

    /// Takes the alarm, as it is before its handler runs.
    pub(crate) fn take_alarm(&mut self, at: i64) -> bool {
        let rings = self.alarm == Some(at);
        if rings {
            self.alarm = None;
            self.committed_alarm = None;
        }
        rings
    }

    /// Everything in memory is gone, with all that was not committed and what waited for it; perhaps the sockets too.
    pub(crate) fn reset(&mut self) -> Vec<LinkId> {
        self.database.roll_back();
        if let Some(disk) = &self.memory {
            disk.borrow_mut().roll_back();
        }
        self.losses += 1;
        self.alarm = self.committed_alarm;
        self.held.clear();
        self.said.clear();
        self.sleep();
        let gone = self.sockets.keys().copied().collect();
        self.sockets.clear();
        gone
    }

    /// Memory is gone; sockets, attachments and storage stay.
    pub(crate) const fn sleep(&mut self) {
        self.life += 1;
    }
}

impl Platform for Host {
    type Socket = LinkId;
    type Database = SimDatabase;

    fn now(&self) -> Timestamp {
        self.now
    }

    fn token_secret(&self) -> Result<Vec<u8>, Code> {
        Ok(SECRET.to_vec())
    }

    fn name_secret(&self) -> Result<Vec<u8>, Code> {
        Ok(SECRET.to_vec())
    }

    fn sealing(&self) -> Result<Sealing, Code> {
        Ok(Sealing::new(SECRET, None))
    }

    fn unsealable(&self, kind: &str) {
        panic!("a {kind} does not open");
    }

    fn database(&self) -> SimDatabase {
        self.database.clone()
    }

    fn sockets(&self) -> Vec<LinkId> {
        self.sockets.keys().copied().collect()
    }

    fn attachment(&self, link: &LinkId) -> Option<Attachment> {
        self.sockets.get(link)?.attachment.clone()
    }

    fn keep(&mut self, link: &LinkId, attachment: &Attachment) {
        if let Some(socket) = self.sockets.get_mut(link) {
            socket.attachment = Some(attachment.clone());
        }
    }

    fn buffered_bytes(&self, link: &LinkId) -> u32 {
        let buffered = self.sockets.get(link).map_or(0, |socket| socket.buffered);
        u32::try_from(buffered).unwrap_or(u32::MAX)
    }

    fn send(&mut self, link: &LinkId, payload: &Payload) -> bool {
        let Some(socket) = self.sockets.get_mut(link).filter(|socket| !socket.closing) else { return false };
        socket.buffered += payload.len();
        socket.latest = payload.len();
        self.say(Out::Frame(*link, payload.clone()));
        true
    }

    fn close(&mut self, link: &LinkId, code: u16) {
        let Some(socket) = self.sockets.get_mut(link) else { return };
        if !std::mem::replace(&mut socket.closing, true) {
            self.say(Out::Close(*link, code));
        }
    }

    fn random<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Code> {
        Ok(self.rng.bytes())
    }

    fn wake_at(&mut self, at: Timestamp) -> bool {
        self.alarm = Some(at.0);
        self.database.write();
        true
    }

    /// No account among these, and no password.
    fn hashed(&self) -> Rc<Cell<Bucket>> {
        Rc::default()
    }

    fn refused(&self, _: &str, _: AgentId) {}

    fn not_taken(&self, _: &str) {}

    fn session_ended(&self, _: Option<protocol::SessionId>, _: &str) {}

    fn storage_failed(&self, _: &StorageError) {}
}

impl ConversationPlatform for Host {
    type Store = Kept;

    fn conversation_id(&self) -> Result<ConversationId, Code> {
        self.conversation.ok_or(Code::Internal)
    }

    fn open(&self, is_begun: bool) -> Result<Kept, StorageError> {
        self.open_store(is_begun)
    }

    fn refuses(&self, asked: &Asked) -> Option<Code> {
        (self.is_stricter && is_refused_by_newer(asked)).then_some(Code::TooLong)
    }
}
