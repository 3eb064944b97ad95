//! Calls to the object of a conversation.

use serde::{Deserialize, Serialize};

use crate::call::Dismissal;
use crate::ids::WorkspaceId;
use crate::seq::Timestamp;

/// What can be asked of a conversation's object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationCall {
    /// Closes sockets of an agent whose right has ended, and voids the tickets that were given until then.
    Dismiss {
        /// Whose.
        dismissal: Dismissal,
        /// When the right ended, by the clock of the workspace, which also dates its tickets.
        at: Timestamp,
    },
    /// Deletes the conversation for good, if it is one of this workspace, which has been deleted.
    Erase {
        /// The workspace.
        workspace: WorkspaceId,
    },
}

/// What a conversation's object answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationAnswer {
    /// It was done.
    Done,
}
