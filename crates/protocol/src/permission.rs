//! What an agent may do in a workspace: roles are names for sets of permissions.

use serde::{Deserialize, Serialize};

use crate::ids::RoleId;
use crate::set::{Member, Set};

/// One right in a workspace. The list only grows at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See conversations and the list of them.
    ReadConversations,
    /// Write to visitors, resolve and reopen.
    AnswerVisitors,
    /// Write notes that only agents see.
    WriteNotes,
    /// Create, change and remove sites with their keys and origins.
    ManageSites,
    /// Invite and remove people, and give them roles.
    ManagePeople,
    /// Create, change and remove custom roles.
    ManageRoles,
    /// Create and revoke keys of the REST API.
    ManageApiKeys,
    /// Read who changed what.
    ReadAuditLog,
    /// Change the workspace's name.
    ManageWorkspace,
    /// Hand the workspace over, and delete it. The owner's alone: no custom role holds it.
    Own,
    /// Create, change and remove the canned responses that everybody has.
    ManageCanned,
    /// Talk with colleagues in private chats.
    ChatPrivately,
    /// See reports of the workspace and of each of its people.
    ReadReports,
    /// Take contacts out of the workspace, as a file.
    ExportContacts,
}

impl Permission {
    /// Every permission, in the order of the list.
    pub const ALL: [Self; 14] = [
        Self::ReadConversations,
        Self::AnswerVisitors,
        Self::WriteNotes,
        Self::ManageSites,
        Self::ManagePeople,
        Self::ManageRoles,
        Self::ManageApiKeys,
        Self::ReadAuditLog,
        Self::ManageWorkspace,
        Self::Own,
        Self::ManageCanned,
        Self::ChatPrivately,
        Self::ReadReports,
        Self::ExportContacts,
    ];
}

impl Member for Permission {
    const LIST: &'static [Self] = &Self::ALL;

    fn place(self) -> u32 {
        self as u32
    }
}

/// What somebody may do.
pub type Permissions = Set<Permission>;

impl Permissions {
    /// What others may have so that it is no power beyond one's own: private chats are none over anybody, and no key of the
    /// REST API has them (SPEC WS9).
    #[must_use]
    pub fn reach(self) -> Self {
        self.set(Permission::ChatPrivately, true)
    }
}

/// What an agent is in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything; one person of each workspace.
    Owner,
    /// Answer visitors.
    Agent,
    /// Everything but what is the owner's alone.
    Admin,
    /// A role that the workspace made itself.
    Custom(RoleId),
}

impl Role {
    /// What the roles that every workspace has may do; `None` for a custom one, which the workspace knows.
    #[must_use]
    pub fn built_in_permissions(self) -> Option<Permissions> {
        match self {
            Self::Owner => Some(Permissions::all()),
            Self::Admin => Some(Permissions::all().set(Permission::Own, false)),
            Self::Agent => Some(Permissions::of(&[
                Permission::ReadConversations,
                Permission::AnswerVisitors,
                Permission::WriteNotes,
                Permission::ChatPrivately,
            ])),
            Self::Custom(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac6_the_built_in_roles_contain_each_other() {
        let of = |role: Role| role.built_in_permissions().expect("built in");
        assert!(of(Role::Owner).covers(of(Role::Admin)) && of(Role::Admin).covers(of(Role::Agent)));
        assert!(!of(Role::Admin).contains(Permission::Own) && !of(Role::Agent).covers(of(Role::Admin)));
    }

    #[test]
    fn ac6_a_set_survives_its_number_and_unknown_bits_are_dropped() {
        let set = Permissions::of(&[Permission::WriteNotes, Permission::Own]);
        assert_eq!(Permissions::from_bits(set.bits()), set);
        assert_eq!(Permissions::from_bits(u32::MAX), Permissions::all());
        assert_eq!(set.iter().collect::<Vec<_>>(), [Permission::WriteNotes, Permission::Own]);
    }
}
