//! Durable Objects as they are run here: the shells of `edge` over a simulated platform.

mod conversation;
mod deliver;
mod hello;
mod host;
mod kept;
mod socket;
mod tell;
mod workspace;

pub(crate) use conversation::{ConversationObject, REFUSED_BY_NEWER};
pub(crate) use host::{Host, Out};
pub(crate) use socket::{Credential, Seated, Side};
pub(crate) use workspace::WorkspaceObject;

/// The secret of this deployment.
pub(crate) const SECRET: &[u8] = b"the secret of the simulated deployment";
