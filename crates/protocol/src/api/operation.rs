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
    /// Shows one conversation.
    GetConversation,
    /// Resolves or reopens a conversation.
    UpdateConversation,
    /// Lists the messages of a conversation.
    ListMessages,
    /// Writes to a visitor, or a note.
    CreateMessage,
    /// Shows one message.
    GetMessage,
    /// Lists contacts.
    ListContacts,
    /// Shows one contact.
    GetContact,
    /// Lists the conversations of a contact.
    ListContactConversations,
}

impl Operation {
    /// Every operation, in the order of the document.
    pub const ALL: [Self; 19] = [
        Self::GetWorkspace,
        Self::UpdateWorkspace,
        Self::ListAgents,
        Self::GetAgent,
        Self::ListSites,
        Self::CreateSite,
        Self::GetSite,
        Self::UpdateSite,
        Self::DeleteSite,
        Self::RotateSiteKey,
        Self::ListConversations,
        Self::GetConversation,
        Self::UpdateConversation,
        Self::ListMessages,
        Self::CreateMessage,
        Self::GetMessage,
        Self::ListContacts,
        Self::GetContact,
        Self::ListContactConversations,
    ];

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
            | Self::ListContacts
            | Self::GetContact
            | Self::ListContactConversations => Method::Get,
            Self::CreateSite | Self::RotateSiteKey | Self::CreateMessage => Method::Post,
            Self::UpdateWorkspace | Self::UpdateSite | Self::UpdateConversation => Method::Patch,
            Self::DeleteSite => Method::Delete,
        }
    }

    /// Its path behind [`Self::BASE`], with a name in braces for each id.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::GetWorkspace | Self::UpdateWorkspace => "/workspace",
            Self::ListAgents => "/agents",
            Self::GetAgent => "/agents/{agent}",
            Self::ListSites | Self::CreateSite => "/sites",
            Self::GetSite | Self::UpdateSite | Self::DeleteSite => "/sites/{site}",
            Self::RotateSiteKey => "/sites/{site}/keys",
            Self::ListConversations => "/conversations",
            Self::GetConversation | Self::UpdateConversation => "/conversations/{conversation}",
            Self::ListMessages | Self::CreateMessage => "/conversations/{conversation}/messages",
            Self::GetMessage => "/conversations/{conversation}/messages/{message}",
            Self::ListContacts => "/contacts",
            Self::GetContact => "/contacts/{contact}",
            Self::ListContactConversations => "/contacts/{contact}/conversations",
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
            Self::ListConversations | Self::GetConversation | Self::ListMessages | Self::GetMessage => {
                Scope::ConversationsRead
            }
            Self::UpdateConversation | Self::CreateMessage => Scope::ConversationsWrite,
            Self::ListContacts | Self::GetContact | Self::ListContactConversations => Scope::ContactsRead,
        }
    }

    /// The status of the answer when it was done.
    #[must_use]
    pub const fn success(self) -> u16 {
        match self {
            Self::CreateSite | Self::CreateMessage | Self::RotateSiteKey => 201,
            Self::DeleteSite => 204,
            Self::GetWorkspace
            | Self::UpdateWorkspace
            | Self::ListAgents
            | Self::GetAgent
            | Self::ListSites
            | Self::GetSite
            | Self::UpdateSite
            | Self::ListConversations
            | Self::GetConversation
            | Self::UpdateConversation
            | Self::ListMessages
            | Self::GetMessage
            | Self::ListContacts
            | Self::GetContact
            | Self::ListContactConversations => 200,
        }
    }
}
