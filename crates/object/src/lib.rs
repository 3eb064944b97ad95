//! What the objects do with sockets, storage and alarms, over a small trait of the platform they run on.
//!
//! [`Platform`] is implemented by Cloudflare's Durable Objects (in `edge`) and by the simulator (in `tests/sim`), so that
//! what is simulated is what is served. No rule about conversations lives here: those are `domain`'s. Order in every
//! turn: decode, ask `domain`, store, apply, send.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod account;
mod attachment;
mod conversation;
mod credential;
mod message;
mod platform;
mod rate;
mod reading;
mod sockets;
mod ticket;
mod visits;
mod workspace;

pub use account::AccountObject;
pub use attachment::{Attachment, Kept, Seated, Side, SpentTicket};
pub use conversation::{ConversationObject, Inquiry, Live, News, Parting, Told, heard, recall_kept};
pub use credential::Credential;
pub use message::Message;
pub use platform::{ConversationPlatform, Platform};
pub use rate::{answer_rate, rate_rang};
pub use visits::VisitsObject;
pub use workspace::WorkspaceObject;
