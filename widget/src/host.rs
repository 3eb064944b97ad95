//! The loader on the other side of the port: it keeps what the frame cannot keep and talks to our server from the
//! page's origin.
//!
//! Messages are plain objects with a `type`; whatever else comes is ignored.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use protocol::{ClientMessageId, Code, ConversationId, Page};
use sync::ConnectionBadge;
use sync_web::Endpoint;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, MessagePort};

use crate::clock;
use crate::tidings::{Said, Tiding};

/// Milliseconds after which an answer of the loader is not waited for: longer than the page and our server together
/// take.
const LONGEST_WAIT_MS: i32 = 30_000;

/// What the loader tells.
pub(crate) enum FromLoader {
    /// Comes first.
    Start(Box<Start>),
    /// The visitor went to another page.
    Page(Page),
    /// The panel was opened.
    Shown {
        /// Whether the visitor did it just now, so that the keyboard should be in the panel.
        focus: bool,
    },
    /// The panel was closed.
    Hidden,
    /// Whether the panel covers the page, so that nothing else can be reached.
    Modal(bool),
    /// The browser says that the network is back.
    Online,
    /// What the page's storage has under the key of a message: its kept form, or nothing any more.
    Kept {
        /// Whose it is.
        owner: Owner,
        /// The message.
        id: ClientMessageId,
        /// Its form; empty if it was removed.
        text: String,
    },
    /// A message could not be kept.
    Unkept(Owner, ClientMessageId),
    /// The lock of whoever sends is this tab's, or another's.
    Lock {
        /// Whether it is this tab's.
        held: bool,
    },
    /// The page wants to hear of messages.
    Listen,
    /// The page sends a message for the visitor.
    Say {
        /// Names the wish.
        call: u32,
        /// What to send.
        text: String,
    },
    /// The page wants to see what the visitor sends before it is sent.
    Watch,
    /// What the page makes of the earliest text that it was asked about; nothing of it is sent if there is none.
    Answered(Option<String>),
    /// There are other words to show.
    Words,
}

/// What the frame begins with.
pub(crate) struct Start {
    /// Name of the site.
    pub(crate) name: String,
    /// First words of the empty panel.
    pub(crate) greeting: String,
    /// Whether only the session tells whose it is: visitors can prove who they are, or have gone to another conversation.
    pub(crate) proves: bool,
    /// The anonymous visitor's conversation, if it is not their first.
    pub(crate) further: Owner,
    /// Where the visitor is.
    pub(crate) page: Page,
    /// Whether the visitor wants to hear a sound when a message comes unseen.
    pub(crate) sounds: bool,
    /// Whether the panel is open already.
    pub(crate) open: bool,
    /// As in [`FromLoader::Shown`].
    pub(crate) focus: bool,
    /// Whether the panel is part of the page, so that it cannot be closed.
    pub(crate) fixed: bool,
}

/// What the loader is told.
pub(crate) enum ToLoader {
    /// The panel can be shown.
    Ready,
    /// A message of somebody is to be kept for all tabs, or forgotten if there is no text.
    Keep(Owner, ClientMessageId, String),
    /// Whether messages wait in the frame that it is not known yet under whose name to keep.
    Held(bool),
    /// The lock of whoever sends is wanted.
    Lock {
        /// Whether to take it from whoever has it.
        steal: bool,
    },
    /// The visitor wants the panel closed.
    Close,
    /// Whether the visitor wants to hear a sound when a message comes unseen.
    Sound(bool),
    /// The visitor wants the panel open.
    Open,
    /// The newest message takes so many pixels of height in place of the closed panel; nothing is shown if none.
    Preview(i32),
    /// How many messages the visitor has not seen.
    Unread(u32),
    /// What the page sent is on its way under this id, or was not taken if there is none.
    Taken {
        /// As in [`FromLoader::Say`].
        call: u32,
        /// As in [`Said`].
        id: String,
    },
    /// A page that listens hears of this.
    Tiding(Tiding),
    /// The visitor sends this; the page answers what of it.
    Asked(String),
}

/// Whose a session and its messages are: the conversation of a person who has proven who they are, or a further one of the
/// anonymous visitor of this browser; nothing for their first.
pub(crate) type Owner = Option<ConversationId>;

/// A visitor's session.
pub(crate) struct Granted {
    /// Where to connect.
    pub(crate) endpoint: Endpoint,
    /// Where its files are.
    pub(crate) files: String,
    /// Whose it is.
    pub(crate) owner: Owner,
    /// Whether the site wanted a proof and got none that is good.
    pub(crate) is_guest: bool,
    /// The conversation, if the credential is good only with some work for it.
    pub(crate) work: Option<ConversationId>,
    /// How the site receives the visitor.
    pub(crate) reception: JsValue,
}

/// The port.
#[derive(Clone)]
pub(crate) struct Host {
    port: MessagePort,
    /// Resolves the promise of the session that was asked for last.
    session: Rc<RefCell<Option<Function>>>,
}

#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`.
    #[wasm_bindgen(thread_local_v2, js_name = porchlightPort)]
    static PORT: Promise;
}

impl Host {
    /// Waits for the loader's port; `None` if the frame runs outside of a page with the loader.
    pub(crate) async fn connect() -> Option<Self> {
        let port = JsFuture::from(PORT.with(Clone::clone)).await.ok()?.dyn_into().ok()?;
        Some(Self { port, session: Rc::default() })
    }

    /// Hands every message of the loader to `receive`, those that wait included.
    pub(crate) fn listen(&self, mut receive: impl FnMut(FromLoader) + 'static) {
        let session = Rc::clone(&self.session);
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let message = event.data();
            match text(&message, "type").as_str() {
                "start" => receive(FromLoader::Start(Box::new(Start::read(&message)))),
                "page" => receive(FromLoader::Page(page(&message))),
                "open" if flag(&message, "open") => {
                    receive(FromLoader::Shown { focus: flag(&message, "focus") });
                }
                "open" => receive(FromLoader::Hidden),
                "modal" => receive(FromLoader::Modal(flag(&message, "modal"))),
                "online" => receive(FromLoader::Online),
                "kept" => {
                    if let Some((owner, id)) = message_of(&message) {
                        receive(FromLoader::Kept { owner, id, text: text(&message, "text") });
                    }
                }
                "unkept" => {
                    if let Some((owner, id)) = message_of(&message) {
                        receive(FromLoader::Unkept(owner, id));
                    }
                }
                "lock" => receive(FromLoader::Lock { held: flag(&message, "held") }),
                "listen" => receive(FromLoader::Listen),
                "say" => {
                    let call = get(&message, "call").as_f64().unwrap_or_default() as u32;
                    receive(FromLoader::Say { call, text: text(&message, "text") });
                }
                "watch" => receive(FromLoader::Watch),
                "answer" => receive(FromLoader::Answered(get(&message, "text").as_string())),
                // From `boot.js`, which has heard of another language on the same port.
                "words" => receive(FromLoader::Words),
                "session" => {
                    if let Some(resolve) = session.take() {
                        let _ = resolve.call1(&JsValue::UNDEFINED, &message);
                    }
                }
                _ => {}
            }
        });
        self.port.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The frame and its port end together.
        listener.forget();
    }

    /// Tells the loader something.
    pub(crate) fn tell(&self, message: ToLoader) {
        match message {
            ToLoader::Ready => self.post("ready", &[]),
            ToLoader::Keep(owner, id, text) => {
                let owner = owner.map(|owner| owner.to_string() + ":").unwrap_or_default();
                self.post("keep", &[("id", (owner + &id.to_string()).into()), ("text", text.into())]);
            }
            ToLoader::Held(waits) => self.post("held", &[("held", waits.into())]),
            ToLoader::Lock { steal } => self.post("lock", &[("steal", steal.into())]),
            ToLoader::Close => self.post("close", &[("focus", true.into())]),
            ToLoader::Sound(sounds) => self.post("mute", &[("mute", (!sounds).into())]),
            ToLoader::Open => self.post("open", &[]),
            ToLoader::Preview(height) => self.post("preview", &[("height", height.into())]),
            ToLoader::Unread(count) => self.post("unread", &[("count", count.into())]),
            ToLoader::Taken { call, id } => self.post("taken", &[("call", call.into()), ("id", id.into())]),
            ToLoader::Asked(text) => self.post("asked", &[("text", text.into())]),
            ToLoader::Tiding(Tiding::Sent(said)) => self.post_said("sent", said, ""),
            ToLoader::Tiding(Tiding::Received(said)) => self.post_said("received", said, ""),
            ToLoader::Tiding(Tiding::Failed(said, code)) => {
                self.post_said("failed", said, code.map_or("lost", name_of));
            }
            ToLoader::Tiding(Tiding::Connection(badge)) => {
                let (state, code) = match badge {
                    ConnectionBadge::Connecting => ("connecting", ""),
                    ConnectionBadge::Connected => ("connected", ""),
                    ConnectionBadge::Reconnecting => ("reconnecting", ""),
                    ConnectionBadge::Refused(code) => ("refused", name_of(code)),
                };
                self.post("connection", &[("state", state.into()), ("code", code.into())]);
            }
        }
    }

    fn post_said(&self, kind: &str, said: Said, code: &str) {
        let Said { id, from, name, text, at } = said;
        let at = JsValue::from_f64(at as f64);
        self.post(
            kind,
            &[
                ("id", id.into()),
                ("from", from.into()),
                ("name", name.into()),
                ("text", text.into()),
                ("at", at),
                ("code", code.into()),
            ],
        );
    }

    /// Asks for the visitor's session, and so for where to connect; `None` stands for an answer that did not come.
    /// With it the visitor leaves an address, unless there is none.
    pub(crate) async fn session(&self, renew: bool, email: Option<String>) -> Result<Granted, Option<Code>> {
        let answer = Promise::new(&mut |resolve, _| {
            self.session.replace(Some(resolve));
        });
        self.post("session", &[("renew", renew.into()), ("email", email.into())]);
        // The page may never say who its visitor is.
        let too_late = clock::after(LONGEST_WAIT_MS);
        let first = Promise::race(&Array::of2(&answer, &too_late));
        let answer = JsFuture::from(first).await.map_err(|_| None)?;
        let conversation = |session: &JsValue| text(session, "conversation").parse().ok();
        let known = get(&answer, "known");
        let owner = conversation(&known);
        let session = if owner.is_some() { &known } else { &answer };
        match conversation(session) {
            Some(conversation) => Ok(Granted {
                endpoint: Endpoint { url: socket_address(conversation), credential: text(session, "token") },
                files: [&path_of(conversation), "/files"].concat(),
                owner: owner.or_else(|| further_of(&answer)),
                is_guest: flag(&answer, "notice"),
                work: (owner.is_none() && flag(&answer, "work")).then_some(conversation),
                reception: get(&answer, "reception"),
            }),
            None => Err(code(&text(&answer, "code"))),
        }
    }

    fn post(&self, kind: &str, values: &[(&str, JsValue)]) {
        let message = Object::new();
        // Neither a fresh object nor a message without transfers can fail.
        let _ = Reflect::set(&message, &"type".into(), &kind.into());
        for (name, value) in values {
            let _ = Reflect::set(&message, &(*name).into(), value);
        }
        let _ = self.port.post_message(&message);
    }
}

impl Start {
    fn read(message: &JsValue) -> Self {
        let config = get(message, "config");
        Self {
            name: text(&config, "name"),
            greeting: text(&config, "greeting"),
            proves: text(&config, "identity") != "off" || flag(message, "turned"),
            further: further_of(message),
            page: page(&get(message, "page")),
            sounds: !flag(message, "mute"),
            open: flag(message, "open"),
            focus: flag(message, "focus"),
            fixed: flag(message, "fixed"),
        }
    }
}

/// The conversation behind a sign, if there is one: without, the visitor is in their first.
fn further_of(message: &JsValue) -> Owner {
    text(message, "further").get(1..)?.parse().ok()
}

fn page(object: &JsValue) -> Page {
    Page { url: text(object, "url"), title: text(object, "title"), referrer: text(object, "referrer") }
}

/// Whose message, and which, a key of the page's storage names: what stands before the last colon is a conversation, or
/// the site.
fn message_of(message: &JsValue) -> Option<(Owner, ClientMessageId)> {
    let key = text(message, "key");
    let (rest, id) = key.rsplit_once(':')?;
    let owner = rest.rsplit(':').next()?.parse().ok();
    Some((owner, id.parse().ok()?))
}

pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

pub(crate) fn flag(object: &JsValue, name: &str) -> bool {
    get(object, name).is_truthy()
}

/// The codes that mean something to the page, or that a session can be refused with.
const CODES: [(&str, Code); 16] = [
    ("unknown_site", Code::UnknownSite),
    ("origin_not_allowed", Code::OriginNotAllowed),
    ("not_found", Code::NotFound),
    ("forbidden", Code::Forbidden),
    ("unauthenticated", Code::Unauthenticated),
    ("rate_limited", Code::RateLimited),
    ("upgrade_required", Code::UpgradeRequired),
    ("bad_frame", Code::BadFrame),
    ("too_large", Code::TooLarge),
    ("bad_identity", Code::BadIdentity),
    ("empty", Code::Empty),
    ("too_long", Code::TooLong),
    ("bad_text", Code::BadText),
    ("idempotency_conflict", Code::IdempotencyConflict),
    ("too_many_sockets", Code::TooManySockets),
    ("bad_field", Code::BadField),
];

/// Every other code is as good as no answer.
fn code(name: &str) -> Option<Code> {
    CODES.iter().find(|(other, _)| *other == name).map(|(_, code)| *code)
}

/// Every other code is as good as a fault of ours.
fn name_of(code: Code) -> &'static str {
    CODES.iter().find(|(_, other)| *other == code).map_or("internal", |(name, _)| name)
}

fn socket_address(conversation: ConversationId) -> String {
    let location = leptos::prelude::window().location();
    let scheme =
        if location.protocol().is_ok_and(|protocol| protocol == "http:") { "ws://" } else { "wss://" };
    let host = location.host().unwrap_or_default();
    [scheme, &host, &path_of(conversation), "/socket"].concat()
}

fn path_of(conversation: ConversationId) -> String {
    ["/api/visitor/conversations/", &conversation.to_string()].concat()
}
