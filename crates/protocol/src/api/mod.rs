//! The wire types of the REST API, `/api/v1`: what programs of others send and are answered (SPEC RA1 to RA10).
//!
//! They stand apart from the types that our own clients share, so that those can change and these only grow. With the
//! feature `schema` each has a JSON Schema, from which the OpenAPI document is made; the Worker is built without it.

mod agent;
mod attachment;
mod change;
mod contact;
mod conversation;
mod cursor;
mod id;
mod list;
mod message;
mod moment;
mod operation;
mod problem;
mod report;
mod site;
mod workspace;

#[cfg(feature = "schema")]
pub(crate) use change::patterns;

pub use agent::{Agent, AgentChange, AgentRole, GivenRole};
pub use attachment::Attachment;
pub use change::{
    ContactDraft, ConversationChange, ConversationDraft, MessageChange, MessageDraft, SiteDraft,
    WorkspaceChange,
};
pub use contact::{Contact, ContactStatement};
pub use conversation::{Conversation, LastMessage};
pub use cursor::Place;
pub use id::{MessageId, Named, Prefixed};
pub use list::{ConversationsQuery, Limit, List, ListQuery, Order};
pub use message::{Message, MessageAuthor, MessageKind};
pub use moment::Moment;
pub use operation::{Method, Operation};
pub use problem::{Problem, ProblemCode};
pub use report::{Day, Report, ReportDay, ReportFigures, ReportOf, ReportOfLabel, ReportTime, ReportWanted};
pub use site::{Site, SiteKeyState};
pub use workspace::Workspace;
