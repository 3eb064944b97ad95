//! What is asked of a workspace with a key of the REST API.

use serde::{Deserialize, Serialize};

use super::CallResult;
use super::workspace::WorkspaceRequest;
use crate::contact::{Contact, ContactPosition};
use crate::event::{AgentProfile, Status};
use crate::http::site::{SiteChange, SiteList, SiteView};
use crate::http::workspace::{AgentView, People, WorkspaceView};
use crate::ids::{AgentId, ApiKeyId, EntityTag, SiteId, VisitorId};
use crate::index::{IndexEntry, IndexPosition};
use crate::permission::{Permissions, Role};
use crate::report::Report;

/// What may be asked with a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyRequest {
    /// One of the requests that people can make too; which of them, is the workspace's to decide.
    Plain(WorkspaceRequest),
    /// Who acts in a conversation of the workspace, and with what rights: the conversation's object is asked next.
    Act,
    /// Names the workspace, if it is of one of the expected versions; whatever it is, without any.
    SetName {
        /// The name.
        name: String,
        /// Versions of the workspace.
        expected: Option<Vec<EntityTag>>,
    },
    /// Changes a site in part, if it is of one of the expected versions; whatever it is, without any.
    ChangeSite {
        /// Which.
        site: SiteId,
        /// What of it.
        change: SiteChange,
        /// Versions of the site.
        expected: Option<Vec<EntityTag>>,
    },
    /// Does something once, however often it is asked under one name within a day.
    Once {
        /// A digest of the name that the caller gave it.
        name: [u8; 32],
        /// What.
        request: WorkspaceRequest,
    },
    /// Lists conversations.
    Conversations(ConversationsWanted),
    /// Lists the conversations of a visitor who must be known.
    ConversationsOf(ConversationsWanted),
    /// Lists contacts.
    Contacts(ContactsWanted),
    /// Shows one contact.
    Contact(VisitorId),
    /// As [`Self::Act`], in a conversation with somebody whom a site knows.
    ActOn(SiteId),
    /// Gives somebody another role, if they are of one of the expected versions; whatever they are, without any.
    SetRole {
        /// Whom.
        agent: AgentId,
        /// Which.
        role: Role,
        /// Versions of them.
        expected: Option<Vec<EntityTag>>,
    },
}

/// Which contacts are to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsWanted {
    /// The place before the first; the beginning, without one.
    pub after: Option<ContactPosition>,
    /// Whether from the most recently seen one to the longest unseen.
    pub newest_first: bool,
    /// How many at most.
    pub limit: u16,
}

/// Which conversations are to be listed, and where to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationsWanted {
    /// The place before the first; the beginning, without one.
    pub after: Option<IndexPosition>,
    /// Whether from the most recently active one to the oldest.
    pub newest_first: bool,
    /// How many at most.
    pub limit: u16,
    /// Only those that stand so.
    pub status: Option<Status>,
    /// Only those that began on this site.
    pub site: Option<SiteId>,
    /// Only those with this visitor.
    pub visitor: Option<VisitorId>,
}

/// How much more can be asked with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Requests that can be made at once with a key that was not used for a minute.
    pub limit: u32,
    /// Requests that can be made at once at this moment.
    pub remaining: u32,
    /// Milliseconds until `remaining` is `limit` again if nothing is asked meanwhile.
    pub reset_ms: u32,
}

/// What a key that is good was answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAnswer {
    /// Which key it was.
    pub key: ApiKeyId,
    /// How much more can be asked with it.
    pub quota: Quota,
    /// The answer, or the refusal: over the quota, beyond its scopes, beyond what its maker may do.
    pub answer: CallResult<KeyReply>,
}

/// What is told to whoever has a key: no answer to people has a place here that holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyReply {
    /// It was done, or had been done before.
    Done,
    /// The workspace.
    View(Box<WorkspaceView>),
    /// The people.
    People(People),
    /// The sites.
    Sites(SiteList),
    /// A site was made or changed.
    Site(Box<SiteView>),
    /// Who acts, and what they may do.
    Acting {
        /// In whose name the key acts.
        agent: AgentProfile,
        /// What they may do at this moment, as far as the key was made for it.
        permissions: Permissions,
    },
    /// It is not as it was expected to be; nothing was done.
    Unexpected,
    /// A site as it was answered when the same was done before, under the same name.
    SiteAgain(Box<SiteView>),
    /// Conversations, in the order that was asked for.
    Conversations(Vec<IndexEntry>),
    /// Contacts, in the order that was asked for.
    Contacts(Vec<Contact>),
    /// A contact.
    Contact(Box<Contact>),
    /// One of the people.
    Agent(Box<AgentView>),
    /// A report.
    Report(Box<Report>),
}
