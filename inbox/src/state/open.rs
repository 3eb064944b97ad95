//! The conversations whose engines run: the one on screen, and those that still have something to send.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use protocol::{AgentId, Code, ConversationId, ForAgents};
use sync::{ConnectionBadge, Input, View};
use sync_web::{Session, SessionOptions};

use super::account::{Account, Standing};
use super::outboxes;
use crate::api;
use crate::browser::attention::keep;

/// What a conversation's engine shows.
pub(crate) type AgentView = View<ForAgents>;

/// All engines that run.
#[derive(Clone, Copy)]
pub(crate) struct OpenConversations {
    agent: AgentId,
    account: Account,
    running: StoredValue<Rc<Running>, LocalStorage>,
}

type Running = RefCell<BTreeMap<ConversationId, Engine>>;

#[derive(Clone)]
struct Engine {
    session: Session<ForAgents>,
    view: ArcRwSignal<AgentView>,
    left: Rc<Cell<bool>>,
}

/// The conversation on screen.
#[derive(Clone, Copy)]
pub(crate) struct OpenConversation {
    /// Which one.
    pub(crate) id: ConversationId,
    view: RwSignal<AgentView>,
    session: StoredValue<Session<ForAgents>, LocalStorage>,
}

impl OpenConversations {
    /// Begins with none; all are stopped when the owner is gone.
    pub(crate) fn new(agent: AgentId, account: Account) -> Self {
        let running = Rc::new(Running::default());
        let warned = Rc::clone(&running);
        let options = EventListenerOptions::enable_prevent_default();
        keep(vec![EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
            if warned.borrow().values().any(|engine| engine.view.with_untracked(|view| view.unsent > 0)) {
                event.prevent_default();
            }
        })]);
        let running = StoredValue::new_local(running);
        on_cleanup(move || {
            let stopped = running.with_value(|running| running.take());
            stopped.into_values().for_each(|engine| engine.session.stop());
        });
        Self { agent, account, running }
    }

    /// Shows a conversation until the owner is gone; what it still has to send is sent even then.
    pub(crate) fn show(self, id: ConversationId) -> OpenConversation {
        let running = self.running.get_value();
        let known = running.borrow().get(&id).cloned();
        let engine = known.unwrap_or_else(|| self.start(id, &running));
        engine.left.set(false);
        let shown = StoredValue::new_local(engine.clone());
        on_cleanup(move || {
            shown.with_value(|engine| {
                engine.left.set(true);
                self.running.with_value(|running| retire(running, id, &engine.view.get_untracked()));
            });
        });
        OpenConversation { id, view: engine.view.into(), session: StoredValue::new_local(engine.session) }
    }

    fn start(self, id: ConversationId, running: &Rc<Running>) -> Engine {
        let Self { agent, account, .. } = self;
        let view = ArcRwSignal::new(nothing());
        let weak = Rc::downgrade(running);
        let on_change = {
            let view = view.clone();
            move |next: AgentView| {
                if next.connection == ConnectionBadge::Refused(Code::Unauthenticated) {
                    account.forget(Standing::SignedOut);
                }
                if let Some(running) = weak.upgrade() {
                    retire(&running, id, &next);
                }
                view.set(next);
            }
        };
        let session = Session::start(SessionOptions {
            connect: Rc::new(move |_| {
                Box::pin(async move {
                    let endpoint = api::conversation_endpoint(id).await;
                    endpoint.inspect_err(|failure| account.hear(*failure)).map_err(api::Failure::code)
                })
            }),
            saved: outboxes::load(agent, id),
            save: Rc::new(move |outbox| outboxes::save(agent, id, &outbox)),
            on_change: Rc::new(on_change),
        });
        let engine = Engine { session, view, left: Rc::default() };
        running.borrow_mut().insert(id, engine.clone());
        engine
    }
}

impl OpenConversation {
    /// Reads the view, tracked.
    pub(crate) fn with<T>(self, read: impl FnOnce(&AgentView) -> T) -> T {
        self.view.with(read)
    }

    /// A value of the view that notifies only when it changes.
    pub(crate) fn memo<T>(self, read: impl Fn(&AgentView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.view.with(&read))
    }

    /// Hands an input to the engine.
    pub(crate) fn dispatch(self, input: Input<ForAgents>) {
        self.session.with_value(|session| session.dispatch(input));
    }
}

/// Stops an engine that was left and has nothing more to send.
fn retire(running: &Running, id: ConversationId, view: &AgentView) {
    let idle = view.unsent == 0 && running.borrow().get(&id).is_some_and(|engine| engine.left.get());
    if !idle {
        return;
    }
    // Stopping calls back, so that the borrow must have ended.
    let engine = running.borrow_mut().remove(&id);
    if let Some(engine) = engine {
        engine.session.stop();
    }
}

/// A view before the engine has given one.
fn nothing() -> AgentView {
    View {
        items: Vec::new(),
        connection: ConnectionBadge::Connecting,
        status: protocol::Status::default(),
        me: None,
        typing: None,
        presence: protocol::VisitorPresence::default(),
        unread: 0,
        head: protocol::Seq::START,
        more_above: false,
        loading_older: false,
        unsent: 0,
    }
}
