//! The two sessions that apps hold.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use std::rc::Rc;

use protocol::{Audience, ClientMessageId, Code, SavedMessage};
use sync::{Conversation, Feed, FeedInput, FeedView, Input, View};

use crate::driver::{Driver, Hooks, entropy_and_time};

/// A future of one thread.
pub type LocalBoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// Finds out where to connect: gets whether the credential that was used last is not good any more; answers with an
/// endpoint, or with the code of the server that refused, or with `None` if there was no answer.
pub type Connect = Rc<dyn Fn(bool) -> LocalBoxFuture<Result<Endpoint, Option<Code>>>>;

/// Keeps the text of a message where all tabs of the person find it, or removes it if the text is empty; says
/// [`Input::NotKept`] if that cannot be done.
pub type Keep = Rc<dyn Fn(ClientMessageId, String)>;

/// Where to connect, and as whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Address of the socket, `ws:` or `wss:`; holds no credential.
    pub url: String,
    /// The token or ticket for the hello.
    pub credential: String,
}

/// A credential never reaches a log.
impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Endpoint")
    }
}

/// What a [`Session`] needs from the app.
pub struct SessionOptions<A: Audience> {
    /// Finds out where to connect.
    pub connect: Connect,
    /// Keeps what is written; called before it is sent.
    pub keep: Keep,
    /// Waits for the lock of whoever sends, or takes it if it is given `true`; says [`Input::Elected`] once it is held and
    /// [`Input::Deposed`] when it was taken.
    pub contend: Rc<dyn Fn(bool)>,
    /// Gets every new view, the first one before [`Session::start`] returns. May dispatch.
    pub on_change: Rc<dyn Fn(View<A>)>,
}

/// A running conversation; clones share it, and it ends with the last of them.
pub struct Session<A: Audience>(Rc<Driver<Conversation<A>>>);

impl<A: Audience> Session<A> {
    /// Connects. What was kept is told with [`Self::stored`].
    #[must_use]
    pub fn start(options: SessionOptions<A>) -> Self {
        let SessionOptions { connect, keep, contend, on_change } = options;
        let engine = Conversation::new(entropy_and_time());
        Self(Driver::start(engine, Hooks { connect, keep, contend, on_change }, Input::Start))
    }

    /// Tells the engine what is stored under the id of a message, at first or because another tab has changed it.
    pub fn stored(&self, id: ClientMessageId, text: &str) {
        match SavedMessage::from_text(text).filter(|message| message.client_message_id == id) {
            Some(message) => self.dispatch(Input::Kept(message)),
            None => self.dispatch(Input::Removed(id)),
        }
    }

    /// Hands an input to the engine and runs what follows; from within a callback, once that has returned.
    pub fn dispatch(&self, input: Input<A>) {
        self.0.dispatch(input);
    }

    /// Disconnects and stays away until [`Input::Start`].
    pub fn stop(&self) {
        self.0.dispatch(Input::Stop);
    }
}

impl<A: Audience> Clone for Session<A> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

/// What a [`FeedSession`] needs from the app.
pub struct FeedOptions {
    /// Finds out where to connect.
    pub connect: Connect,
    /// Gets every new view, the first one before [`FeedSession::start`] returns. May dispatch.
    pub on_change: Rc<dyn Fn(FeedView)>,
}

/// A running feed; clones share it, and it ends with the last of them.
#[derive(Clone)]
pub struct FeedSession(Rc<Driver<Feed>>);

impl FeedSession {
    /// Connects.
    #[must_use]
    pub fn start(options: FeedOptions) -> Self {
        let FeedOptions { connect, on_change } = options;
        let engine = Feed::new(entropy_and_time());
        // The list keeps and sends nothing.
        let (keep, contend): (Keep, Rc<dyn Fn(bool)>) = (Rc::new(|_, _| ()), Rc::new(|_| ()));
        Self(Driver::start(engine, Hooks { connect, keep, contend, on_change }, FeedInput::Start))
    }

    /// Hands an input to the engine and runs what follows; from within a callback, once that has returned.
    pub fn dispatch(&self, input: FeedInput) {
        self.0.dispatch(input);
    }

    /// Disconnects and stays away until [`FeedInput::Start`].
    pub fn stop(&self) {
        self.0.dispatch(FeedInput::Stop);
    }
}
