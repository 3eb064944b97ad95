//! A platform that is a list of sockets, a database in memory and a clock that is set.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::bucket::Bucket;
use domain::sealing::Sealing;
use object::{Attachment, ConversationPlatform, Message, Platform};
use protocol::{AgentId, Code, ConversationId, SessionId, Timestamp};
use store::conversation::SqlConversationStore;
use store::{Database, RusqliteDatabase, StorageError, Value};

/// The conversation whose object is tested.
pub(crate) const CONVERSATION: ConversationId = ConversationId::from_bytes([7; 32]);

pub(crate) const SECRET: &[u8] = b"the secret of the tests, long enough";

/// A database that is shared with whoever looks at it.
#[derive(Debug, Clone)]
pub(crate) struct Shared(Rc<RusqliteDatabase>, Rc<Cell<u32>>);

impl Shared {
    /// How many statements were run.
    pub(crate) fn statements(&self) -> u32 {
        self.1.get()
    }
}

impl Database for Shared {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        self.1.set(self.1.get().saturating_add(1));
        self.0.run(sql, parameters)
    }
}

/// Names a socket.
pub(crate) type Handle = u32;

#[derive(Debug)]
pub(crate) struct TestPlatform {
    pub(crate) now: Timestamp,
    pub(crate) database: Shared,
    pub(crate) attachments: BTreeMap<Handle, Attachment>,
    /// What was sent on which socket.
    pub(crate) sent: Vec<(Handle, Message)>,
    /// Which sockets were closed, how.
    pub(crate) closed: Vec<(Handle, u16)>,
    pub(crate) alarm: Option<Timestamp>,
    /// What was told to who watches the log.
    pub(crate) not_taken: RefCell<Vec<String>>,
    /// Whether the database of a conversation cannot be read.
    pub(crate) is_storage_down: bool,
    /// Under which secrets are sealed: the current one, and the one before it.
    pub(crate) seal_secrets: (&'static [u8], Option<&'static [u8]>),
    drawn: u8,
}

impl TestPlatform {
    pub(crate) fn new() -> Self {
        Self {
            now: Timestamp(1_790_000_000_000),
            database: Shared(Rc::new(RusqliteDatabase::in_memory().expect("a database")), Rc::default()),
            attachments: BTreeMap::new(),
            sent: Vec::new(),
            closed: Vec::new(),
            alarm: None,
            not_taken: RefCell::default(),
            is_storage_down: false,
            seal_secrets: (b"one", None),
            drawn: 0,
        }
    }
}

impl Platform for TestPlatform {
    type Socket = Handle;
    type Database = Shared;

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
        let (current, before) = &self.seal_secrets;
        Ok(Sealing::new(current, *before))
    }

    fn unsealable(&self, _: &str) {}

    fn database(&self) -> Shared {
        self.database.clone()
    }

    fn sockets(&self) -> Vec<Handle> {
        self.attachments.keys().copied().collect()
    }

    fn attachment(&self, socket: &Handle) -> Option<Attachment> {
        self.attachments.get(socket).cloned()
    }

    fn keep(&mut self, socket: &Handle, attachment: &Attachment) {
        self.attachments.insert(*socket, attachment.clone());
    }

    fn buffered_bytes(&self, _: &Handle) -> u32 {
        0
    }

    fn send(&mut self, socket: &Handle, message: &Message) -> bool {
        self.sent.push((*socket, message.clone()));
        true
    }

    fn close(&mut self, socket: &Handle, code: u16) {
        self.closed.push((*socket, code));
    }

    fn random<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Code> {
        self.drawn = self.drawn.wrapping_add(1);
        Ok([self.drawn; LENGTH])
    }

    fn wake_at(&mut self, at: Timestamp) -> bool {
        self.alarm = Some(at);
        true
    }

    /// No account among these, and no password.
    fn hashed(&self) -> Rc<Cell<Bucket>> {
        Rc::default()
    }

    fn refused(&self, _: &str, _: AgentId) {}

    fn not_taken(&self, why: &str) {
        self.not_taken.borrow_mut().push(why.to_owned());
    }

    fn session_ended(&self, _: Option<SessionId>, _: &str) {}

    fn storage_failed(&self, error: &StorageError) {
        assert!(self.is_storage_down, "{error}");
    }
}

impl ConversationPlatform for TestPlatform {
    type Store = SqlConversationStore<Shared>;

    fn conversation_id(&self) -> Result<ConversationId, Code> {
        Ok(CONVERSATION)
    }

    fn open(&self, is_begun: bool) -> Result<Self::Store, StorageError> {
        if self.is_storage_down {
            return Err(StorageError("down".to_owned()));
        }
        let database = self.database();
        if is_begun {
            Ok(SqlConversationStore::open_begun(database))
        } else {
            SqlConversationStore::open(database)
        }
    }
}
