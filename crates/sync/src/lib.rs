//! The client's engine: what to send, when, and what to show.
//!
//! A [`Conversation`] keeps the outbox, the timeline and the connection of one chat; a [`Feed`] keeps the list of
//! conversations of an inbox. Both are values: an input goes in, a [`Step`] with the effects to run comes out, and a
//! view can be read in between. There is no clock, no randomness, no socket and no storage here: time and entropy are
//! arguments ([`Env`]), and a shell runs the effects in the order in which they are given.
//!
//! Nothing that arrives can make the engine panic: a frame that makes no sense in the present state is ignored.

mod amending;
mod backoff;
mod clock;
mod connection;
mod conversation;
mod doors;
mod doubtful;
mod effect;
mod env;
mod feed;
mod glimpse;
mod idleness;
mod input;
mod marks;
mod others_typing;
mod outbox;
mod own_typing;
mod timeline;
mod view;
mod waiting;

pub use amending::can_amend;
pub use conversation::Conversation;
pub use doors::{Doors, doors};
pub use effect::{Effect, FeedEffect, Step};
pub use env::Env;
pub use feed::Feed;
pub use glimpse::Glimpse;
pub use input::{FeedInput, Input};
pub use view::{ConnectionBadge, FeedView, Item, ItemKey, Mentioned, Person, SendState, View, Writing};
