//! What an object asks of its platform.

use core::cell::Cell;
use std::rc::Rc;

use domain::bucket::Bucket;
use domain::sealing::Sealing;
use protocol::{AgentId, Code, ConversationId, SessionId, Timestamp};
use store::conversation::ConversationStore;
use store::{Database, StorageError};

use crate::attachment::Attachment;
use crate::message::Message;

/// Sockets, storage, clock and alarm of one object. Nothing here waits: a turn is over before another begins.
pub trait Platform {
    /// A socket; the same socket is equal to itself after hibernation too.
    type Socket: Clone + PartialEq;
    /// The object's storage.
    type Database: Database;

    /// The server's clock.
    fn now(&self) -> Timestamp;

    /// Under which credentials are signed.
    ///
    /// # Errors
    /// [`Code::Internal`] if the deployment has none.
    fn token_secret(&self) -> Result<Vec<u8>, Code>;

    /// Under which objects are named after what is private.
    ///
    /// # Errors
    /// [`Code::Internal`] if the deployment has none.
    fn name_secret(&self) -> Result<Vec<u8>, Code>;

    /// Under which secrets are sealed that must be read again.
    ///
    /// # Errors
    /// [`Code::Internal`] if the deployment has none.
    fn sealing(&self) -> Result<Sealing, Code>;

    /// Takes note of a secret that does not open, by the word for its kind.
    fn unsealable(&self, kind: &str);

    /// The object's storage.
    fn database(&self) -> Self::Database;

    /// All sockets that were accepted and are not gone.
    fn sockets(&self) -> Vec<Self::Socket>;

    /// What is kept with a socket; `None` if nothing was.
    fn attachment(&self, socket: &Self::Socket) -> Option<Attachment>;

    /// Keeps something with a socket, also while the object sleeps.
    fn keep(&mut self, socket: &Self::Socket, attachment: &Attachment);

    /// The bytes that wait for a reader.
    fn buffered_bytes(&self, socket: &Self::Socket) -> u32;

    /// Sends a message once all that was written before is durable; returns whether the socket took it.
    fn send(&mut self, socket: &Self::Socket, message: &Message) -> bool;

    /// Closes a socket. It stays among the others until its client has answered.
    fn close(&mut self, socket: &Self::Socket, code: u16);

    /// Random bytes, fit for secrets.
    ///
    /// # Errors
    /// [`Code::Internal`].
    fn random<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Code>;

    /// Sets the object's one alarm, stored with the writes of this turn; returns whether that worked.
    fn wake_at(&mut self, at: Timestamp) -> bool;

    /// What all objects of this process have hashed for strangers.
    fn hashed(&self) -> Rc<Cell<Bucket>>;

    /// Milliseconds after which what waits with an agent who is not there is given to others; as usual, without any.
    fn rescue_after(&self) -> Option<u64> {
        None
    }

    /// Takes note that an agent tried what they may not do, by a word that says what.
    fn refused(&self, attempt: &str, agent: AgentId);

    /// Takes note that something on a socket is not taken, by words that say why and nothing of what it was.
    fn not_taken(&self, why: &str);

    /// Takes note that a session of an account has ended, or several, by words that say why.
    fn session_ended(&self, session: Option<SessionId>, why: &str);

    /// Takes note of a failure of storage, which is in no one's words to a client.
    fn storage_failed(&self, error: &StorageError);
}

/// The same for a conversation's object.
pub trait ConversationPlatform: Platform {
    /// What the conversation is kept in.
    type Store: ConversationStore;

    /// The object's own id.
    ///
    /// # Errors
    /// [`Code::Internal`] if it has none of ours.
    fn conversation_id(&self) -> Result<ConversationId, Code>;

    /// Opens the store. `is_begun` if something is kept with a socket, which no other build than this can have kept and
    /// shows that the conversation was stored before.
    ///
    /// # Errors
    /// [`StorageError`].
    fn open(&self, is_begun: bool) -> Result<Self::Store, StorageError>;

    /// Whether this deployment is newer than the clients, and refuses what they allow: for tests of two versions.
    fn refuses(&self, _asked: &domain::conversation::Request) -> Option<Code> {
        None
    }
}
