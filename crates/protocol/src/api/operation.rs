//! Everything that can be asked of the API. The Worker's routes, the document and the tests are made from this list.

use crate::scope::Scope;

/// A method of HTTP, as far as the API uses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As it stands in a request.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Something that can be asked of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Shows the workspace.
    GetWorkspace,
    /// Changes the workspace.
    UpdateWorkspace,
    /// Lists the agents.
    ListAgents,
    /// Shows one agent.
    GetAgent,
    /// Gives an agent another role.
    UpdateAgent,
    /// Removes an agent.
    DeleteAgent,
    /// Lists the sites.
    ListSites,
    /// Makes a site.
    CreateSite,
    /// Shows one site.
    GetSite,
    /// Changes a site.
    UpdateSite,
    /// Removes a site.
    DeleteSite,
    /// Gives a site a new public key.
    RotateSiteKey,
    /// Lists conversations.
    ListConversations,
    /// Writes to a person whom a site knows.
    CreateConversation,
    /// Shows one conversation.
    GetConversation,
    /// Changes where a conversation stands.
    UpdateConversation,
    /// Lists the messages of a conversation.
    ListMessages,
    /// Writes to a visitor, or a note.
    CreateMessage,
    /// Shows one message.
    GetMessage,
    /// Changes what a message says.
    UpdateMessage,
    /// Deletes a message.
    DeleteMessage,
    /// Downloads a file of a message.
    GetAttachment,
    /// Lists contacts.
    ListContacts,
    /// Shows one contact.
    GetContact,
    /// Lists the conversations of a contact.
    ListContactConversations,
    /// Shows how conversations went.
    GetReport,
}

impl Operation {
    /// Every operation, in the order of the document.
    pub const ALL: [Self; 26] = [
        Self::GetWorkspace,
        Self::UpdateWorkspace,
        Self::ListAgents,
        Self::GetAgent,
        Self::UpdateAgent,
        Self::DeleteAgent,
        Self::ListSites,
        Self::CreateSite,
        Self::GetSite,
        Self::UpdateSite,
        Self::DeleteSite,
        Self::RotateSiteKey,
        Self::ListConversations,
        Self::CreateConversation,
        Self::GetConversation,
        Self::UpdateConversation,
        Self::ListMessages,
        Self::CreateMessage,
        Self::GetMessage,
        Self::UpdateMessage,
        Self::DeleteMessage,
        Self::GetAttachment,
        Self::ListContacts,
        Self::GetContact,
        Self::ListContactConversations,
        Self::GetReport,
    ];

    /// The version of the API, which is the day of its last change that is not an addition.
    pub const VERSION: &str = "2026-11-26";

    /// Where the API begins.
    pub const BASE: &'static str = "/api/v1";

    /// Its method.
    #[must_use]
    pub const fn method(self) -> Method {
        match self {
            Self::GetWorkspace
            | Self::ListAgents
            | Self::GetAgent
            | Self::ListSites
            | Self::GetSite
            | Self::ListConversations
            | Self::GetConversation
            | Self::ListMessages
            | Self::GetMessage
            | Self::GetAttachment
            | Self::ListContacts
            | Self::GetContact
            | Self::ListContactConversations
            | Self::GetReport => Method::Get,
            Self::CreateSite | Self::RotateSiteKey | Self::CreateConversation | Self::CreateMessage => {
                Method::Post
            }
            Self::UpdateWorkspace
            | Self::UpdateAgent
            | Self::UpdateSite
            | Self::UpdateConversation
            | Self::UpdateMessage => Method::Patch,
            Self::DeleteAgent | Self::DeleteSite | Self::DeleteMessage => Method::Delete,
        }
    }

    /// Its path behind [`Self::BASE`], with a name in braces for each id.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::GetWorkspace | Self::UpdateWorkspace => "/workspace",
            Self::ListAgents => "/agents",
            Self::GetAgent | Self::UpdateAgent | Self::DeleteAgent => "/agents/{agent}",
            Self::ListSites | Self::CreateSite => "/sites",
            Self::GetSite | Self::UpdateSite | Self::DeleteSite => "/sites/{site}",
            Self::RotateSiteKey => "/sites/{site}/keys",
            Self::ListConversations | Self::CreateConversation => "/conversations",
            Self::GetConversation | Self::UpdateConversation => "/conversations/{conversation}",
            Self::ListMessages | Self::CreateMessage => "/conversations/{conversation}/messages",
            Self::GetMessage | Self::UpdateMessage | Self::DeleteMessage => {
                "/conversations/{conversation}/messages/{message}"
            }
            Self::GetAttachment => "/conversations/{conversation}/attachments/{attachment}",
            Self::ListContacts => "/contacts",
            Self::GetContact => "/contacts/{contact}",
            Self::ListContactConversations => "/contacts/{contact}/conversations",
            Self::GetReport => "/report",
        }
    }

    /// The scope that a key needs for it.
    #[must_use]
    pub const fn scope(self) -> Scope {
        match self {
            Self::GetWorkspace | Self::ListAgents | Self::GetAgent | Self::ListSites | Self::GetSite => {
                Scope::SettingsRead
            }
            Self::UpdateWorkspace
            | Self::CreateSite
            | Self::UpdateSite
            | Self::DeleteSite
            | Self::RotateSiteKey => Scope::SettingsWrite,
            Self::UpdateAgent | Self::DeleteAgent => Scope::AgentsWrite,
            Self::ListConversations
            | Self::GetConversation
            | Self::ListMessages
            | Self::GetMessage
            | Self::GetAttachment => Scope::ConversationsRead,
            Self::CreateConversation
            | Self::UpdateConversation
            | Self::CreateMessage
            | Self::UpdateMessage
            | Self::DeleteMessage => Scope::ConversationsWrite,
            Self::ListContacts | Self::GetContact | Self::ListContactConversations => Scope::ContactsRead,
            Self::GetReport => Scope::ReportsRead,
        }
    }

    /// The status of the answer when it was done.
    #[must_use]
    pub const fn success(self) -> u16 {
        match self {
            Self::CreateSite | Self::CreateConversation | Self::CreateMessage | Self::RotateSiteKey => 201,
            Self::DeleteAgent | Self::DeleteSite | Self::DeleteMessage => 204,
            Self::GetWorkspace
            | Self::UpdateWorkspace
            | Self::ListAgents
            | Self::GetAgent
            | Self::UpdateAgent
            | Self::ListSites
            | Self::GetSite
            | Self::UpdateSite
            | Self::ListConversations
            | Self::GetConversation
            | Self::UpdateConversation
            | Self::ListMessages
            | Self::GetMessage
            | Self::UpdateMessage
            | Self::GetAttachment
            | Self::ListContacts
            | Self::GetContact
            | Self::ListContactConversations
            | Self::GetReport => 200,
        }
    }
}
