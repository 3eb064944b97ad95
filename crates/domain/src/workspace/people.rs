//! Who of a workspace may do what to whom.

use protocol::call::Founder;
use protocol::{AgentId, Code, Permission, Permissions, Role, Timestamp, WorkspaceId};

use crate::access::Principal;

/// Somebody who belongs to a workspace, with what their role lets them do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who they are.
    pub person: Founder,
    /// What they are.
    pub role: Role,
    /// What they may do.
    pub permissions: Permissions,
    /// Since when they belong to it.
    pub joined_at: Timestamp,
    /// Whether a second factor is asked for when they sign in, as far as the workspace has heard.
    pub has_second_factor: bool,
}

impl Member {
    /// Names them in the workspace.
    #[must_use]
    pub const fn id(&self) -> AgentId {
        self.person.agent.id
    }

    /// The same in the words of the one who decides about rights.
    #[must_use]
    pub fn principal(&self, workspace: WorkspaceId) -> Principal {
        let Self { person, permissions, .. } = self;
        Principal::Agent { workspace, profile: person.agent.clone(), permissions: *permissions }
    }

    /// Decides whether they may give somebody a role with these permissions: never the owner's, and never more than
    /// they have themselves (SPEC WS9).
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn may_give(&self, permissions: Permissions) -> Result<(), Code> {
        let is_less = self.permissions.reach().covers(permissions) && !permissions.contains(Permission::Own);
        if is_less { Ok(()) } else { Err(Code::Forbidden) }
    }

    /// Decides whether they may change what somebody else is: never what they are themselves, and never anything about
    /// somebody who may do more (SPEC WS9).
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn may_touch(&self, other: &Self) -> Result<(), Code> {
        let is_other = self.id() != other.id();
        let is_below = self.permissions.reach().covers(other.permissions) && other.role != Role::Owner;
        if is_other && is_below { Ok(()) } else { Err(Code::Forbidden) }
    }

    /// Decides whether they may remove somebody, or leave (SPEC WS10).
    ///
    /// # Errors
    /// [`Code::InUse`] for the owner who wants to leave, [`Code::Forbidden`] as for [`Self::may_touch`].
    pub fn may_remove(&self, other: &Self) -> Result<(), Code> {
        if self.id() != other.id() {
            self.may_touch(other)
        } else if self.role == Role::Owner {
            Err(Code::InUse)
        } else {
            Ok(())
        }
    }

    /// Decides whether they may make a custom role what a draft says, or what it was: nobody changes their own role,
    /// nor one that may do more than they (SPEC WS9, WS13).
    ///
    /// # Errors
    /// [`Code::Forbidden`].
    pub fn may_redraw(&self, role: Role, before: Permissions, after: Permissions) -> Result<(), Code> {
        if self.role == role {
            return Err(Code::Forbidden);
        }
        self.may_give(before)?;
        self.may_give(after)
    }
}

#[cfg(test)]
mod tests {
    use protocol::mail::Language;
    use protocol::{AccountId, AgentProfile, RoleId};

    use super::*;

    fn member(id: u8, role: Role, permissions: &[Permission]) -> Member {
        let agent = AgentProfile { id: AgentId::from_bytes([id; 16]), name: "Anna".to_owned() };
        let account = AccountId::from_bytes([id; 16]);
        let person = Founder { account, email: String::new(), agent, language: Language::En };
        let permissions = role.built_in_permissions().unwrap_or_else(|| Permissions::of(permissions));
        Member { person, role, permissions, joined_at: Timestamp(0), has_second_factor: false }
    }

    const LEAD: Role = Role::Custom(RoleId::from_bytes([1; 16]));
    const READER: Role = Role::Custom(RoleId::from_bytes([2; 16]));

    fn owner() -> Member {
        member(1, Role::Owner, &[])
    }

    fn admin() -> Member {
        member(2, Role::Admin, &[])
    }

    fn agent() -> Member {
        member(3, Role::Agent, &[])
    }

    fn lead() -> Member {
        member(4, LEAD, &[Permission::ManagePeople, Permission::ReadConversations])
    }

    fn reader() -> Member {
        member(5, READER, &[Permission::ReadConversations])
    }

    #[test]
    fn ws9_nobody_gives_more_than_they_have_nor_what_is_the_owners() {
        let (own, all_but) = (Permissions::all(), Permissions::all().set(Permission::Own, false));
        for (who, permissions, may) in [
            (owner(), own, false),
            (owner(), all_but, true),
            (admin(), own, false),
            (admin(), all_but, true),
            (lead(), agent().permissions, false),
            (lead(), reader().permissions, true),
            (lead(), lead().permissions, true),
            (lead(), Permissions::NONE, true),
        ] {
            let expected = if may { Ok(()) } else { Err(Code::Forbidden) };
            assert_eq!(who.may_give(permissions), expected, "{:?} {permissions:?}", who.role);
        }
    }

    #[test]
    fn ws9_nobody_touches_themselves_or_who_may_do_more() {
        for (who, other, may) in [
            (owner(), owner(), false),
            (owner(), admin(), true),
            (admin(), owner(), false),
            (admin(), admin(), false),
            (admin(), member(9, Role::Admin, &[]), true),
            (admin(), lead(), true),
            (lead(), admin(), false),
            (lead(), agent(), false),
            (lead(), reader(), true),
        ] {
            let expected = if may { Ok(()) } else { Err(Code::Forbidden) };
            assert_eq!(who.may_touch(&other), expected, "{:?} {:?}", who.role, other.role);
        }
    }

    #[test]
    fn ws10_everybody_leaves_but_the_owner_and_nobody_removes_who_may_do_more() {
        for who in [admin(), agent(), lead(), reader()] {
            assert_eq!(who.may_remove(&who), Ok(()));
            assert_eq!(who.may_remove(&owner()), Err(Code::Forbidden));
        }
        assert_eq!(owner().may_remove(&owner()), Err(Code::InUse));
        assert_eq!(owner().may_remove(&admin()), Ok(()));
        assert_eq!(lead().may_remove(&agent()), Err(Code::Forbidden));
        assert_eq!(lead().may_remove(&reader()), Ok(()));
    }

    #[test]
    fn ws13_a_role_is_redrawn_by_who_has_all_of_it_before_and_after() {
        let (much, little) = (admin().permissions, reader().permissions);
        assert_eq!(admin().may_redraw(READER, little, much), Ok(()));
        assert_eq!(lead().may_redraw(READER, little, much), Err(Code::Forbidden), "more than they have");
        assert_eq!(lead().may_redraw(READER, much, little), Err(Code::Forbidden), "of who may do more");
        assert_eq!(lead().may_redraw(LEAD, little, little), Err(Code::Forbidden), "their own");
        assert_eq!(
            owner().may_redraw(READER, little, Permissions::all()),
            Err(Code::Forbidden),
            "the owner's"
        );
    }
}
