//! What can happen to the engine.

use protocol::{
    Audience, AvailabilityChoice, ClientMessageId, Code, ConversationId, FeedFrame, ListView, Page,
    SavedMessage, Seq, ServerFrame, Undecodable,
};

use crate::Glimpse;

/// What happens to a [`crate::Conversation`].
#[derive(Debug, Clone, PartialEq)]
pub enum Input<A: Audience> {
    /// The conversation is wanted: connect, also after a refusal.
    Start,
    /// It is not wanted any more: disconnect and stay away.
    Stop,
    /// The socket of the latest [`crate::Effect::Connect`] is open.
    Opened {
        /// The token or ticket for the hello.
        credential: String,
    },
    /// No socket could be opened.
    Unreachable {
        /// Why, where a server said so.
        code: Option<Code>,
    },
    /// The socket of the latest connect was closed, or never opened.
    Closed {
        /// The close code of the WebSocket.
        code: u16,
    },
    /// A frame came.
    Received(ServerFrame<A::Kind, A::Presence>),
    /// Bytes came that are no frame.
    Unreadable(Undecodable),
    /// The answer to [`crate::Effect::Ping`] came.
    Pong,
    /// The time of [`crate::Step::wake_at`] has come; early or late does no harm.
    Woke,
    /// There is reason to believe that the network works again: the browser says so, or the tab was brought back.
    NetworkBack,
    /// The person asks for something.
    Submit(A::Command),
    /// The person wants a failed message to be sent again.
    Retry(ClientMessageId),
    /// The person gives up on a failed message.
    Discard(ClientMessageId),
    /// Of the person's tabs it is this one that sends.
    Elected,
    /// Another tab has become the one that sends.
    Deposed,
    /// A message is kept: by a tab of before, or another one just now.
    Kept(SavedMessage<A::Command>),
    /// Another tab has removed a message that was kept.
    Removed(ClientMessageId),
    /// A message of [`crate::Effect::Keep`] could not be kept.
    NotKept(ClientMessageId),
    /// The person types, or has cleared the field.
    Typing {
        /// Whether they type.
        on: bool,
    },
    /// The person writes to their colleagues only, or has cleared the field.
    Noting {
        /// Whether they type.
        on: bool,
    },
    /// The person has seen everything up to here.
    Seen {
        /// A position of this client's sequence.
        upto: Seq,
    },
    /// The person wants to see what was said before.
    LoadOlder,
    /// The visitor is on this page.
    Moved(Page),
}

/// What happens to a [`crate::Feed`].
#[derive(Debug, Clone, PartialEq)]
pub enum FeedInput {
    /// The feed is wanted: connect, also after a refusal.
    Start,
    /// It is not wanted any more: disconnect and stay away.
    Stop,
    /// The socket of the latest [`crate::FeedEffect::Connect`] is open.
    Opened {
        /// The ticket for the hello.
        credential: String,
    },
    /// No socket could be opened.
    Unreachable {
        /// Why, where a server said so.
        code: Option<Code>,
    },
    /// The socket of the latest connect was closed, or never opened.
    Closed {
        /// The close code of the WebSocket.
        code: u16,
    },
    /// A frame came.
    Received(FeedFrame),
    /// Bytes came that are no frame.
    Unreadable(Undecodable),
    /// The answer to [`crate::FeedEffect::Ping`] came.
    Pong,
    /// The time of [`crate::Step::wake_at`] has come; early or late does no harm.
    Woke,
    /// There is reason to believe that the network works again.
    NetworkBack,
    /// The agent wants to see more of the list.
    LoadMore,
    /// The agent wants to see those of a view, or all.
    Show(Option<ListView>),
    /// Somebody uses this tab.
    Used,
    /// The agent says how available they are; nothing happens while there is no connection.
    Choose(AvailabilityChoice),
    /// The agent has this conversation before their eyes.
    SawMention(ConversationId),
    /// The engine of an open conversation knows this of it.
    Glimpsed {
        /// Of which.
        conversation: ConversationId,
        /// What.
        glimpse: Glimpse,
    },
}
