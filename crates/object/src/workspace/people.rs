//! The people of a workspace: who they are, what they are, who goes.

use domain::workspace::Member;
use protocol::call::{Dismissal, Founder, WorkspaceAnswer};
use protocol::http::workspace::{AgentView, AuditChange, People};
use protocol::{AgentId, Code, Permission, Permissions, Role};
use store::Database;

use super::asking::Asking;
use super::jobs::{arm, owe_farewell};
use super::{WorkspaceObject, open, private_chats, stored};
use crate::platform::Platform;

/// Lists everybody, and who is invited for those who manage people.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    let store = &asking.store;
    let invitations = if asking.member.permissions.contains(Permission::ManagePeople) {
        stored(platform, store.invitations())?
    } else {
        Vec::new()
    };
    let open = invitations.iter().filter(|invitation| invitation.is_open(asking.now));
    Ok(WorkspaceAnswer::People(People {
        agents: stored(platform, store.members())?.into_iter().map(view).collect(),
        invitations: open.map(|invitation| invitation.view()).collect(),
        roles: stored(platform, store.roles())?,
    }))
}

/// Somebody as the others see them.
pub(super) fn view(member: Member) -> AgentView {
    let Member { person, role, joined_at, .. } = member;
    AgentView { agent: person.agent, email: person.email, role, joined_at }
}

/// Whether who asks may leave.
pub(super) fn may_leave<D: Database>(asking: &Asking<D>) -> Result<WorkspaceAnswer, Code> {
    asking.member.may_remove(&asking.member)?;
    Ok(WorkspaceAnswer::Done)
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Gives somebody another role.
    pub(super) fn set_role<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        agent: AgentId,
        role: Role,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let other = asking.other(platform, agent)?;
        asking.member.may_touch(&other)?;
        let permissions = asking.permissions_of(platform, role)?;
        asking.member.may_give(permissions)?;
        if other.role == role {
            return Ok(WorkspaceAnswer::Done);
        }
        let change =
            AuditChange::RoleChanged { agent: other.person.agent.clone(), from: other.role, to: role };
        asking.note(platform, &change)?;
        self.recall(platform, &asking.store, &other)?;
        asking.withdraw_beyond(platform, &Member { role, permissions, ..other })?;
        stored(platform, asking.store.set_role(agent, role))?;
        arm(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Done)
    }

    /// Removes somebody, or lets who asks leave.
    pub(super) fn remove<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        agent: AgentId,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let other = asking.other(platform, agent)?;
        asking.member.may_remove(&other)?;
        let change = if other.id() == asking.member.id() {
            AuditChange::Left
        } else {
            AuditChange::Removed { agent: other.person.agent.clone() }
        };
        self.part_with(platform, asking, other, &change)
    }

    /// Lets somebody leave whose account is about to be deleted (SPEC AP40).
    pub(super) fn leave_for_good<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        may_leave(asking)?;
        let member = asking.other(platform, asking.member.id())?;
        self.part_with(platform, asking, member, &AuditChange::AccountDeleted)
    }

    /// Somebody belongs to the workspace no more.
    fn part_with<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        other: Member,
        change: &AuditChange,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let agent = other.id();
        asking.note(platform, change)?;
        let dismissal = Dismissal { agent, session: None, may_return: false };
        self.dismiss(platform, &asking.store, dismissal)?;
        owe_farewell(platform, &asking.store, asking.workspace, &other)?;
        private_chats::owe_parting(platform, &asking.store, agent)?;
        asking.revoke_keys_of(platform, &other)?;
        asking.withdraw_beyond(platform, &Member { permissions: Permissions::NONE, ..other })?;
        stored(platform, asking.store.remove_member(agent))?;
        self.tell_of_leaving(platform, &asking.store, agent)?;
        self.route_all_of(platform, &asking.store, None, None)?;
        arm(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Done)
    }

    /// Sessions of an agent have ended, as their account tells.
    pub(super) fn sessions_ended<P>(
        &mut self,
        platform: &mut P,
        dismissal: Dismissal,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        stored(platform, store.standing())?.ok_or(Code::NotFound)?;
        self.dismiss(platform, &store, dismissal)?;
        arm(platform, &store)?;
        Ok(WorkspaceAnswer::Done)
    }
}

/// Takes note of what an account says of its person; somebody who has left meanwhile is nobody's concern.
pub(super) fn person_changed<P: Platform>(platform: &P, person: &Founder) -> Result<WorkspaceAnswer, Code> {
    let store = open(platform)?;
    stored(platform, store.standing())?.ok_or(Code::NotFound)?;
    stored(platform, store.set_person(person))?;
    Ok(WorkspaceAnswer::Done)
}
