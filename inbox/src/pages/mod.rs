//! One module a page: reads signals, hands inputs to the engine, and leaves the looks to `components`.

mod choose;
mod conversation;
mod desk;
mod not_found;
mod sign_in;

pub(crate) use choose::Choose;
pub(crate) use conversation::ConversationPage;
pub(crate) use desk::Desk;
pub(crate) use not_found::NotFound;
pub(crate) use sign_in::SignIn;
