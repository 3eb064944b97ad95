//! The conversations whose engines run: the one on screen, and those that still have something to send.
//!
//! What waits is kept for all tabs of the agent. A page that is loaded sends what closed tabs have left, whatever
//! conversation is on screen.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use protocol::{AgentId, Code, ConversationId, ForAgents, WorkspaceId};
use sync::{ConnectionBadge, FeedInput, Input, View};
use sync_web::{Session, SessionOptions};

use super::account::{Account, Standing};
use super::feed::FeedState;
use super::outboxes;
use crate::api::{Failure, sockets};
use crate::browser::attention::keep;
use crate::browser::lock::Lock;

/// What a conversation's engine shows.
pub(crate) type AgentView = View<ForAgents>;

/// All engines that run.
#[derive(Clone, Copy)]
pub(crate) struct OpenConversations {
    workspace: WorkspaceId,
    agent: AgentId,
    account: Account,
    /// The list, which shows what is known here first.
    feed: FeedState,
    running: StoredValue<Rc<Running>, LocalStorage>,
}

#[derive(Default)]
struct Running {
    engines: RefCell<BTreeMap<ConversationId, Engine>>,
    /// There only while something would be lost: the browser keeps no page for the way back that listens.
    warning: RefCell<Option<EventListener>>,
}

#[derive(Clone)]
struct Engine {
    session: Session<ForAgents>,
    view: ArcRwSignal<AgentView>,
    left: Rc<Cell<bool>>,
    lock: Rc<Lock>,
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
    /// Begins with those that closed tabs have left something of; all are stopped when the owner is gone.
    pub(crate) fn new(workspace: WorkspaceId, agent: AgentId, account: Account, feed: FeedState) -> Self {
        let running = Rc::new(Running::default());
        let told = Rc::downgrade(&running);
        keep(vec![outboxes::listen(agent, move |(conversation, id, text)| {
            let engine = told.upgrade().and_then(|running| running.get(conversation));
            if let Some(engine) = engine {
                engine.session.stored(id, &text);
            }
        })]);
        let all =
            Self { workspace, agent, account, feed, running: StoredValue::new_local(Rc::clone(&running)) };
        on_cleanup(move || all.running.with_value(|running| running.stop()));
        for id in outboxes::conversations(agent) {
            let engine = all.start(id, &running);
            engine.left.set(true);
            running.retire(id, &engine.view.get_untracked());
        }
        all
    }

    /// Shows a conversation until the owner is gone; what it still has to send is sent even then.
    pub(crate) fn show(self, id: ConversationId) -> OpenConversation {
        let running = self.running.get_value();
        let engine = running.get(id).unwrap_or_else(|| self.start(id, &running));
        engine.left.set(false);
        let shown = StoredValue::new_local(engine.clone());
        on_cleanup(move || {
            shown.with_value(|engine| {
                engine.left.set(true);
                self.running.with_value(|running| running.retire(id, &engine.view.get_untracked()));
            });
        });
        OpenConversation { id, view: engine.view.into(), session: StoredValue::new_local(engine.session) }
    }

    fn start(self, id: ConversationId, running: &Rc<Running>) -> Engine {
        let Self { workspace, agent, account, feed, .. } = self;
        let view = ArcRwSignal::new(nothing());
        let weak = Rc::downgrade(running);
        let on_change = {
            let view = view.clone();
            move |next: AgentView| {
                if next.connection == ConnectionBadge::Refused(Code::Unauthenticated) {
                    account.forget(Standing::SignedOut);
                }
                if let Some(glimpse) = next.glimpse() {
                    feed.dispatch(FeedInput::Glimpsed { conversation: id, glimpse });
                }
                let running = weak.upgrade();
                if let Some(running) = &running {
                    running.retire(id, &next);
                }
                view.set(next);
                if let Some(running) = running {
                    running.warn();
                }
            }
        };
        let lock = Rc::new(Lock::default());
        let engine = Rc::downgrade(running);
        let dispatch = move |input| {
            let engine = engine.upgrade().and_then(|running| running.get(id));
            if let Some(engine) = engine {
                engine.session.dispatch(input);
            }
        };
        let keeper = dispatch.clone();
        let contender = Rc::clone(&lock);
        let session = Session::start(SessionOptions {
            connect: Rc::new(move |_| {
                Box::pin(async move { sockets::conversation(workspace, id).await.map_err(Failure::code) })
            }),
            keep: Rc::new(move |message, text| {
                if !outboxes::keep(agent, id, message, &text) {
                    keeper(Input::NotKept(message));
                }
            }),
            contend: Rc::new(move |steal| {
                let dispatch = dispatch.clone();
                contender.contend(outboxes::lock(agent, id), steal, move |is_held| {
                    dispatch(if is_held { Input::Elected } else { Input::Deposed });
                });
            }),
            on_change: Rc::new(on_change),
        });
        for (_, message, text) in outboxes::kept(agent, id) {
            session.stored(message, &text);
        }
        let engine = Engine { session, view, left: Rc::default(), lock };
        running.engines.borrow_mut().insert(id, engine.clone());
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

impl Running {
    fn get(&self, id: ConversationId) -> Option<Engine> {
        self.engines.borrow().get(&id).cloned()
    }

    /// Stops an engine that was left and has nothing more to send.
    fn retire(&self, id: ConversationId, view: &AgentView) {
        let is_done = view.unsent == 0 && view.unkept == 0;
        let idle = is_done && self.get(id).is_some_and(|engine| engine.left.get());
        if !idle {
            return;
        }
        // Stopping calls back, so that the borrow must have ended.
        let engine = self.engines.borrow_mut().remove(&id);
        if let Some(engine) = engine {
            engine.stop();
        }
    }

    fn stop(&self) {
        let stopped = self.engines.take();
        stopped.into_values().for_each(|engine| engine.stop());
        self.warning.take();
    }

    /// Asks before the tab is closed as long as anything could not be kept.
    fn warn(&self) {
        let is_at_risk =
            self.engines.borrow().values().any(|engine| engine.view.with_untracked(|view| view.unkept > 0));
        if is_at_risk == self.warning.borrow().is_some() {
            return;
        }
        let warning = is_at_risk.then(|| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window(), "beforeunload", options, |event| {
                event.prevent_default()
            })
        });
        self.warning.replace(warning);
    }
}

impl Engine {
    fn stop(&self) {
        self.session.stop();
        self.lock.let_go();
    }
}

/// A view before the engine has given one.
fn nothing() -> AgentView {
    View {
        items: Vec::new(),
        connection: ConnectionBadge::Connecting,
        status: protocol::Status::default(),
        me: None,
        typing: Vec::new(),
        presence: protocol::VisitorPresence::default(),
        unread: 0,
        head: protocol::Seq::START,
        more_above: false,
        loading_older: false,
        unsent: 0,
        unkept: 0,
    }
}
