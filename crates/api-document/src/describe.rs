//! Every operation in words, and the types that go with it.

use protocol::api::{
    Agent, AgentChange, Contact, Conversation, ConversationChange, ConversationDraft, ConversationsQuery,
    List, ListQuery, Message, MessageChange, MessageDraft, Operation, ProblemCode, Report, ReportWanted,
    Site, SiteDraft, Workspace, WorkspaceChange,
};
use protocol::http::site::SiteChange;
use serde_json::Value;

use crate::schemas::Schemas;

/// What the document says of an operation beyond its method, path and scope.
pub(crate) struct Described {
    /// Under which heading.
    pub(crate) tag: &'static str,
    /// Its name for programs.
    pub(crate) id: &'static str,
    /// A few words.
    pub(crate) summary: &'static str,
    /// What else there is to know.
    pub(crate) description: &'static str,
    /// Parameters of the query.
    pub(crate) query: Vec<(String, Value)>,
    /// The body that is sent.
    pub(crate) body: Option<Value>,
    /// The body that is answered.
    pub(crate) answer: Option<Value>,
    /// Whether a file is answered, as it was sent.
    pub(crate) is_file: bool,
    /// Whether it can be repeated under an `Idempotency-Key`.
    pub(crate) is_repeatable: bool,
    /// Whether the answer has an `ETag`.
    pub(crate) has_version: bool,
    /// Refusals of its own, beside those that follow from the rest.
    pub(crate) problems: &'static [ProblemCode],
}

/// The headings, in order, with a sentence each.
pub(crate) const TAGS: [(&str, &str); 7] = [
    ("Workspace", "The workspace that the key belongs to."),
    ("Agents", "The people of the workspace."),
    ("Sites", "The websites on which visitors chat."),
    ("Conversations", "What visitors and agents have begun to talk about."),
    ("Messages", "What is said in a conversation, and what agents note beside it."),
    ("Contacts", "The visitors, as far as anybody said who they are."),
    ("Reports", "How conversations went."),
];

const PLAIN: Described = Described {
    tag: "",
    id: "",
    summary: "",
    description: "",
    query: Vec::new(),
    body: None,
    answer: None,
    is_file: false,
    is_repeatable: false,
    has_version: false,
    problems: &[],
};

/// Describes an operation.
pub(crate) fn describe(operation: Operation, schemas: &mut Schemas) -> Described {
    match operation {
        Operation::GetWorkspace => Described {
            tag: "Workspace",
            id: "getWorkspace",
            summary: "Show the workspace",
            answer: Some(schemas.answered::<Workspace>()),
            has_version: true,
            ..PLAIN
        },
        Operation::UpdateWorkspace => Described {
            tag: "Workspace",
            id: "updateWorkspace",
            summary: "Rename the workspace",
            body: Some(schemas.sent::<WorkspaceChange>()),
            answer: Some(schemas.answered::<Workspace>()),
            has_version: true,
            ..PLAIN
        },
        Operation::ListAgents => Described {
            tag: "Agents",
            id: "listAgents",
            summary: "List the agents",
            description: "In the order of their ids, ascending unless `order` says otherwise.",
            query: schemas.fields::<ListQuery>(),
            answer: Some(schemas.answered::<List<Agent>>()),
            ..PLAIN
        },
        Operation::GetAgent => Described {
            tag: "Agents",
            id: "getAgent",
            summary: "Show an agent",
            answer: Some(schemas.answered::<Agent>()),
            has_version: true,
            ..PLAIN
        },
        Operation::UpdateAgent => Described {
            tag: "Agents",
            id: "updateAgent",
            summary: "Give an agent another role",
            description: "Never who made the key, nor somebody who may do more than the key, and never a role that may: a key \
                          that is to make somebody an `agent` needs `conversations:write` as well. Their sockets are closed, and come back with \
                          the new rights.",
            body: Some(schemas.sent::<AgentChange>()),
            answer: Some(schemas.answered::<Agent>()),
            has_version: true,
            ..PLAIN
        },
        Operation::DeleteAgent => Described {
            tag: "Agents",
            id: "deleteAgent",
            summary: "Remove an agent",
            description: "Nobody who may do more than the key. They are out of every conversation within seconds, and the keys that \
                          they have made end. What they wrote stays.",
            ..PLAIN
        },
        Operation::ListSites => Described {
            tag: "Sites",
            id: "listSites",
            summary: "List the sites",
            description: "In the order of their ids, ascending unless `order` says otherwise.",
            query: schemas.fields::<ListQuery>(),
            answer: Some(schemas.answered::<List<Site>>()),
            ..PLAIN
        },
        Operation::CreateSite => Described {
            tag: "Sites",
            id: "createSite",
            summary: "Make a site",
            description: "The site gets its first public key with it. A workspace has at most 100 sites.",
            body: Some(schemas.sent::<SiteDraft>()),
            answer: Some(schemas.answered::<Site>()),
            is_repeatable: true,
            has_version: true,
            problems: &[ProblemCode::LimitReached],
            ..PLAIN
        },
        Operation::GetSite => Described {
            tag: "Sites",
            id: "getSite",
            summary: "Show a site",
            answer: Some(schemas.answered::<Site>()),
            has_version: true,
            ..PLAIN
        },
        Operation::UpdateSite => Described {
            tag: "Sites",
            id: "updateSite",
            summary: "Change a site",
            description: "What is not named, or `null`, stays. `allowed_origins` replaces the whole list.",
            body: Some(schemas.sent::<SiteChange>()),
            answer: Some(schemas.answered::<Site>()),
            has_version: true,
            ..PLAIN
        },
        Operation::DeleteSite => Described {
            tag: "Sites",
            id: "deleteSite",
            summary: "Remove a site",
            description: "Its keys are good no longer: the chat disappears from its pages. What was said on it stays.",
            ..PLAIN
        },
        Operation::RotateSiteKey => Described {
            tag: "Sites",
            id: "rotateSiteKey",
            summary: "Give a site a new public key",
            description: "The keys before stay good for 30 days, so that pages can be changed one by one; at most five are \
                          good at a time, and the oldest ends when there is one more.",
            answer: Some(schemas.answered::<Site>()),
            is_repeatable: true,
            has_version: true,
            ..PLAIN
        },
        Operation::ListConversations => Described {
            tag: "Conversations",
            id: "listConversations",
            summary: "List conversations",
            description: "By their last activity, the newest first unless `order` says otherwise. A conversation that is \
                          active while you read pages moves to the front of the list.",
            query: schemas.fields::<ConversationsQuery>(),
            answer: Some(schemas.answered::<List<Conversation>>()),
            ..PLAIN
        },
        Operation::CreateConversation => Described {
            tag: "Conversations",
            id: "createConversation",
            summary: "Write to a person whom a site knows",
            description: "In the name of who made the key. A person has one conversation on a site, which begins with this message or \
                          goes on with it. They read it when the site's server has proven who they are, so the site must \
                          verify identities. With the conversation there is the contact; what is said of them here and was \
                          not known is taken up.",
            body: Some(schemas.sent::<ConversationDraft>()),
            answer: Some(schemas.answered::<Conversation>()),
            is_repeatable: true,
            has_version: true,
            ..PLAIN
        },
        Operation::GetConversation => Described {
            tag: "Conversations",
            id: "getConversation",
            summary: "Show a conversation",
            answer: Some(schemas.answered::<Conversation>()),
            has_version: true,
            ..PLAIN
        },
        Operation::UpdateConversation => Described {
            tag: "Conversations",
            id: "updateConversation",
            summary: "Resolve or reopen a conversation",
            description: "In the name of who made the key. A conversation that stands so already is left as it is.",
            body: Some(schemas.sent::<ConversationChange>()),
            answer: Some(schemas.answered::<Conversation>()),
            has_version: true,
            ..PLAIN
        },
        Operation::ListMessages => Described {
            tag: "Messages",
            id: "listMessages",
            summary: "List the messages of a conversation",
            description: "Messages and notes in the order of the conversation, the oldest first unless `order` says \
                          otherwise.",
            query: schemas.fields::<ListQuery>(),
            answer: Some(schemas.answered::<List<Message>>()),
            ..PLAIN
        },
        Operation::CreateMessage => Described {
            tag: "Messages",
            id: "createMessage",
            summary: "Write to the visitor, or a note",
            description: "In the name of who made the key. The answer comes once the message is stored; visitor and \
                          agents see it at once. Wait for it before you send the next one, and their order is kept. One \
                          agent can write 50 messages at once in a conversation, and one a second after that.",
            body: Some(schemas.sent::<MessageDraft>()),
            answer: Some(schemas.answered::<Message>()),
            is_repeatable: true,
            has_version: true,
            ..PLAIN
        },
        Operation::GetMessage => Described {
            tag: "Messages",
            id: "getMessage",
            summary: "Show a message",
            answer: Some(schemas.answered::<Message>()),
            has_version: true,
            ..PLAIN
        },
        Operation::UpdateMessage => Described {
            tag: "Messages",
            id: "updateMessage",
            summary: "Change what a message says",
            description: "A message or note that who made the key has written, in the inbox or with a key, for 24 hours. Visitor \
                          and agents see the new text at once, marked as edited; the earlier one is kept nowhere.",
            body: Some(schemas.sent::<MessageChange>()),
            answer: Some(schemas.answered::<Message>()),
            has_version: true,
            problems: &[ProblemCode::Unchangeable],
            ..PLAIN
        },
        Operation::DeleteMessage => Described {
            tag: "Messages",
            id: "deleteMessage",
            summary: "Delete a message",
            description: "A message, note or file that who made the key has written or sent, for 24 hours. Its place stays, marked \
                          as deleted; what it said, and its file, is kept nowhere. Deleting it again does no harm.",
            problems: &[ProblemCode::Unchangeable],
            ..PLAIN
        },
        Operation::GetAttachment => Described {
            tag: "Messages",
            id: "getAttachment",
            summary: "Download a file",
            description: "By its id in the `attachments` of a message. A picture comes as what it is, any other file as \
                          `application/octet-stream`.",
            is_file: true,
            ..PLAIN
        },
        Operation::ListContacts => Described {
            tag: "Contacts",
            id: "listContacts",
            summary: "List contacts",
            description: "By when they were last seen, the newest first unless `order` says otherwise.",
            query: schemas.fields::<ListQuery>(),
            answer: Some(schemas.answered::<List<Contact>>()),
            ..PLAIN
        },
        Operation::GetContact => Described {
            tag: "Contacts",
            id: "getContact",
            summary: "Show a contact",
            answer: Some(schemas.answered::<Contact>()),
            ..PLAIN
        },
        Operation::ListContactConversations => Described {
            tag: "Contacts",
            id: "listContactConversations",
            summary: "List the conversations of a contact",
            description: "By their last activity, the newest first unless `order` says otherwise.",
            query: schemas.fields::<ListQuery>(),
            answer: Some(schemas.answered::<List<Conversation>>()),
            ..PLAIN
        },
        Operation::GetReport => Described {
            tag: "Reports",
            id: "getReport",
            summary: "Show a report",
            description: "Of the conversations that began in the days asked for, the last 30 in UTC if nothing is said, also of \
                          what happened in them later. A conversation counts for the team with which it lies now, and for each \
                          of its labels. Times run by the clock on the wall, nights and weekends included; half were done \
                          within `median_ms`, nine of ten within `ninth_decile_ms`. It is what the inbox shows.",
            query: schemas.fields::<ReportWanted>(),
            answer: Some(schemas.answered::<Report>()),
            ..PLAIN
        },
    }
}
