//! The pages of the inbox and their addresses.

use protocol::permission::{Permission, Permissions};
use protocol::{ConversationId, SiteId, VisitorId, WorkspaceId};

/// Where the inbox lives on its origin.
pub(crate) const BASE: &str = "/inbox";

/// A page with its own address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// Leads on to a workspace.
    Home,
    /// Signing in.
    SignIn,
    /// Signing up; with a mailed link, the end of it.
    SignUp,
    /// Asking for a link to sign in; with a mailed link, signing in.
    SignInLink,
    /// Asking for a new password; with a mailed link, choosing it.
    Reset,
    /// Accepting an invitation.
    Join,
    /// Founding a workspace.
    NewWorkspace,
    /// The conversations of a workspace.
    Workspace(WorkspaceId),
    /// One of them.
    Conversation(WorkspaceId, ConversationId),
    /// A private chat.
    PrivateChat(WorkspaceId, ConversationId),
    /// The settings of a workspace.
    Settings(WorkspaceId, Section),
    /// Somebody who has written.
    Contact(WorkspaceId, VisitorId),
    /// Making a site.
    NewSite(WorkspaceId),
    /// The settings of a site.
    Site(WorkspaceId, SiteId, SitePart),
    /// The person's own account.
    Account(AccountPart),
}

impl Page {
    /// The address as the router knows it, without [`BASE`].
    pub(crate) fn path(self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::SignIn => "/sign-in".to_owned(),
            Self::SignUp => "/sign-up".to_owned(),
            Self::SignInLink => "/sign-in-link".to_owned(),
            Self::Reset => "/reset".to_owned(),
            Self::Join => "/join".to_owned(),
            Self::NewWorkspace => "/new-workspace".to_owned(),
            Self::Workspace(workspace) => format!("/w/{workspace}"),
            Self::Conversation(workspace, conversation) => {
                format!("/w/{workspace}/conversations/{conversation}")
            }
            Self::PrivateChat(workspace, chat) => format!("/w/{workspace}/private/{chat}"),
            Self::Settings(workspace, section) => format!("/w/{workspace}/settings/{}", section.segment()),
            Self::Contact(workspace, visitor) => {
                format!("{}/{visitor}", Self::Settings(workspace, Section::Contacts).path())
            }
            Self::NewSite(workspace) => format!("/w/{workspace}/settings/new-site"),
            Self::Site(workspace, site, part) => {
                format!("/w/{workspace}/settings/sites/{site}/{}", part.segment())
            }
            Self::Account(part) => format!("/account/{}", part.segment()),
        }
    }

    /// The address as links have it.
    pub(crate) fn href(self) -> String {
        format!("{BASE}{}", self.path())
    }
}

/// The conversation that the page at an address shows.
pub(crate) fn conversation_at(path: &str) -> Option<ConversationId> {
    path.split_once("/conversations/").and_then(|(_, id)| id.parse().ok())
}

/// The private chat that the page at an address shows.
pub(crate) fn private_chat_at(path: &str) -> Option<ConversationId> {
    path.split_once("/private/").and_then(|(_, id)| id.parse().ok())
}

/// A part of a workspace's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Name, leaving, handing over, deletion.
    General,
    /// Who belongs to it.
    People,
    /// What roles there are.
    Roles,
    /// Where the chat stands.
    Sites,
    /// With what programs ask.
    ApiKeys,
    /// Who changed what.
    Audit,
    /// What is said again and again.
    Canned,
    /// What is done again and again, in several steps.
    Macros,
    /// How many conversations there are, and how they go.
    Reports,
    /// What teams there are.
    Teams,
    /// Which visitors are kept out.
    Blocked,
    /// Who has written.
    Contacts,
    /// Who is on the sites.
    Visitors,
}

impl Section {
    /// Every section, in the order of the menu.
    pub(crate) const EVERY: [Self; 13] = [
        Self::Visitors,
        Self::Contacts,
        Self::Reports,
        Self::General,
        Self::People,
        Self::Teams,
        Self::Roles,
        Self::Canned,
        Self::Macros,
        Self::Blocked,
        Self::Sites,
        Self::ApiKeys,
        Self::Audit,
    ];

    /// What a person must be allowed to see it; nothing for what everybody sees.
    pub(crate) const fn needs(self) -> Option<Permission> {
        match self {
            Self::General | Self::People | Self::Teams | Self::Canned | Self::Macros => None,
            Self::Blocked => Some(Permission::AnswerVisitors),
            Self::Contacts | Self::Visitors => Some(Permission::ReadConversations),
            Self::Roles => Some(Permission::ManageRoles),
            Self::Sites => Some(Permission::ManageSites),
            Self::ApiKeys => Some(Permission::ManageApiKeys),
            Self::Audit => Some(Permission::ReadAuditLog),
            Self::Reports => Some(Permission::ReadReports),
        }
    }

    /// The sections that are offered to somebody.
    pub(crate) fn offered(permissions: Permissions) -> impl Iterator<Item = Self> {
        let is_offered =
            move |section: &Self| section.needs().is_none_or(|needed| permissions.contains(needed));
        Self::EVERY.into_iter().filter(is_offered)
    }

    const fn segment(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::People => "people",
            Self::Roles => "roles",
            Self::Sites => "sites",
            Self::ApiKeys => "api-keys",
            Self::Audit => "audit",
            Self::Canned => "canned",
            Self::Macros => "macros",
            Self::Reports => "reports",
            Self::Teams => "teams",
            Self::Blocked => "blocked",
            Self::Contacts => "contacts",
            Self::Visitors => "visitors",
        }
    }
}

/// A part of a site's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SitePart {
    /// Looks, origins, keys.
    Settings,
    /// What to paste where.
    Install,
    /// How visitors prove who they are.
    Identity,
    /// When the team is there.
    Hours,
    /// How the chat looks.
    Look,
    /// What visitors are asked before their first message.
    Questions,
    /// What the chat says by itself.
    Proactive,
    /// Whether the team sees who is there.
    Visits,
}

impl SitePart {
    /// Every part, in the order of the tabs.
    pub(crate) const EVERY: [Self; 8] = [
        Self::Settings,
        Self::Look,
        Self::Install,
        Self::Identity,
        Self::Hours,
        Self::Questions,
        Self::Proactive,
        Self::Visits,
    ];

    /// Its name in the address.
    pub(crate) const fn segment(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Install => "install",
            Self::Identity => "identity",
            Self::Hours => "hours",
            Self::Look => "look",
            Self::Questions => "questions",
            Self::Proactive => "proactive",
            Self::Visits => "visitors",
        }
    }
}

/// A part of a person's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountPart {
    /// Name, language, time zone.
    Profile,
    /// Address, password, second factor.
    Security,
    /// Where the person is signed in.
    Sessions,
    /// What the person is told of while they look elsewhere.
    Notifications,
}

impl AccountPart {
    /// Every part, in the order of the menu.
    pub(crate) const EVERY: [Self; 4] = [Self::Profile, Self::Notifications, Self::Security, Self::Sessions];

    const fn segment(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Security => "security",
            Self::Sessions => "sessions",
            Self::Notifications => "notifications",
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::permission::Role;

    use super::*;

    #[test]
    fn ib24_the_addresses_of_a_workspace_name_it() {
        let workspace = WorkspaceId::from_bytes([0xa1; 16]);
        let path = |page: Page| page.path().replace(&workspace.to_string(), "W");
        assert_eq!(path(Page::Workspace(workspace)), "/w/W");
        assert_eq!(path(Page::Settings(workspace, Section::People)), "/w/W/settings/people");
        let conversation = ConversationId::from_bytes([7; 32]);
        assert_eq!(
            path(Page::Conversation(workspace, conversation)),
            format!("/w/W/conversations/{conversation}")
        );
        assert_eq!(conversation_at(&Page::Conversation(workspace, conversation).href()), Some(conversation));
        assert_eq!(conversation_at(&Page::Workspace(workspace).href()), None);
        assert_eq!(Page::SignIn.href(), "/inbox/sign-in");
    }

    #[test]
    fn ib30_what_a_role_may_not_do_is_not_offered() {
        let offered =
            |role: Role| Section::offered(role.built_in_permissions().expect("built in")).collect::<Vec<_>>();
        assert_eq!(offered(Role::Owner), Section::EVERY);
        assert_eq!(offered(Role::Admin), Section::EVERY);
        assert_eq!(
            offered(Role::Agent),
            [
                Section::Visitors,
                Section::Contacts,
                Section::General,
                Section::People,
                Section::Teams,
                Section::Canned,
                Section::Macros,
                Section::Blocked
            ]
        );
        let sites = Permissions::of(&[Permission::ManageSites]);
        assert_eq!(
            Section::offered(sites).collect::<Vec<_>>(),
            [
                Section::General,
                Section::People,
                Section::Teams,
                Section::Canned,
                Section::Macros,
                Section::Sites
            ]
        );
    }
}
