//! The platform of our objects, as Cloudflare's runtime has it.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use domain::bucket::Bucket;
use domain::sealing::Sealing;
use js_sys::{Date, Object};
use object::{Attachment, ConversationPlatform, Message, Platform};
use protocol::{AgentId, Code, ConversationId, SessionId, Timestamp};
use store::StorageError;
use store::conversation::SqlConversationStore;
use worker::{
    Env, State, Storage, WebSocket, WebSocketIncomingMessage, console_error, console_log, console_warn,
};

use super::socket;
use crate::config::{name_secret, rescue_after, sealing, token_secret};
use crate::durable_database::DurableDatabase;
use crate::surroundings::{now, random};

thread_local! {
    /// What all objects of this process have hashed for strangers.
    static HASHED: Rc<Cell<Bucket>> = Rc::default();
}

/// The object that is running, for one turn.
pub(super) struct DurablePlatform<'a> {
    state: &'a State,
    env: &'a Env,
    /// The object's id, read once: asking the runtime makes a text each time.
    id: Option<ConversationId>,
    /// The time, read once: no time passes in a turn.
    now: OnceCell<Timestamp>,
}

impl<'a> DurablePlatform<'a> {
    /// That of an object, by its id if the id is one of ours.
    pub(super) const fn new(state: &'a State, env: &'a Env, id: Option<ConversationId>) -> Self {
        Self { state, env, id, now: OnceCell::new() }
    }
}

/// Reads the id of an object.
pub(super) fn id_of(state: &State) -> Option<ConversationId> {
    state.id().to_string().parse().ok()
}

impl Platform for DurablePlatform<'_> {
    type Socket = WebSocket;
    type Database = DurableDatabase;

    fn now(&self) -> Timestamp {
        *self.now.get_or_init(now)
    }

    fn token_secret(&self) -> Result<Vec<u8>, Code> {
        token_secret(self.env)
    }

    fn name_secret(&self) -> Result<Vec<u8>, Code> {
        name_secret(self.env)
    }

    fn sealing(&self) -> Result<Sealing, Code> {
        sealing(self.env)
    }

    fn unsealable(&self, kind: &str) {
        console_error!("a {} does not open: SEAL_SECRET is another one than it was", kind);
    }

    fn database(&self) -> DurableDatabase {
        DurableDatabase(self.state.storage().sql())
    }

    fn sockets(&self) -> Vec<WebSocket> {
        self.state.get_websockets()
    }

    fn attachment(&self, socket: &WebSocket) -> Option<Attachment> {
        socket::kept(socket)
    }

    fn keep(&mut self, socket: &WebSocket, attachment: &Attachment) {
        socket::keep(socket, attachment);
    }

    fn buffered_bytes(&self, socket: &WebSocket) -> u32 {
        socket::buffered_bytes(socket)
    }

    fn send(&mut self, socket: &WebSocket, message: &Message) -> bool {
        socket::send(socket, message)
    }

    fn close(&mut self, socket: &WebSocket, code: u16) {
        // Closing a closed socket throws, and there is nothing left to do.
        let _ = socket.close(Some(code), Some(""));
    }

    fn random<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Code> {
        random()
    }

    fn wake_at(&mut self, at: Timestamp) -> bool {
        alarm_at(&self.state.storage(), at)
    }

    fn hashed(&self) -> Rc<Cell<Bucket>> {
        HASHED.with(Rc::clone)
    }

    fn rescue_after(&self) -> Option<u64> {
        rescue_after(self.env)
    }

    fn refused(&self, attempt: &str, agent: AgentId) {
        console_warn!("refused: {} of agent {}", attempt, agent.to_string());
    }

    fn not_taken(&self, why: &str) {
        console_warn!("refused: {}, on a socket of {}", why, self.state.id().to_string());
    }

    fn session_ended(&self, session: Option<SessionId>, why: &str) {
        let which = session.map_or_else(|| "all but at most one".to_owned(), |session| session.to_string());
        console_log!("account {} sessions ended: {}: {}", self.state.id().to_string(), which, why);
    }

    fn storage_failed(&self, error: &StorageError) {
        console_error!("{}", error.to_string());
    }
}

impl ConversationPlatform for DurablePlatform<'_> {
    type Store = SqlConversationStore<DurableDatabase>;

    fn conversation_id(&self) -> Result<ConversationId, Code> {
        self.id.ok_or(Code::Internal)
    }

    fn open(&self, is_begun: bool) -> Result<Self::Store, StorageError> {
        let database = self.database();
        if is_begun {
            Ok(SqlConversationStore::open_begun(database))
        } else {
            SqlConversationStore::open(database)
        }
    }
}

/// What an object has in memory. It is taken out for each turn: if one is broken off by an exception, the next begins
/// with what is stored.
pub(super) struct Memory<T>(Cell<Option<Box<T>>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Cell::default())
    }
}

impl<T: Default> Memory<T> {
    /// One synchronous turn.
    pub(super) fn turn<'a, R>(
        &self,
        mut platform: DurablePlatform<'a>,
        act: impl FnOnce(&mut T, &mut DurablePlatform<'a>) -> R,
    ) -> R {
        let mut awake = self.0.take().unwrap_or_default();
        let result = act(&mut awake, &mut platform);
        self.0.set(Some(awake));
        result
    }
}

/// Sets the object's one alarm. Not awaited, so that it is stored with the writes of this turn; returns whether it was
/// set.
pub(super) fn alarm_at(storage: &Storage, at: Timestamp) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay below 2^53")]
    let date = Date::new(&(at.0 as f64).into());
    let set = storage.as_raw().set_alarm(date, Object::new());
    if set.is_err() {
        console_error!("an alarm was not set");
    }
    set.is_ok()
}

/// Gives up the storage of an object that keeps nothing. Not awaited, so that nothing can come between.
pub(super) fn give_up(storage: &Storage) {
    if storage.as_raw().delete_all().is_err() {
        console_error!("a storage was not given up");
    }
}

/// Takes a message over from the runtime.
pub(super) fn message(incoming: WebSocketIncomingMessage) -> Message {
    match incoming {
        WebSocketIncomingMessage::String(text) => Message::Text(text),
        WebSocketIncomingMessage::Binary(bytes) => Message::Binary(bytes),
    }
}
