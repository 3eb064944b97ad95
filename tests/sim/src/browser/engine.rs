//! The real engines behind one face, with every frame through the real codec.

use protocol::codec::{self, Codec, Undecodable};
use protocol::{
    AgentCommand, AgentKind, Audience, Author, ClientFrame, ClientMessageId, Code, Epoch, ForAgents,
    ForVisitors, Handling, IndexEntry, MessageName, Page, SavedMessage, Seq, ServerFrame, Stars, Status,
    Timestamp, VisitorCommand,
};
use serde::{Deserialize, Serialize};
use sync::{
    ConnectionBadge, Conversation, Effect, Env, Feed, FeedEffect, FeedInput, Input, ItemKey, SendState, Step,
    View,
};

use super::Letter;
use crate::network::Payload;

/// What the browser reports.
#[derive(Debug, Clone)]
pub(crate) enum Signal {
    Start,
    Opened { credential: String },
    Unreachable { code: Option<Code> },
    Closed { code: u16 },
    Received(Payload),
    Pong,
    Woke,
    NetworkBack,
    Told(Letter),
}

/// What a person does.
#[derive(Debug, Clone)]
pub(crate) enum Press {
    Say(String),
    Note(String),
    /// An agent resolves, a visitor ends.
    Resolve,
    Reopen,
    /// How a visitor finds it was.
    Rate(Stars),
    /// Handles the conversation.
    Handle(Handling),
    /// Answers a message or a note, by a note if so.
    Reply(MessageName, bool, String),
    /// Changes an own message, or an own note.
    Edit(ClientMessageId, bool, String),
    /// Deletes an own message, or an own note.
    Delete(ClientMessageId, bool),
    Retry(ClientMessageId),
    Discard(ClientMessageId),
    Type(bool),
    See(Seq),
    LoadOlder,
    Go(Page),
}

/// What the browser is to do.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Connect { renew: bool },
    Send(Payload),
    Ping,
    Disconnect { code: u16 },
    Keep(ClientMessageId, String),
    Drop(ClientMessageId),
    Contend { steal: bool },
}

/// What follows from one call.
#[derive(Debug, Default)]
pub(crate) struct Reaction {
    pub(crate) deeds: Vec<Deed>,
    pub(crate) wake_at: Option<Timestamp>,
    pub(crate) changed: bool,
    /// The life of the log that a welcome named, and its end.
    pub(crate) welcome: Option<(Epoch, Seq)>,
}

/// A line as either audience shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) key: ItemKey,
    pub(crate) author: Author,
    pub(crate) mine: bool,
    pub(crate) kind: AgentKind,
    pub(crate) at: Timestamp,
    pub(crate) state: SendState,
    pub(crate) id: ClientMessageId,
    pub(crate) seq: Option<Seq>,
}

/// What a screen shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) lines: Vec<Line>,
    pub(crate) badge: ConnectionBadge,
    pub(crate) status: Status,
    pub(crate) unread: u32,
    pub(crate) head: Seq,
    pub(crate) unsent: usize,
    pub(crate) unkept: usize,
    pub(crate) more_above: bool,
}

/// An engine.
#[derive(Debug)]
pub(crate) enum Engine {
    Visitor(Box<Conversation<ForVisitors>>),
    Agent(Box<Conversation<ForAgents>>),
    Feed(Box<Feed>),
}

impl Engine {
    pub(crate) fn for_visitor(env: Env) -> Self {
        Self::Visitor(Box::new(Conversation::new(env)))
    }

    pub(crate) fn for_agent(env: Env) -> Self {
        Self::Agent(Box::new(Conversation::new(env)))
    }

    pub(crate) fn for_feed(env: Env) -> Self {
        Self::Feed(Box::new(Feed::new(env)))
    }

    pub(crate) fn is_feed(&self) -> bool {
        matches!(self, Self::Feed(_))
    }

    pub(crate) fn is_agents(&self) -> bool {
        matches!(self, Self::Agent(_))
    }

    pub(crate) fn signal(&mut self, env: Env, signal: Signal, codec: Codec) -> Reaction {
        match self {
            Self::Visitor(engine) => conversation_signal(engine, env, signal, codec),
            Self::Agent(engine) => conversation_signal(engine, env, signal, codec),
            Self::Feed(engine) => {
                let input = match signal {
                    Signal::Start => FeedInput::Start,
                    Signal::Opened { credential } => FeedInput::Opened { credential },
                    Signal::Unreachable { code } => FeedInput::Unreachable { code },
                    Signal::Closed { code } => FeedInput::Closed { code },
                    Signal::Received(payload) => {
                        decode(&payload).map_or_else(FeedInput::Unreadable, FeedInput::Received)
                    }
                    Signal::Pong => FeedInput::Pong,
                    Signal::Woke => FeedInput::Woke,
                    // A list keeps nothing and is told nothing.
                    Signal::NetworkBack | Signal::Told(_) => FeedInput::NetworkBack,
                };
                let Step { effects, wake_at, changed } = engine.handle(env, input);
                let deeds = effects.into_iter().map(|effect| feed_deed(effect, codec)).collect();
                Reaction { deeds, wake_at, changed, welcome: None }
            }
        }
    }

    /// A person does something in a conversation; `None` if there is no button for it.
    pub(crate) fn press(&mut self, env: Env, press: Press, codec: Codec) -> Option<Reaction> {
        Some(match self {
            Self::Visitor(engine) => {
                let input = match press {
                    Press::Say(text) => Input::Submit(VisitorCommand::Message { text }),
                    Press::Reply(to, false, text) => Input::Submit(VisitorCommand::Reply { to, text }),
                    Press::Edit(of, false, text) => Input::Submit(VisitorCommand::Edit { of, text }),
                    Press::Delete(of, false) => Input::Submit(VisitorCommand::Delete { of }),
                    Press::Resolve => Input::Submit(VisitorCommand::End),
                    Press::Rate(stars) => Input::Submit(VisitorCommand::Rate {
                        stars,
                        comment: format!("{} stars", stars.number()),
                    }),
                    Press::Note(_)
                    | Press::Reopen
                    | Press::Handle(_)
                    | Press::Reply(_, true, _)
                    | Press::Edit(_, true, _)
                    | Press::Delete(_, true) => return None,
                    other => conversation_press(other),
                };
                conversation_reaction(engine.handle(env, input), codec, None)
            }
            Self::Agent(engine) => {
                let input = match press {
                    Press::Say(text) => Input::Submit(AgentCommand::Message { text }),
                    Press::Note(text) => Input::Submit(AgentCommand::Note { text }),
                    Press::Resolve => Input::Submit(AgentCommand::Resolve),
                    Press::Reopen => Input::Submit(AgentCommand::Reopen),
                    Press::Reply(to, false, text) => Input::Submit(AgentCommand::Reply { to, text }),
                    Press::Reply(to, true, text) => Input::Submit(AgentCommand::ReplyByNote { to, text }),
                    Press::Edit(of, false, text) => Input::Submit(AgentCommand::Edit { of, text }),
                    Press::Edit(of, true, text) => Input::Submit(AgentCommand::EditNote { of, text }),
                    Press::Delete(of, false) => Input::Submit(AgentCommand::Delete { of }),
                    Press::Delete(of, true) => Input::Submit(AgentCommand::DeleteNote { of }),
                    Press::Handle(step) => Input::Submit(AgentCommand::Handle(step)),
                    Press::Rate(_) => return None,
                    other => conversation_press(other),
                };
                conversation_reaction(engine.handle(env, input), codec, None)
            }
            Self::Feed(engine) => {
                let Step { effects, wake_at, changed } = engine.handle(env, FeedInput::LoadMore);
                let deeds = effects.into_iter().map(|effect| feed_deed(effect, codec)).collect();
                Reaction { deeds, wake_at, changed, welcome: None }
            }
        })
    }

    pub(crate) fn shown(&self, now: Timestamp) -> Option<Shown> {
        match self {
            Self::Visitor(engine) => Some(shown(engine.view(now), AgentKind::Public)),
            Self::Agent(engine) => Some(shown(engine.view(now), |kind| kind)),
            Self::Feed(_) => None,
        }
    }

    pub(crate) fn entries(&self, now: Timestamp) -> Option<(Vec<IndexEntry>, ConnectionBadge)> {
        match self {
            Self::Feed(engine) => {
                let view = engine.view(now);
                Some((view.entries, view.connection))
            }
            Self::Visitor(_) | Self::Agent(_) => None,
        }
    }
}

/// Whether a kept text holds a message that is to be sent, or one that has failed; `None` if it makes no sense.
pub(crate) fn waits(text: &str, is_agents: bool) -> Option<bool> {
    kept(text, is_agents).map(|(waits, _)| waits)
}

/// The same, and when it was written, or asked for anew.
pub(crate) fn kept(text: &str, is_agents: bool) -> Option<(bool, Timestamp)> {
    if is_agents { saved::<AgentCommand>(text) } else { saved::<VisitorCommand>(text) }
}

fn saved<C: Serialize + for<'de> Deserialize<'de>>(text: &str) -> Option<(bool, Timestamp)> {
    SavedMessage::<C>::from_text(text).map(|message| (message.failed.is_none(), message.written_at))
}

/// The message that a frame submits, if it does.
pub(crate) fn submitted(payload: &Payload, is_agents: bool) -> Option<ClientMessageId> {
    if is_agents { submission::<AgentCommand>(payload) } else { submission::<VisitorCommand>(payload) }
}

fn submission<C: for<'de> Deserialize<'de>>(payload: &Payload) -> Option<ClientMessageId> {
    match decode::<ClientFrame<C>>(payload) {
        Ok(ClientFrame::Submit(submission)) => Some(submission.client_message_id),
        Ok(_) | Err(_) => None,
    }
}

fn conversation_signal<A: Audience>(
    engine: &mut Conversation<A>,
    env: Env,
    signal: Signal,
    codec: Codec,
) -> Reaction {
    let mut told = None;
    let input = match signal {
        Signal::Start => Input::Start,
        Signal::Opened { credential } => Input::Opened { credential },
        Signal::Unreachable { code } => Input::Unreachable { code },
        Signal::Closed { code } => Input::Closed { code },
        Signal::Received(payload) => match decode::<ServerFrame<A::Kind, A::Presence>>(&payload) {
            Ok(frame) => {
                if let ServerFrame::Welcome(welcome) = &frame {
                    told = Some((welcome.epoch, welcome.head));
                }
                Input::Received(frame)
            }
            Err(why) => Input::Unreadable(why),
        },
        Signal::Pong => Input::Pong,
        Signal::Woke => Input::Woke,
        Signal::NetworkBack => Input::NetworkBack,
        Signal::Told(Letter::Stored(id, text)) => {
            SavedMessage::from_text(&text).map_or(Input::Removed(id), Input::Kept)
        }
        Signal::Told(Letter::NotKept(id)) => Input::NotKept(id),
        Signal::Told(Letter::Elected) => Input::Elected,
        Signal::Told(Letter::Deposed) => Input::Deposed,
    };
    conversation_reaction(engine.handle(env, input), codec, told)
}

fn conversation_press<A: Audience>(press: Press) -> Input<A> {
    match press {
        Press::Retry(id) => Input::Retry(id),
        Press::Discard(id) => Input::Discard(id),
        Press::Type(on) => Input::Typing { on },
        Press::See(upto) => Input::Seen { upto },
        Press::Go(page) => Input::Moved(page),
        Press::LoadOlder
        | Press::Say(_)
        | Press::Note(_)
        | Press::Resolve
        | Press::Reopen
        | Press::Rate(_)
        | Press::Handle(_)
        | Press::Reply(..)
        | Press::Edit(..)
        | Press::Delete(..) => Input::LoadOlder,
    }
}

fn conversation_reaction<A: Audience>(
    step: Step<Effect<A>>,
    codec: Codec,
    welcome: Option<(Epoch, Seq)>,
) -> Reaction {
    let Step { effects, wake_at, changed } = step;
    let deeds = effects.into_iter().map(|effect| match effect {
        Effect::Connect { renew } => Deed::Connect { renew },
        Effect::Transmit(frame) => Deed::Send(encode::<ClientFrame<A::Command>>(&frame, codec)),
        Effect::Ping => Deed::Ping,
        Effect::Disconnect(code) => Deed::Disconnect { code: code.number() },
        Effect::Keep(message) => Deed::Keep(message.client_message_id, message.to_text()),
        Effect::Drop(id) => Deed::Drop(id),
        Effect::Contend { steal } => Deed::Contend { steal },
    });
    Reaction { deeds: deeds.collect(), wake_at, changed, welcome }
}

fn feed_deed(effect: FeedEffect, codec: Codec) -> Deed {
    match effect {
        FeedEffect::Connect { renew } => Deed::Connect { renew },
        FeedEffect::Transmit(frame) => Deed::Send(encode(&frame, codec)),
        FeedEffect::Ping => Deed::Ping,
        FeedEffect::Disconnect(code) => Deed::Disconnect { code: code.number() },
    }
}

fn shown<A: Audience>(view: View<A>, widen: impl Fn(A::Kind) -> AgentKind) -> Shown {
    let lines = view.items.into_iter().map(|item| Line {
        key: item.key,
        author: item.author,
        mine: item.mine,
        kind: widen(item.kind),
        at: item.at,
        state: item.state,
        id: item.client_message_id,
        seq: item.seq,
    });
    Shown {
        lines: lines.collect(),
        badge: view.connection,
        status: view.status,
        unread: view.unread,
        head: view.head,
        unsent: view.unsent,
        unkept: view.unkept,
        more_above: view.more_above,
    }
}

/// Writes a frame in a codec.
pub(crate) fn encode<F: Serialize>(frame: &F, codec: Codec) -> Payload {
    match codec {
        Codec::Postcard => Payload::Binary(codec::to_bytes(frame)),
        Codec::Json => Payload::Text(codec::to_text(frame)),
    }
}

/// Reads a frame in the codec that its bytes are in.
pub(crate) fn decode<F: for<'de> Deserialize<'de>>(payload: &Payload) -> Result<F, Undecodable> {
    match payload {
        Payload::Binary(bytes) => codec::from_bytes(bytes),
        Payload::Text(text) => codec::from_text(text),
    }
}
