//! The objects that are served (crate `object`), on a simulated platform.

mod conversation;
mod host;
mod kept;
mod workspace;

pub(crate) use ::object::{Credential, Seated, Side};

pub(crate) use self::conversation::{ConversationObject, REFUSED_BY_NEWER};
pub(crate) use self::host::{Host, Out};
pub(crate) use self::workspace::{Copy, TEAMS, WorkspaceObject};

/// The secret of this deployment.
pub(crate) const SECRET: &[u8] = b"the secret of the simulated deployment";
