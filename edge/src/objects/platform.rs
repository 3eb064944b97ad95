//! The platform of our objects, as Cloudflare's runtime has it.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::sealing::Sealing;
use js_sys::{Date, Object};
use object::{Attachment, ConversationPlatform, Message, Platform};
use protocol::{AgentId, Code, ConversationId, Timestamp};
use store::StorageError;
use store::conversation::SqlConversationStore;
use worker::{Env, State, Storage, WebSocket, WebSocketIncomingMessage, console_error, console_warn};

use crate::config::{name_secret, sealing, token_secret};
use crate::durable_database::DurableDatabase;
use crate::surroundings::{now, random};

/// The object that is running.
pub(super) struct DurablePlatform<'a> {
    pub(super) state: &'a State,
    pub(super) env: &'a Env,
    /// The object's id, read once: asking the runtime makes a text each time.
    pub(super) id: Option<ConversationId>,
}

/// Reads the id of an object.
pub(super) fn id_of(state: &State) -> Option<ConversationId> {
    state.id().to_string().parse().ok()
}

impl Platform for DurablePlatform<'_> {
    type Socket = WebSocket;
    type Database = DurableDatabase;

    fn now(&self) -> Timestamp {
        now()
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
        let text: String = socket.deserialize_attachment().ok().flatten()?;
        let bytes = STANDARD_NO_PAD.decode(text).ok()?;
        postcard::from_bytes(&bytes).ok()
    }

    fn keep(&mut self, socket: &WebSocket, attachment: &Attachment) {
        let bytes = postcard::to_allocvec(attachment).unwrap_or_default();
        // Fails only on a socket that is closing, whose attachment nobody will read.
        let _ = socket.serialize_attachment(STANDARD_NO_PAD.encode(bytes));
    }

    fn buffered_bytes(&self, socket: &WebSocket) -> u32 {
        let raw: &worker::web_sys::WebSocket = socket.as_ref();
        raw.buffered_amount()
    }

    fn send(&mut self, socket: &WebSocket, message: &Message) -> bool {
        // Sending on a closing socket throws; its client will resume.
        match message {
            Message::Binary(bytes) => socket.send_with_bytes(bytes).is_ok(),
            Message::Text(text) => socket.send_with_str(text).is_ok(),
        }
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

    fn refused(&self, attempt: &str, agent: AgentId) {
        console_warn!("refused: {} of agent {}", attempt, agent.to_string());
    }

    fn not_taken(&self, why: &str) {
        console_warn!("refused: {}, on a socket of {}", why, self.state.id().to_string());
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

    fn open(&self) -> Result<Self::Store, StorageError> {
        SqlConversationStore::open(self.database())
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
