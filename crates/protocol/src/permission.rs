//! What an agent may do in a workspace: roles are names for sets of permissions.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::RoleId;

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
}

impl Permission {
    /// Every permission, in the order of the list.
    pub const ALL: [Self; 10] = [
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
    ];

    const fn bit(self) -> u32 {
        1_u32 << (self as u32)
    }
}

/// A set of permissions: a list of names in JSON, a number in postcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Permissions(u32);

impl Permissions {
    /// No right at all.
    pub const NONE: Self = Self(0);

    /// The set of a list.
    #[must_use]
    pub fn of(permissions: &[Permission]) -> Self {
        Self(permissions.iter().fold(0, |bits, permission| bits | permission.bit()))
    }

    /// Every right, the owner's.
    #[must_use]
    pub fn all() -> Self {
        Self::of(&Permission::ALL)
    }

    /// The same without one right.
    #[must_use]
    pub const fn without(self, permission: Permission) -> Self {
        Self(self.0 & !permission.bit())
    }

    /// The rights of this set and of another one.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The rights that are in both.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the right is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether all rights of another set are in this one.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The rights, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }

    /// The set as a number, for a column.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set of a stored number; bits that name no right are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        Self(bits & Self::all().0)
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_seq(self.iter())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Vec::<Permission>::deserialize(deserializer).map(|list| Self::of(&list))
        } else {
            u32::deserialize(deserializer).map(Self::from_bits)
        }
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
            Self::Admin => Some(Permissions::all().without(Permission::Own)),
            Self::Agent => Some(Permissions::of(&[
                Permission::ReadConversations,
                Permission::AnswerVisitors,
                Permission::WriteNotes,
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
