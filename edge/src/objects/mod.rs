//! The shells of the Durable Objects: decode, ask `domain`, store, apply, send. In that order and in one turn.

mod account;
mod conversation;
mod credential;
mod socket;
mod workspace;

/// The path under which an object accepts a visitor's socket.
pub(crate) const FOR_VISITORS: &str = "/visitor";

/// The path under which an object accepts an agent's socket.
pub(crate) const FOR_AGENTS: &str = "/agent";
