//! Roles by name, and which of them somebody may give.

use protocol::http::workspace::{AuditChange, AuditLine, CustomRole};
use protocol::permission::{Permission, Permissions, Role};

/// What a role may do; `None` where it was removed.
pub(crate) fn permissions_of(role: Role, custom: &[CustomRole]) -> Option<Permissions> {
    role.built_in_permissions()
        .or_else(|| custom.iter().find(|known| Role::Custom(known.id) == role).map(|known| known.permissions))
}

/// The roles that somebody with these permissions may give to others: never the owner's, never more than they may do.
pub(crate) fn grantable(mine: Permissions, custom: &[CustomRole]) -> Vec<Role> {
    let all = [Role::Admin, Role::Agent].into_iter().chain(custom.iter().map(|role| Role::Custom(role.id)));
    all.filter(|role| {
        permissions_of(*role, custom).is_some_and(|permissions| mine.reach().covers(permissions))
    })
    .collect()
}

/// Whether somebody may change or remove a role: not their own, and none that may do more than they.
pub(crate) fn can_touch(role: &CustomRole, own: Role, mine: Permissions) -> bool {
    mine.reach().covers(role.permissions) && own != Role::Custom(role.id)
}

/// The rights that a custom role can hold, each with whether somebody with these permissions may give it.
pub(crate) fn choices(mine: Permissions) -> Vec<(Permission, bool)> {
    let all = Permission::ALL.into_iter().filter(|permission| *permission != Permission::Own);
    all.map(|permission| (permission, mine.contains(permission))).collect()
}

/// The roles that lines of the audit log speak of, newest first: those that there are, and those that were removed since, as
/// the line says that removed them.
pub(crate) fn spoken_of(lines: &[AuditLine], custom: &[CustomRole]) -> Vec<CustomRole> {
    let removed = lines.iter().filter_map(|line| {
        let AuditChange::RoleRemoved(role) = &line.change else { return None };
        Some(role.clone())
    });
    custom.iter().cloned().chain(removed).collect()
}

/// The form of a role in the value of a choice.
pub(crate) fn value(role: Role) -> String {
    match role {
        Role::Owner => "owner".to_owned(),
        Role::Admin => "admin".to_owned(),
        Role::Agent => "agent".to_owned(),
        Role::Custom(id) => id.to_string(),
    }
}

/// Reads [`value`] back.
pub(crate) fn of_value(value: &str) -> Option<Role> {
    match value {
        "owner" => Some(Role::Owner),
        "admin" => Some(Role::Admin),
        "agent" => Some(Role::Agent),
        id => id.parse().ok().map(Role::Custom),
    }
}

#[cfg(test)]
mod tests {
    use protocol::RoleId;

    use super::*;

    fn custom(byte: u8, permissions: &[Permission]) -> CustomRole {
        CustomRole {
            id: RoleId::from_bytes([byte; 16]),
            name: format!("Role {byte}"),
            permissions: Permissions::of(permissions),
        }
    }

    #[test]
    fn ib31_nobody_is_offered_a_role_with_more_than_they_may_do() {
        let roles = [custom(1, &[Permission::ManageSites]), custom(2, &[Permission::ReadConversations])];
        let offered = |mine: Permissions| grantable(mine, &roles);
        let all = [Role::Admin, Role::Agent, Role::Custom(roles[0].id), Role::Custom(roles[1].id)];
        assert_eq!(offered(Permissions::all()), all);
        let people = Permissions::of(&[Permission::ManagePeople, Permission::ReadConversations]);
        assert_eq!(offered(people), [Role::Custom(roles[1].id)]);
    }

    #[test]
    fn ib31_nobody_is_offered_to_change_their_own_role_or_one_that_may_do_more() {
        let role = custom(1, &[Permission::ManageRoles, Permission::ReadAuditLog]);
        let may = |own, mine: &[Permission]| can_touch(&role, own, Permissions::of(mine));
        assert!(may(Role::Admin, &Permission::ALL));
        assert!(!may(Role::Custom(role.id), &Permission::ALL));
        assert!(!may(Role::Agent, &[Permission::ManageRoles]));
    }

    #[test]
    fn ib31_no_custom_role_is_offered_what_is_the_owners_alone() {
        let offered = choices(Permissions::all());
        assert_eq!(offered.len(), Permission::ALL.len() - 1);
        assert!(offered.iter().all(|(permission, can)| *permission != Permission::Own && *can));
        let mine = Permissions::of(&[Permission::ManageRoles]);
        let can: Vec<_> = choices(mine).into_iter().filter(|(_, can)| *can).map(|(which, _)| which).collect();
        assert_eq!(can, [Permission::ManageRoles]);
    }

    #[test]
    fn ib34_a_role_that_was_removed_keeps_its_name_in_the_audit_log() {
        let (kept, removed) = (custom(1, &[]), custom(2, &[]));
        let line =
            |change| AuditLine { number: 1, at: protocol::Timestamp(0), actor: None, key: None, change };
        let lines = [
            line(AuditChange::RoleRemoved(removed.clone())),
            line(AuditChange::Joined { role: Role::Custom(removed.id) }),
        ];
        assert_eq!(spoken_of(&lines, core::slice::from_ref(&kept)), [kept, removed]);
    }

    #[test]
    fn ib31_a_role_survives_being_a_choice() {
        for role in [Role::Owner, Role::Admin, Role::Agent, Role::Custom(RoleId::from_bytes([9; 16]))] {
            assert_eq!(of_value(&value(role)), Some(role));
        }
        assert_eq!(of_value("nonsense"), None);
    }
}
