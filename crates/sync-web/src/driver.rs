//! Runs an engine in the browser: queues inputs, runs effects in order, wakes it in time.
//!
//! No borrow of the engine, the queue or the socket is held while an effect runs or a callback of the app is called,
//! so that both may dispatch.

use core::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Date, Math};
use protocol::Timestamp;
use sync::{Env, Step};
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;

use crate::engines::{Action, Engine, Signal};
use crate::session::{Connect, Endpoint, Keep};
use crate::socket::Socket;

/// The longest timeout; a browser takes longer ones for none at all.
const LONGEST_TIMEOUT_MS: u64 = 0x7fff_ffff;

/// What the app does for the engine.
pub(crate) struct Hooks<V> {
    pub(crate) connect: Connect,
    pub(crate) keep: Keep,
    pub(crate) contend: Rc<dyn Fn(bool)>,
    pub(crate) on_change: Rc<dyn Fn(V)>,
}

/// An engine at work.
pub(crate) struct Driver<E: Engine> {
    engine: RefCell<E>,
    queue: RefCell<VecDeque<E::Input>>,
    running: Cell<bool>,
    changed: Cell<bool>,
    socket: RefCell<Option<Socket>>,
    /// Counts connects and disconnects, so that an answer to an older connect is known as such.
    attempt: Cell<u32>,
    timer: RefCell<Option<Timeout>>,
    listeners: RefCell<Vec<EventListener>>,
    hooks: Hooks<E::View>,
}

impl<E: Engine> Driver<E> {
    pub(crate) fn start(engine: E, hooks: Hooks<E::View>, first: E::Input) -> Rc<Self> {
        let driver = Rc::new(Self {
            engine: RefCell::new(engine),
            queue: RefCell::default(),
            running: Cell::new(false),
            changed: Cell::new(true),
            socket: RefCell::new(None),
            attempt: Cell::new(0),
            timer: RefCell::new(None),
            listeners: RefCell::default(),
            hooks,
        });
        let listeners = listeners(&Rc::downgrade(&driver));
        driver.listeners.replace(listeners);
        driver.dispatch(first);
        driver
    }

    pub(crate) fn dispatch(self: &Rc<Self>, input: E::Input) {
        self.queue.borrow_mut().push_back(input);
        if self.running.replace(true) {
            return;
        }
        while self.turn() {}
        self.running.set(false);
    }

    /// Handles one input, or shows what has changed once none is left; tells whether there may be more to do.
    fn turn(self: &Rc<Self>) -> bool {
        let next = self.queue.borrow_mut().pop_front();
        if let Some(input) = next {
            let step = self.engine.borrow_mut().handle(entropy_and_time(), input);
            self.run(step);
            return true;
        }
        if !self.changed.replace(false) {
            return false;
        }
        let view = self.engine.borrow().view(now());
        (self.hooks.on_change)(view);
        true
    }

    fn run(self: &Rc<Self>, step: Step<E::Effect>) {
        let Step { effects, wake_at, changed } = step;
        for effect in effects {
            match E::action(effect) {
                Action::Connect { renew } => self.connect(renew),
                Action::Send(bytes) => self.with_socket(|socket| socket.send(&bytes)),
                Action::Ping => self.with_socket(Socket::ping),
                Action::Disconnect { code } => self.disconnect(code),
                Action::Keep(id, text) => (self.hooks.keep)(id, text),
                Action::Contend { steal } => (self.hooks.contend)(steal),
            }
        }
        self.wake(wake_at);
        if changed {
            self.changed.set(true);
        }
    }

    fn connect(self: &Rc<Self>, renew: bool) {
        let attempt = self.next_attempt();
        drop(self.socket.take());
        let endpoint = (self.hooks.connect)(renew);
        let driver = Rc::downgrade(self);
        spawn_local(async move {
            let endpoint = endpoint.await;
            let Some(driver) = driver.upgrade() else { return };
            if driver.attempt.get() == attempt {
                driver.open(endpoint);
            }
        });
    }

    fn open(self: &Rc<Self>, endpoint: Result<Endpoint, Option<protocol::Code>>) {
        let endpoint = match endpoint {
            Ok(endpoint) => endpoint,
            Err(code) => return self.report(Signal::Unreachable { code }),
        };
        let socket = Socket::open(&endpoint.url, endpoint.credential, reporter(&Rc::downgrade(self)));
        let refused = socket.is_none();
        drop(self.socket.replace(socket));
        if refused {
            self.report(Signal::Unreachable { code: None });
        }
    }

    fn disconnect(&self, code: u16) {
        self.next_attempt();
        let socket = self.socket.take();
        if let Some(socket) = socket {
            socket.close(code);
        }
    }

    fn next_attempt(&self) -> u32 {
        let attempt = self.attempt.get().wrapping_add(1);
        self.attempt.set(attempt);
        attempt
    }

    /// Sending calls nobody back, so that the borrow is harmless.
    fn with_socket(&self, act: impl FnOnce(&Socket)) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            act(socket);
        }
    }

    fn wake(self: &Rc<Self>, at: Option<Timestamp>) {
        let timer = at.map(|at| {
            let wait = at.since(now()).min(LONGEST_TIMEOUT_MS);
            let report = reporter(&Rc::downgrade(self));
            Timeout::new(u32::try_from(wait).unwrap_or(u32::MAX), move || report(Signal::Woke))
        });
        drop(self.timer.replace(timer));
    }

    fn report(self: &Rc<Self>, signal: Signal) {
        self.dispatch(E::input(signal));
    }
}

/// Reports to a driver as long as there is one.
fn reporter<E: Engine>(driver: &Weak<Driver<E>>) -> impl Fn(Signal) + Clone + 'static {
    let driver = Weak::clone(driver);
    move |signal| {
        if let Some(driver) = driver.upgrade() {
            driver.report(signal);
        }
    }
}

/// Listens for what says that the network may work again: the browser, a tab brought to the front, a page brought back
/// from the browser's cache, where its sockets were closed.
fn listeners<E: Engine>(driver: &Weak<Driver<E>>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let mut listeners = Vec::new();
    for name in ["online", "pageshow"] {
        let report = reporter(driver);
        listeners.push(EventListener::new(&window, name, move |_| report(Signal::NetworkBack)));
    }
    // Browsers are not in a hurry to close the sockets of a page that is left, and who has left would be there for so long.
    let left = Weak::clone(driver);
    listeners.push(EventListener::new(&window, "pagehide", move |_| {
        if let Some(driver) = left.upgrade() {
            drop(driver.socket.take());
        }
    }));
    if let Some(document) = window.document() {
        let report = reporter(driver);
        let visible = document.clone();
        listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
            if visible.visibility_state() == VisibilityState::Visible {
                report(Signal::NetworkBack);
            }
        }));
    }
    listeners
}

/// The time and the randomness of one call.
pub(crate) fn entropy_and_time() -> Env {
    Env { now: now(), entropy: entropy() }
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit in 53 bits")]
fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Randomness for ids.
///
/// Falls back to weaker randomness where a page has taken the strong one away: ids must differ, they are no secrets.
pub fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        for byte in &mut bytes {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
            {
                *byte = (Math::random() * 256.0) as u8;
            }
        }
    }
    bytes
}
