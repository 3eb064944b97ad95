//! The roles that a workspace makes itself.

use protocol::http::workspace::{CustomRole, RoleDraft};
use protocol::{Code, RoleId, limits};

use crate::name::name;

/// Names of the roles that every workspace has, which no other role may bear.
const BUILT_IN: [&str; 3] = ["owner", "admin", "agent"];

/// Makes a role of a draft, beside those that there are; one of them may be the role itself, which is drawn anew
/// (SPEC WS13). Whether somebody may is [`super::Member::may_redraw`]'s.
///
/// # Errors
/// [`Code::BadField`] for the name, [`Code::Taken`] if another role bears it, [`Code::TooLarge`] if there are too many.
pub fn draw_role(id: RoleId, draft: &RoleDraft, there: &[CustomRole]) -> Result<CustomRole, Code> {
    let name = name(&draft.name)?;
    let spelled = name.to_lowercase();
    let others = || there.iter().filter(|role| role.id != id);
    if BUILT_IN.contains(&spelled.as_str()) || others().any(|role| role.name.to_lowercase() == spelled) {
        return Err(Code::Taken);
    }
    if others().count() >= limits::CUSTOM_ROLES {
        return Err(Code::TooLarge);
    }
    Ok(CustomRole { id, name, permissions: draft.permissions })
}

#[cfg(test)]
mod tests {
    use protocol::Permissions;

    use super::*;

    fn role(id: u8, name: &str) -> CustomRole {
        let id = RoleId::from_bytes([id; 16]);
        CustomRole { id, name: name.to_owned(), permissions: Permissions::NONE }
    }

    #[test]
    fn ws13_a_role_has_a_name_of_its_own() {
        let there = [role(1, "Trainee"), role(2, "Night shift")];
        let check = |id: u8, name: &str| {
            let draft = RoleDraft { name: name.to_owned(), permissions: Permissions::NONE };
            draw_role(RoleId::from_bytes([id; 16]), &draft, &there).map(|role| role.name)
        };
        assert_eq!(check(3, " Lead "), Ok("Lead".to_owned()));
        assert_eq!(check(1, "TRAINEE"), Ok("TRAINEE".to_owned()), "its own");
        assert_eq!(check(2, "trainee"), Err(Code::Taken));
        assert_eq!(check(3, "Owner"), Err(Code::Taken));
        assert_eq!(check(3, " "), Err(Code::BadField));
    }

    #[test]
    fn ws13_there_are_so_many_roles_at_most() {
        let there: Vec<_> = (0..50).map(|number| role(number, &format!("role {number}"))).collect();
        let draft = RoleDraft { name: "New".to_owned(), permissions: Permissions::NONE };
        assert_eq!(draw_role(RoleId::from_bytes([99; 16]), &draft, &there), Err(Code::TooLarge));
        assert!(draw_role(RoleId::from_bytes([49; 16]), &draft, &there).is_ok(), "one that is there");
    }
}
