//! A client: the project's own engine on a thread, with a real clock and a real socket.
//!
//! It is to the engine what `sync-web` is in a browser, and decides as little.

use std::collections::{BTreeMap, VecDeque};
use std::io::ErrorKind;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::codec::{self, Codec};
use protocol::{
    ClientFrame, ClientMessageId, CloseCode, Code, SavedMessage, Seq, ServerFrame, Timestamp, Undecodable,
};
use sync::{Conversation, Effect, Env, Input};
use tests::random;
use tungstenite::protocol::CloseFrame;
use tungstenite::{Error, Message};

use crate::door::{Door, Socket};
use crate::screen::{Screen, Speaks};

/// How long a read waits, and so how late a client notices an order or a deadline.
const TICK: Duration = Duration::from_millis(5);

/// How long a write may block before the socket counts as lost.
const WRITE_PATIENCE: Duration = Duration::from_secs(2);

/// The close code of a connection that ended without one.
const ABNORMAL: u16 = 1006;

/// The close code of a close that had none.
const NO_CODE: u16 = 1005;

/// What a person does.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// Writes a message.
    Say(String),
    /// Writes a note.
    Note(String),
    /// Closes the tab without a word and opens another with what the first one saved.
    Reload,
    /// The browser runs nothing of the tab for so long.
    Freeze(Duration),
    /// The browser says that the network works again.
    NetworkBack,
    /// Leaves.
    Leave,
}

/// A client at work; dropping it makes it leave.
pub(crate) struct Client {
    /// What its messages begin with.
    pub(crate) name: String,
    orders: Sender<Order>,
    screen: Arc<Mutex<Screen>>,
    thread: Option<JoinHandle<()>>,
}

impl Client {
    /// Starts a client of one audience.
    pub(crate) fn start<A: Speaks>(name: impl Into<String>, door: Door) -> Self {
        let (orders, received) = mpsc::channel();
        let screen: Arc<Mutex<Screen>> = Arc::default();
        let thread = std::thread::spawn({
            let screen = Arc::clone(&screen);
            move || Driver::<A>::new(door, screen).run(&received)
        });
        Self { name: name.into(), orders, screen, thread: Some(thread) }
    }

    pub(crate) fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }

    /// What is on the screen now.
    pub(crate) fn screen(&self) -> Screen {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.order(Order::Leave);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What an attempt to connect led to.
type Entered = (u32, Result<(Socket, String), Option<Code>>);

/// The engine with what it drives.
struct Driver<A: Speaks> {
    door: Door,
    engine: Conversation<A>,
    inputs: VecDeque<Input<A>>,
    socket: Option<Socket>,
    /// Counts connects and disconnects, so that the outcome of an older connect is known as such.
    attempt: u32,
    entered: (Sender<Entered>, Receiver<Entered>),
    wake_at: Option<Timestamp>,
    kept: BTreeMap<ClientMessageId, String>,
    /// Up to where this client has read.
    read: Seq,
    screen: Arc<Mutex<Screen>>,
}

impl<A: Speaks> Driver<A> {
    fn new(door: Door, screen: Arc<Mutex<Screen>>) -> Self {
        Self {
            door,
            engine: Conversation::new(env()),
            inputs: VecDeque::from([Input::Start, Input::Elected]),
            socket: None,
            attempt: 0,
            entered: mpsc::channel(),
            wake_at: None,
            kept: BTreeMap::new(),
            read: Seq::START,
            screen,
        }
    }

    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            while let Ok(order) = orders.try_recv() {
                match order {
                    Order::Say(text) => self.write(&text, Some(A::message(text.clone()))),
                    Order::Note(text) => self.write(&text, A::note(text.clone())),
                    Order::Reload => self.reload(),
                    Order::Freeze(length) => std::thread::sleep(length),
                    Order::NetworkBack => self.inputs.push_back(Input::NetworkBack),
                    Order::Leave => {
                        self.handle(Input::Stop);
                        return;
                    }
                }
            }
            while let Ok((attempt, outcome)) = self.entered.1.try_recv() {
                if attempt == self.attempt {
                    self.enter(outcome);
                }
            }
            if self.wake_at.is_some_and(|at| at <= now()) {
                self.inputs.push_back(Input::Woke);
            }
            while let Some(input) = self.inputs.pop_front() {
                self.handle(input);
            }
            self.listen();
        }
    }

    fn write(&mut self, text: &str, command: Option<A::Command>) {
        let Some(command) = command else { return };
        self.on_screen(|screen| screen.write(text));
        self.handle(Input::Submit(command));
    }

    /// The tab is gone in the middle of whatever it did; the next one has what was kept and nothing else.
    fn reload(&mut self) {
        self.attempt += 1;
        self.socket = None;
        self.inputs.clear();
        self.engine = Conversation::new(env());
        let kept: Vec<_> = self.kept.values().filter_map(|text| SavedMessage::from_text(text)).collect();
        self.handle(Input::Start);
        self.handle(Input::Elected);
        kept.into_iter().for_each(|message| self.handle(Input::Kept(message)));
    }

    fn enter(&mut self, outcome: Result<(Socket, String), Option<Code>>) {
        match outcome {
            Ok((socket, credential)) => {
                let stream = socket.get_ref();
                let is_ready = stream.set_read_timeout(Some(TICK)).is_ok()
                    && stream.set_write_timeout(Some(WRITE_PATIENCE)).is_ok();
                if !is_ready {
                    return self.inputs.push_back(Input::Unreachable { code: None });
                }
                self.socket = Some(socket);
                self.on_screen(|screen| screen.connections += 1);
                self.inputs.push_back(Input::Opened { credential });
            }
            Err(code) => self.inputs.push_back(Input::Unreachable { code }),
        }
    }

    fn handle(&mut self, input: Input<A>) {
        let step = self.engine.handle(env(), input);
        self.wake_at = step.wake_at;
        for effect in step.effects {
            match effect {
                Effect::Connect { renew } => self.connect(renew),
                Effect::Transmit(mut frame) => {
                    // Nobody is here to send anyway what is held (CV30).
                    if let ClientFrame::Submit(submission) = &mut frame
                        && let Some(plain) = A::echo(&submission.command).and_then(|kind| A::repeat(&kind))
                    {
                        submission.command = plain;
                    }
                    self.send(match self.door.codec {
                        Codec::Postcard => Message::binary(codec::to_bytes(&frame)),
                        Codec::Json => Message::text(codec::to_text(&frame)),
                    });
                }
                Effect::Ping => self.send(Message::text("ping")),
                Effect::Disconnect(code) => self.disconnect(code),
                Effect::Keep(message) => {
                    self.kept.insert(message.client_message_id, message.to_text());
                }
                Effect::Drop(id) => drop(self.kept.remove(&id)),
                // There is one tab: it is the sender.
                Effect::Contend { .. } => {}
            }
        }
        if step.changed {
            let view = self.engine.view(now());
            self.on_screen(|screen| screen.show(&view));
            if view.more_above && !view.loading_older {
                self.inputs.push_back(Input::LoadOlder);
            }
            // Everything is read as soon as it is shown.
            if view.head != self.read {
                self.read = view.head;
                self.inputs.push_back(Input::Seen { upto: view.head });
            }
        }
    }

    fn connect(&mut self, renew: bool) {
        self.attempt += 1;
        self.socket = None;
        let (attempt, door, entered) = (self.attempt, self.door.clone(), self.entered.0.clone());
        std::thread::spawn(move || {
            let _ = entered.send((attempt, door.enter(renew)));
        });
    }

    fn disconnect(&mut self, code: CloseCode) {
        self.attempt += 1;
        if let Some(mut socket) = self.socket.take() {
            let _ = socket.close(Some(CloseFrame { code: code.number().into(), reason: "".into() }));
            let _ = socket.flush();
        }
    }

    fn send(&mut self, message: Message) {
        let Some(socket) = &mut self.socket else { return };
        if socket.send(message).is_err() {
            self.lost(ABNORMAL);
        }
    }

    fn lost(&mut self, code: u16) {
        if self.socket.take().is_some() {
            self.inputs.push_back(Input::Closed { code });
        }
    }

    /// Waits for a message, for a tick.
    fn listen(&mut self) {
        let Some(socket) = &mut self.socket else {
            return std::thread::sleep(TICK);
        };
        match socket.read() {
            Ok(Message::Binary(bytes)) => self.received(codec::from_bytes(&bytes)),
            Ok(Message::Text(text)) if text.as_str() == "pong" => self.inputs.push_back(Input::Pong),
            Ok(Message::Text(text)) => self.received(codec::from_text(&text)),
            Ok(Message::Close(frame)) => self.lost(frame.map_or(NO_CODE, |frame| frame.code.into())),
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
            Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => self.lost(ABNORMAL),
        }
    }

    fn received(&mut self, frame: Result<ServerFrame<A::Kind, A::Presence>, Undecodable>) {
        if let Ok(ServerFrame::Welcome(welcome)) = &frame {
            self.on_screen(|screen| screen.promised = welcome.head.0);
        }
        self.inputs.push_back(frame.map_or_else(Input::Unreadable, Input::Received));
    }

    fn on_screen(&self, change: impl FnOnce(&mut Screen)) {
        change(&mut self.screen.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn env() -> Env {
    Env { now: now(), entropy: random() }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
