//! Calls from the Worker and from objects to objects, in postcard.
//!
//! The Worker and the objects of one deployment can differ in version for minutes, so these are wire types too.

mod account;
mod answers;
mod conversation;
mod file;
mod glance;
mod job;
mod key;
mod mailbox;
mod rate;
mod visits;
mod workspace;

pub use account::{
    AccountAnswer, AccountCall, AccountRequest, Device, Membership, Moving, MovingPasskey,
    MovingSecondFactor, Person, Proof,
};
pub use answers::{KeptAnswers, VisitorAnswers, VisitorOpening};
pub use conversation::{
    ConversationAnswer, ConversationCall, ConversationRequest, Ended, Gather, Reach, SaidEvent,
};
pub use file::{FileRequest, VisitorAsks};
pub use glance::Glance;
pub use job::Job;
pub use key::{ContactsWanted, ConversationsWanted, KeyAnswer, KeyReply, KeyRequest, Quota};
pub use mailbox::{MailboxAnswer, MailboxCall, PostedMail};
pub use rate::{Budget, RateAnswer, RateCall};
pub use visits::{Opener, Presence, PresentVisit, SitePresence, VisitsAnswer, VisitsCall};
pub use workspace::{
    Actor, ContactsExport, Dismissal, Founder, Founding, FoundingSite, Invitation, WatchedSites,
    WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};

use crate::reject::Reject;

/// The answer to a call.
pub type CallResult<A> = Result<A, Reject>;
