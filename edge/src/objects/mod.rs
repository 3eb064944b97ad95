//! The shells of the Durable Objects. What they do stands in the crate `object`.

mod accept;
mod account;
mod conversation;
mod mailbox;
mod outbox;
mod platform;
mod rate;
mod socket;
mod visits;
mod workspace;

/// The path under which an object accepts a visitor's socket.
pub(crate) const FOR_VISITORS: &str = "/visitor";

/// The path under which an object accepts an agent's socket.
pub(crate) const FOR_AGENTS: &str = "/agent";
