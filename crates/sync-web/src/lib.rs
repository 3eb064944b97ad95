//! The browser shell of the client's engine: sockets, timers, randomness, time.
//!
//! It decides nothing. A [`Session`] runs a conversation, a [`FeedSession`] an inbox's list; both turn what the
//! browser reports into inputs and run the effects that come back, in order. [`show_message`] makes elements of a message.

mod driver;
mod engines;
mod files;
mod markup;
pub mod part;
mod save;
mod session;
mod socket;

pub use driver::entropy;
pub use files::{
    FilesHost, Place, Tray, files_in, keep_file, portrait, show_picture, shown_width, size_text,
};
pub use markup::show_message;
pub use part::NotLoaded;
pub use save::{save_file, save_text};
pub use session::{
    Connect, Endpoint, FeedOptions, FeedSession, Keep, LocalBoxFuture, Session, SessionOptions,
};
/// Marks a function as of a [`part`].
pub use wasm_split_helpers::wasm_split;
