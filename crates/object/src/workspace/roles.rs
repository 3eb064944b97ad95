//! The roles that a workspace makes itself.

use domain::workspace::draw_role;
use protocol::call::WorkspaceAnswer;
use protocol::http::workspace::{AuditChange, CustomRole, RoleDraft};
use protocol::{Code, Role, RoleId};

use super::asking::Asking;
use super::jobs::arm;
use super::{WorkspaceObject, stored};
use crate::platform::Platform;

/// Makes a role.
pub(super) fn make<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    draft: &RoleDraft,
) -> Result<WorkspaceAnswer, Code> {
    asking.member.may_give(draft.permissions)?;
    let there = stored(platform, asking.store.roles())?;
    let role = draw_role(RoleId::from_bytes(platform.random()?), draft, &there)?;
    asking.note(platform, &AuditChange::RoleMade(role.clone()))?;
    stored(platform, asking.store.keep_role(&role))?;
    Ok(WorkspaceAnswer::Role(role))
}

/// Removes a role that nobody has and nobody is promised.
pub(super) fn remove<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: RoleId,
) -> Result<WorkspaceAnswer, Code> {
    let role = stored(platform, asking.store.role(id))?.ok_or(Code::NotFound)?;
    asking.member.may_give(role.permissions)?;
    let is_held = stored(platform, asking.store.is_role_held(id))?;
    if is_held || stored(platform, asking.store.is_role_promised(id, asking.now))? {
        return Err(Code::InUse);
    }
    asking.note(platform, &AuditChange::RoleRemoved(role))?;
    stored(platform, asking.store.remove_role(id))?;
    Ok(WorkspaceAnswer::Done)
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Changes a role, and with it at once what everybody may do who has it.
    pub(super) fn redraw_role<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        id: RoleId,
        draft: &RoleDraft,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let there = stored(platform, asking.store.roles())?;
        let before = there.iter().find(|role| role.id == id).ok_or(Code::NotFound)?.permissions;
        asking.member.may_redraw(Role::Custom(id), before, draft.permissions)?;
        let role = draw_role(id, draft, &there)?;
        if there.contains(&role) {
            return Ok(WorkspaceAnswer::Role(role));
        }
        asking.note(platform, &AuditChange::RoleRedrawn(role.clone()))?;
        if role.permissions != before {
            self.recall_all(platform, &asking.store, Role::Custom(id))?;
        }
        stored(platform, asking.store.keep_role(&role))?;
        self.after_redrawing(platform, asking, &role)?;
        arm(platform, &asking.store)?;
        Ok(WorkspaceAnswer::Role(role))
    }

    /// Invitations that were made with more than is left, or to more than their inviter has, are void.
    fn after_redrawing<P>(
        &mut self,
        platform: &P,
        asking: &Asking<P::Database>,
        role: &CustomRole,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let members = stored(platform, asking.store.members())?;
        for member in members.iter().filter(|member| member.role == Role::Custom(role.id)) {
            asking.withdraw_beyond(platform, member)?;
        }
        Ok(())
    }
}
