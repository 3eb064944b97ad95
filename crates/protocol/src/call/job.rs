//! What an object owes to others: stored in the turn that causes it, done from its alarm, at least once.

use serde::{Deserialize, Serialize};

use crate::call::{AccountCall, ConversationCall, WorkspaceCall};
use crate::ids::{AccountId, AgentId, ConversationId, PictureId, SiteId, WorkspaceId};
use crate::mail::Mail;

/// A piece of work that waits in an object's outbox.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    /// Sends a mail.
    Mail(Box<Mail>),
    /// Tells a workspace something.
    Workspace(WorkspaceId, Box<WorkspaceCall>),
    /// Tells an account something.
    Account(AccountId, Box<AccountCall>),
    /// Tells a conversation something.
    Conversation(ConversationId, ConversationCall),
    /// Lets an agent be seen with a picture, or without one.
    Face(AgentId, Option<PictureId>),
    /// Removes a picture that nobody is seen with any more.
    ForgetPicture(PictureId),
    /// Removes the logos that were kept for a site, but for the one that it shows.
    TidyLogos(SiteId, Option<PictureId>),
}
