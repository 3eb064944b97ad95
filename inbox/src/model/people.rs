//! The people of a workspace, each with what the reader may do to them.

use protocol::http::workspace::{AgentView, People, WorkspaceView};
use protocol::permission::{Permission, Role};
use protocol::{AgentId, Timestamp};

use super::roles::{grantable, permissions_of};

/// Somebody who belongs to the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonRow {
    /// Who.
    pub(crate) id: AgentId,
    /// What others call them.
    pub(crate) name: String,
    /// E-mail address.
    pub(crate) email: String,
    /// What they are.
    pub(crate) role: Role,
    /// Since when they belong to it.
    pub(crate) joined_at: Timestamp,
    /// Whether it is the reader.
    pub(crate) is_me: bool,
    /// The roles the reader may give them; none where the reader may not touch them.
    pub(crate) choices: Vec<Role>,
    /// Whether the reader may remove them.
    pub(crate) can_remove: bool,
}

/// Projects everybody. Nobody touches themselves, the owner, or somebody who may do more.
pub(crate) fn rows(people: &People, view: &WorkspaceView) -> Vec<PersonRow> {
    let granted = grantable(view.permissions, &people.roles);
    let row = |person: &AgentView| {
        let is_me = person.agent.id == view.me.id;
        let is_below = permissions_of(person.role, &people.roles)
            .is_none_or(|permissions| view.permissions.reach().covers(permissions));
        let can_touch = view.permissions.contains(Permission::ManagePeople)
            && is_below
            && !is_me
            && person.role != Role::Owner;
        PersonRow {
            id: person.agent.id,
            name: person.agent.name.clone(),
            email: person.email.clone(),
            role: person.role,
            joined_at: person.joined_at,
            is_me,
            choices: if can_touch { granted.clone() } else { Vec::new() },
            can_remove: can_touch,
        }
    };
    people.agents.iter().map(row).collect()
}

/// Those to whom the owner could hand the workspace over.
pub(crate) fn heirs(people: &People, view: &WorkspaceView) -> Vec<(AgentId, String)> {
    let others = people.agents.iter().filter(|person| person.agent.id != view.me.id);
    others.map(|person| (person.agent.id, person.agent.name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use protocol::WorkspaceId;
    use protocol::event::AgentProfile;
    use protocol::permission::Permissions;

    use super::*;

    fn person(byte: u8, role: Role) -> AgentView {
        AgentView {
            agent: AgentProfile { id: AgentId::from_bytes([byte; 16]), name: format!("Person {byte}") },
            email: format!("{byte}@example.com"),
            role,
            joined_at: Timestamp(1),
        }
    }

    fn seen_by(byte: u8, role: Role, permissions: Permissions) -> Vec<(bool, bool)> {
        let people = People {
            agents: vec![person(1, Role::Owner), person(2, Role::Admin), person(3, Role::Agent)],
            invitations: Vec::new(),
            roles: Vec::new(),
        };
        let view = WorkspaceView {
            id: WorkspaceId::from_bytes([1; 16]),
            name: "Fernwood".to_owned(),
            me: person(byte, role).agent,
            role,
            permissions,
            deleted_at: None,
            requires_second_factor: false,
            without_second_factor: None,
            retention_days: None,
        };
        rows(&people, &view).iter().map(|row| (!row.choices.is_empty(), row.can_remove)).collect()
    }

    #[test]
    fn ib31_nobody_is_offered_to_touch_themselves_the_owner_or_who_may_do_more() {
        let (no, yes) = ((false, false), (true, true));
        let of = |role: Role| role.built_in_permissions().expect("built in");
        assert_eq!(seen_by(1, Role::Owner, of(Role::Owner)), [no, yes, yes]);
        assert_eq!(seen_by(2, Role::Admin, of(Role::Admin)), [no, no, yes]);
        assert_eq!(seen_by(3, Role::Agent, of(Role::Agent)), [no, no, no]);
        let manager = of(Role::Agent);
        let manager =
            Permissions::from_bits(manager.bits() | Permissions::of(&[Permission::ManagePeople]).bits());
        assert_eq!(seen_by(9, Role::Agent, manager), [no, no, yes], "admins may do more");
    }
}
