//! Calls to the object of a conversation.

use serde::{Deserialize, Serialize};

use crate::call::Dismissal;
use crate::ids::{SiteId, VoucherId, WorkspaceId};
use crate::seq::Timestamp;

/// What can be asked of a conversation's object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationCall {
    /// Closes the sockets of those whose right has ended, and voids the tickets and tokens that opened them.
    Dismiss {
        /// Whose.
        ended: Ended,
        /// When the right ended, by the clock of the workspace, which also dates its tickets.
        at: Timestamp,
    },
    /// Deletes the conversation for good, if it is one of this workspace, which has been deleted.
    Erase {
        /// The workspace.
        workspace: WorkspaceId,
    },
}

/// A right that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// An agent's.
    Agent(Dismissal),
    /// That of every visitor of a site, which was removed.
    Site(SiteId),
    /// That of the visitors of a site for whom one of its secrets has vouched, which has ended.
    Voucher(SiteId, VoucherId),
}

/// What a conversation's object answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationAnswer {
    /// It was done.
    Done,
}
