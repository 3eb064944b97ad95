//! What a visitor asks of a conversation that they do not have open.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A visitor looks how many messages they have not seen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// Their token, which may be of another conversation of theirs.
    pub credential: String,
}

/// A credential never reaches a log.
impl fmt::Debug for Glance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Glance").finish_non_exhaustive()
    }
}
