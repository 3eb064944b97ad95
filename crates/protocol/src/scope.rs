//! What a key of the REST API is for: scopes, and the rights in a workspace that go with them.

use serde::{Deserialize, Serialize};

use crate::permission::{Permission, Permissions};
use crate::set::{Member, Set};

/// One thing that a key may be used for. The list only grows at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// See conversations, the list of them, and what was said in them.
    #[serde(rename = "conversations:read")]
    ConversationsRead,
    /// Write to visitors, write notes, resolve and reopen.
    #[serde(rename = "conversations:write")]
    ConversationsWrite,
    /// See who the visitors are.
    #[serde(rename = "contacts:read")]
    ContactsRead,
    /// See the workspace, its agents and its sites.
    #[serde(rename = "settings:read")]
    SettingsRead,
    /// Name the workspace; create, change and remove sites.
    #[serde(rename = "settings:write")]
    SettingsWrite,
    /// Give people other roles, and remove them.
    #[serde(rename = "agents:write")]
    AgentsWrite,
    /// See how conversations went.
    #[serde(rename = "reports:read")]
    ReportsRead,
}

impl Scope {
    /// Every scope, in the order of the list.
    pub const ALL: [Self; 7] = [
        Self::ConversationsRead,
        Self::ConversationsWrite,
        Self::ContactsRead,
        Self::SettingsRead,
        Self::SettingsWrite,
        Self::AgentsWrite,
        Self::ReportsRead,
    ];

    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConversationsRead => "conversations:read",
            Self::ConversationsWrite => "conversations:write",
            Self::ContactsRead => "contacts:read",
            Self::SettingsRead => "settings:read",
            Self::SettingsWrite => "settings:write",
            Self::AgentsWrite => "agents:write",
            Self::ReportsRead => "reports:read",
        }
    }

    /// What its holder may do at most. Nothing is needed for what everybody of a workspace sees.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        match self {
            Self::ConversationsRead | Self::ContactsRead => Permissions::of(&[Permission::ReadConversations]),
            Self::ConversationsWrite => Permissions::of(&[
                Permission::ReadConversations,
                Permission::AnswerVisitors,
                Permission::WriteNotes,
            ]),
            Self::SettingsRead => Permissions::NONE,
            Self::SettingsWrite => Permissions::of(&[Permission::ManageSites, Permission::ManageWorkspace]),
            Self::AgentsWrite => Permissions::of(&[Permission::ManagePeople]),
            Self::ReportsRead => Permissions::of(&[Permission::ReadReports]),
        }
    }
}

impl Member for Scope {
    const LIST: &'static [Self] = &Self::ALL;

    fn place(self) -> u32 {
        self as u32
    }
}

/// What a key may be used for. No scope holds another.
pub type Scopes = Set<Scope>;

impl Scopes {
    /// What their holder may do at most.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        self.iter().fold(Permissions::NONE, |all, scope| all.with(scope.permissions()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::Role;

    #[test]
    fn ak2_scopes_give_the_rights_of_their_names_and_no_others() {
        let agent = Role::Agent.built_in_permissions().expect("built in");
        let of = |scopes: &[Scope]| Scopes::of(scopes).permissions();
        assert_eq!(of(&[]), Permissions::NONE);
        assert_eq!(of(&[Scope::SettingsRead]), Permissions::NONE);
        assert_eq!(of(&[Scope::ConversationsRead]), Permissions::of(&[Permission::ReadConversations]));
        assert_eq!(of(&[Scope::ContactsRead]), of(&[Scope::ConversationsRead]));
        assert_eq!(of(&[Scope::ConversationsWrite]), agent.set(Permission::ChatPrivately, false));
        let settings = Permissions::of(&[Permission::ManageSites, Permission::ManageWorkspace]);
        assert_eq!(of(&[Scope::SettingsWrite]), settings);
        assert_eq!(of(&[Scope::AgentsWrite]), Permissions::of(&[Permission::ManagePeople]));
        assert_eq!(of(&[Scope::ReportsRead]), Permissions::of(&[Permission::ReadReports]));
        for never in [
            Permission::ManageRoles,
            Permission::ManageApiKeys,
            Permission::ReadAuditLog,
            Permission::Own,
            Permission::ChatPrivately,
        ] {
            assert!(!Scopes::all().permissions().contains(never), "{never:?}");
        }
    }

    #[test]
    fn ak2_a_set_survives_its_number_and_unknown_bits_are_dropped() {
        let set = Scopes::of(&[Scope::ConversationsWrite, Scope::SettingsWrite]);
        assert_eq!(Scopes::from_bits(set.bits()), set);
        assert_eq!(Scopes::from_bits(u32::MAX), Scopes::all());
        assert_eq!(set.iter().collect::<Vec<_>>(), [Scope::ConversationsWrite, Scope::SettingsWrite]);
        assert!(!set.contains(Scope::ConversationsRead), "none holds another");
        assert_eq!(set.set(Scope::SettingsWrite, false), Scopes::of(&[Scope::ConversationsWrite]));
    }
}
