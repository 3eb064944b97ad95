//! One conversation: its log, who may do what to it, and what everybody is told.
//!
//! [`Conversation`] is a fold over stored [`Write`]s: loading it and living through it give the same value (SPEC CV8).
//! [`Conversation::handle`] changes nothing; the shell stores the writes of its [`Outcome`], applies them, then sends.

mod amendment;
mod appending;
mod comparing;
mod digest;
mod ending;
mod gathering;
mod handle;
mod handling;
mod join;
mod lines;
mod outcome;
mod pace;
mod passage;
mod reaching;
mod replying;
mod resume;
mod revision;
mod state;
mod stored;
mod telling;
mod transcript;

pub use amendment::command_to_amend;
pub use handle::{Context, Request};
pub use join::{Attendance, Seat, joining_allowed};
pub use outcome::{Outcome, Send, Write};
pub use pace::{Pace, Writing};
pub use passage::{is_all_heard, passage, targets_before};
pub use resume::{Backlog, resume};
pub use state::{Conversation, Identity, Marks, Party};
pub use stored::{Fingerprint, Line, LineKind, Person, Standing, StoredEvent};
pub use telling::wait_before_telling;
pub use transcript::{Transcribing, proven_address};
