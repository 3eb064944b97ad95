//! What a key of the REST API is for: scopes, and the rights in a workspace that go with them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::permission::{Permission, Permissions};

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
}

impl Scope {
    /// Every scope, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::ConversationsRead,
        Self::ConversationsWrite,
        Self::ContactsRead,
        Self::SettingsRead,
        Self::SettingsWrite,
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
        }
    }

    const fn bit(self) -> u32 {
        1_u32 << (self as u32)
    }
}

/// A set of scopes: a list of names in JSON, a number in postcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Scopes(u32);

impl Scopes {
    /// The set of a list.
    #[must_use]
    pub fn of(scopes: &[Scope]) -> Self {
        Self(scopes.iter().fold(0, |bits, scope| bits | scope.bit()))
    }

    /// Every scope.
    #[must_use]
    pub fn all() -> Self {
        Self::of(&Scope::ALL)
    }

    /// Whether there is none in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a scope is in the set. None holds another.
    #[must_use]
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// The same with a scope, or without it.
    #[must_use]
    pub const fn set(self, scope: Scope, is_in: bool) -> Self {
        if is_in { Self(self.0 | scope.bit()) } else { Self(self.0 & !scope.bit()) }
    }

    /// The scopes, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.contains(*scope))
    }

    /// What their holder may do at most.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        self.iter().fold(Permissions::NONE, |all, scope| all.with(scope.permissions()))
    }

    /// The set as a number, for a column.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set of a stored number; bits that name no scope are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        Self(bits & Self::all().0)
    }
}

impl Serialize for Scopes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_seq(self.iter())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Scopes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Vec::<Scope>::deserialize(deserializer).map(|list| Self::of(&list))
        } else {
            u32::deserialize(deserializer).map(Self::from_bits)
        }
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
        assert_eq!(of(&[Scope::ConversationsWrite]), agent);
        let settings = Permissions::of(&[Permission::ManageSites, Permission::ManageWorkspace]);
        assert_eq!(of(&[Scope::SettingsWrite]), settings);
        for never in [
            Permission::ManagePeople,
            Permission::ManageRoles,
            Permission::ManageApiKeys,
            Permission::ReadAuditLog,
            Permission::Own,
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
