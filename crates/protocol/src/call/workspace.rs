//! Calls to the object of a workspace.

use serde::{Deserialize, Serialize};

use super::key::{KeyAnswer, KeyRequest};
use crate::assignment::Assignment;
use crate::claims::SocketTarget;
use crate::contact::Contact;
use crate::event::AgentProfile;
use crate::filter::FilterRule;
use crate::home::{HomeWanted, VisitorHome};
use crate::http::api_key::{ApiKeyDraft, ApiKeyList, MadeApiKey};
use crate::http::assignment::Assignments;
use crate::http::blocking::{BlockView, BlockedList};
use crate::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use crate::http::contact::{ContactFilter, ContactPage, ContactQuery, ContactView};
use crate::http::filter::{Filter, FilterCount, FilterDraft, FilterList, FilterText};
use crate::http::reception::Reception;
use crate::http::site::{IdentitySecret, SiteList, SiteSettings, SiteView};
use crate::http::team::{TeamDraft, TeamList};
use crate::http::workspace::{AuditPage, CustomRole, InvitationView, People, RoleDraft, WorkspaceView};
use crate::identity::VisitorIdentity;
use crate::ids::{
    AccountId, AgentId, ApiKeyId, CannedId, ConversationId, FilterId, InvitationId, RoleId, SessionId,
    SiteId, SiteKeyId, TeamId, VisitorId, VoucherId, WorkspaceId,
};
use crate::index::ConversationDigest;
use crate::mail::Language;
use crate::permission::{Permissions, Role};
use crate::private_chat::PrivateChatDigest;
use crate::report::{Report, ReportQuery};
use crate::scope::Scope;
use crate::search::{Passage, SearchPage, SearchQuery};
use crate::seq::{Seq, Timestamp};
use crate::site_key::SiteKey;
use crate::team::Team;
use crate::wait::{Wait, WaitWanted};

/// What can be asked of a workspace's object.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkspaceCall {
    /// Creates the workspace with its owner. Doing it again changes nothing.
    Found(Founding),
    /// Looks up a site for a page that wants to show it.
    Site {
        /// By which key.
        key: SiteKey,
    },
    /// Tells of a conversation's present state, as builds do that tell nothing of what is said.
    Digest(Box<ConversationDigest>),
    /// Does something for one of its people.
    As {
        /// Who.
        actor: Actor,
        /// What.
        request: WorkspaceRequest,
    },
    /// Looks at an invitation by the secret of its link.
    LookAtInvitation {
        /// The secret.
        secret: [u8; 32],
    },
    /// Accepts an invitation for a person whose address is the invited one.
    Accept {
        /// The secret of the link.
        secret: [u8; 32],
        /// Who.
        founder: Founder,
    },
    /// An agent's sessions have ended: their sockets are to be closed.
    SessionsEnded(Dismissal),
    /// An agent has another name, address or language.
    PersonChanged {
        /// Who.
        agent: AgentId,
        /// Where their account is.
        account: AccountId,
        /// E-mail address.
        email: String,
        /// Their name.
        name: String,
        /// Of mails.
        language: Language,
    },
    /// Does something for whoever has a key of the REST API.
    ByKey {
        /// The secret of the key.
        secret: [u8; 32],
        /// For which the key must be made.
        scope: Scope,
        /// What.
        request: KeyRequest,
    },
    /// Asks whether a visitor's token is still vouched for: by the site, by the secret that proved who they are, and by
    /// nobody having blocked them.
    Vouch {
        /// The site.
        site: SiteId,
        /// Who.
        visitor: VisitorId,
        /// The secret, if one did.
        voucher: Option<VoucherId>,
    },
    /// Asks the same for a visitor in a conversation in which nothing was said yet, and to tell the conversation when it is
    /// so no longer.
    KeepVouching {
        /// The conversation, which is in no index.
        conversation: ConversationId,
        /// The site.
        site: SiteId,
        /// Who.
        visitor: VisitorId,
        /// The secret, if one did.
        voucher: Option<VoucherId>,
        /// When, by the clock of the conversation.
        at: Timestamp,
    },
    /// The last visitor has left a conversation in which nothing was said.
    StopVouching {
        /// The conversation.
        conversation: ConversationId,
        /// When, by its clock: what it asked for later stands.
        at: Timestamp,
    },
    /// An agent has a second factor from now on, or none.
    SecondFactorChanged {
        /// Who.
        agent: AgentId,
        /// Whether they have one.
        is_on: bool,
    },
    /// Tells of a conversation's present state, and what was said in it.
    Tell {
        /// The state.
        digest: Box<ConversationDigest>,
        /// The words that the workspace does not know, as far as the conversation knows.
        passage: Passage,
    },
    /// Tells of a private chat's present state.
    TellPrivately(Box<PrivateChatDigest>),
    /// Asks for a visitor's home.
    Home(Box<HomeWanted>),
    /// Looks up a site for a visitor who opens the chat: as for a page, and whether anybody is there.
    Receive {
        /// By which key.
        key: SiteKey,
    },
    /// Asks how long a visitor waits.
    Wait(Box<WaitWanted>),
}

/// One of a workspace's people, as their account vouches for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who they are there.
    pub agent: AgentId,
    /// In which session.
    pub session: SessionId,
    /// Whether they proved who they are within the last [`crate::limits::PROOF_MS`].
    pub is_proven: bool,
    /// Whether they have a second factor.
    pub has_second_factor: bool,
    /// Whether they used one in this session.
    pub used_second_factor: bool,
}

/// What a workspace begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// The workspace's own id.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Its owner.
    pub owner: Founder,
    /// Its first site, if it begins with one.
    pub site: Option<FoundingSite>,
}

/// A person who is to be an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founder {
    /// Where their account is.
    pub account: AccountId,
    /// E-mail address.
    pub email: String,
    /// Who they will be.
    pub agent: AgentProfile,
    /// Of mails.
    pub language: Language,
}

/// The first site of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundingSite {
    /// Its id.
    pub id: SiteId,
    /// Its first key.
    pub key: SiteKeyId,
    /// How it looks and where it may be shown.
    pub settings: SiteSettings,
}

/// Whose sockets are to be closed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// Whose.
    pub agent: AgentId,
    /// Those of one session only.
    pub session: Option<SessionId>,
    /// Whether the person may come back with a new ticket (closed with 4401), or not (4403).
    pub may_return: bool,
}

/// What one of a workspace's people can ask of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkspaceRequest {
    /// Says what the workspace is, and what the person is there.
    View,
    /// Asks whether a ticket for a socket may be given, and notes that it was.
    Ticket(SocketTarget),
    /// Names the workspace.
    SetName(String),
    /// Lists the people.
    People,
    /// Invites somebody.
    Invite {
        /// E-mail address, as typed.
        email: String,
        /// What they will be.
        role: Role,
        /// The language of the mail.
        language: Language,
    },
    /// Withdraws an invitation.
    RevokeInvitation(InvitationId),
    /// Gives somebody another role.
    SetRole(AgentId, Role),
    /// Removes somebody; oneself is leaving.
    Remove(AgentId),
    /// Hands the workspace over.
    Transfer(AgentId),
    /// Makes a custom role.
    MakeRole(RoleDraft),
    /// Changes a custom role.
    RedrawRole(RoleId, RoleDraft),
    /// Removes a custom role that nobody has.
    RemoveRole(RoleId),
    /// Asks for the deletion of the workspace.
    BeginDeletion,
    /// Takes that back.
    StopDeletion,
    /// Reads the audit log before a number; from its end without one.
    Audit(Option<u64>),
    /// Lists the sites.
    Sites,
    /// Makes a site.
    MakeSite(SiteSettings),
    /// Changes a site's settings.
    SetSite(SiteId, SiteSettings),
    /// Removes a site.
    RemoveSite(SiteId),
    /// Gives a site a new key.
    RotateSiteKey(SiteId),
    /// Gives a site a new secret for identity verification.
    RotateIdentitySecret(SiteId),
    /// Ends the keys of a site but its newest at once.
    EndOldSiteKeys(SiteId),
    /// Ends the secrets of a site but its newest at once.
    EndOldIdentitySecrets(SiteId),
    /// Reads one site.
    Site(SiteId),
    /// Lists the keys of the REST API.
    ApiKeys,
    /// Makes a key of the REST API.
    MakeApiKey(ApiKeyDraft),
    /// Ends a key of the REST API.
    RevokeApiKey(ApiKeyId),
    /// Reads one site, so that a page can be checked for its tag: so many times a minute.
    CheckSite(SiteId),
    /// Asks for a second factor of everybody in the workspace, or no longer.
    RequireSecondFactor(bool),
    /// Says how a site receives its visitors.
    SetReception(SiteId, Reception),
    /// Looks for words in everything that was said.
    Search(SearchQuery),
    /// Lists the canned responses that the person can use.
    Canned,
    /// Keeps a canned response.
    MakeCanned(CannedDraft),
    /// Changes a canned response.
    ChangeCanned(CannedId, CannedText),
    /// Removes a canned response.
    RemoveCanned(CannedId),
    /// Counts that a canned response was used.
    UseCanned(CannedId),
    /// Asks whether the person may leave.
    MayLeave,
    /// Leaves, since the person deletes their account.
    LeaveForGood,
    /// Says for how many days conversations are kept that are over; for ever without a number.
    SetRetention(Option<u16>),
    /// Says who some people of the workspace are, so that a private chat can be among them.
    Colleagues(Vec<AgentId>),
    /// Counts conversations and how they went.
    Report(Box<ReportQuery>),
    /// Lists the teams.
    Teams,
    /// Makes a team.
    MakeTeam(TeamDraft),
    /// Says anew what a team is called and who is in it.
    ChangeTeam(TeamId, TeamDraft),
    /// Removes a team.
    RemoveTeam(TeamId),
    /// Says how conversations are given to agents.
    Assignments,
    /// Chooses how those of a team are, or those of none.
    SetAssignment(Option<TeamId>, Assignment),
    /// Lists the visitors who are blocked.
    Blocked,
    /// Says whether a visitor is blocked.
    Block(VisitorId),
    /// Blocks a visitor.
    BlockVisitor(VisitorId),
    /// Lets a visitor in again.
    UnblockVisitor(VisitorId),
    /// Lists the filters that the person has.
    Filters,
    /// Keeps a filter.
    MakeFilter(FilterDraft),
    /// Changes a filter.
    ChangeFilter(FilterId, FilterText),
    /// Removes a filter.
    RemoveFilter(FilterId),
    /// Counts the conversations that fit a rule.
    CountFilter(FilterRule),
    /// Lists contacts.
    Contacts(ContactQuery),
    /// Shows one contact with their conversations.
    Contact(VisitorId),
    /// Reads contacts for a file, by their ids: those that come after one, or the first, which begins a file.
    ExportContacts(ContactFilter, Option<VisitorId>),
    /// Asks on which sites the person may see who is there, and which of some conversations have begun.
    WatchedSites(Vec<ConversationId>),
    /// Asks whether the person may say something to a visitor of a site who has not written.
    Approach(SiteId),
}

/// An invitation that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The workspace's name.
    pub workspace: String,
    /// The address that was invited.
    pub email: String,
}

/// What a workspace's object answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkspaceAnswer {
    /// It was done, or had been done before.
    Done,
    /// The site of a key, with what is needed to check a visitor's proof.
    Site {
        /// Which site.
        site: SiteId,
        /// Its settings.
        settings: Box<SiteSettings>,
        /// Every key of it that is good.
        keys: Vec<SiteKey>,
        /// Secrets for identity verification with their names, newest first.
        identity_secrets: Vec<IdentitySecret>,
        /// How it receives visitors.
        reception: Reception,
    },
    /// The workspace.
    View(Box<WorkspaceView>),
    /// The ticket may be given: the agent as the workspace knows them.
    Ticket {
        /// Who they are.
        agent: AgentProfile,
        /// What they may do.
        permissions: Permissions,
        /// When that was so, by the clock of the workspace: the ticket's time runs from here.
        at: Timestamp,
    },
    /// The people.
    People(People),
    /// An invitation was made.
    Invited(InvitationView),
    /// An invitation was looked at.
    Invitation(Invitation),
    /// Somebody joined, as whom.
    Joined(Box<WorkspaceView>),
    /// A role was made or changed.
    Role(CustomRole),
    /// A page of the audit log.
    Audit(AuditPage),
    /// The sites.
    Sites(SiteList),
    /// A site was made or changed.
    SiteView(Box<SiteView>),
    /// A new secret for identity verification.
    IdentitySecret(IdentitySecret),
    /// The keys of the REST API.
    ApiKeys(ApiKeyList),
    /// A key of the REST API was made.
    ApiKeyMade(Box<MadeApiKey>),
    /// What was asked with a key that is good.
    ByKey(Box<KeyAnswer>),
    /// It was told.
    Heard {
        /// Up to where the workspace knows what was said in the conversation.
        upto: Seq,
    },
    /// What was found.
    Found(SearchPage),
    /// The canned responses.
    Canned(CannedList),
    /// A canned response was made or changed.
    CannedResponse(Canned),
    /// Those who were asked for, who asks and what they may do.
    Colleagues {
        /// Who asks.
        me: AgentProfile,
        /// What they may do.
        permissions: Permissions,
        /// Those who were asked for, in that order.
        colleagues: Vec<AgentProfile>,
    },
    /// What was counted.
    Report(Box<Report>),
    /// The teams.
    Teams(TeamList),
    /// A team was made or changed.
    Team(Team),
    /// How conversations are given to agents.
    Assignments(Assignments),
    /// A visitor's home.
    Home(Box<VisitorHome>),
    /// The visitors who are blocked.
    Blocked(BlockedList),
    /// Whether a visitor is.
    Block(BlockView),
    /// The filters.
    Filters(FilterList),
    /// A filter was made or changed.
    Filter(Filter),
    /// So many conversations fit.
    FilterCount(FilterCount),
    /// A page of contacts.
    Contacts(ContactPage),
    /// A contact.
    Contact(Box<ContactView>),
    /// Contacts for a file.
    ContactsExport(ContactsExport),
    /// A site for a visitor who opens the chat.
    Received {
        /// As for a page.
        site: Box<WorkspaceAnswer>,
        /// Whether nobody who could answer is in the inbox.
        is_away: bool,
    },
    /// How long a visitor waits.
    Wait(Box<Wait>),
    /// Where the person may see who is there.
    WatchedSites(WatchedSites),
    /// They may, as whom.
    Approach(AgentProfile),
}

/// Where somebody may see who is there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WatchedSites {
    /// The sites that show their team who is there.
    pub sites: Vec<SiteId>,
    /// Which of the conversations have begun, with what is known of whom they are with.
    pub begun: Vec<(ConversationId, Option<VisitorIdentity>)>,
}

/// A piece of a file of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsExport {
    /// The contacts by their ids, at most [`crate::limits::CONTACTS_AT_ONCE`].
    pub contacts: Vec<Contact>,
    /// The names of the sites that there are.
    pub sites: Vec<(SiteId, String)>,
    /// The last of them, if there may be more.
    pub next: Option<VisitorId>,
}
