//! What a workspace is called, whose it is, and its end.

use domain::name;
use domain::workspace::Member;
use protocol::call::{Dismissal, WorkspaceAnswer};
use protocol::http::account::WorkspaceName;
use protocol::http::workspace::AuditChange;
use protocol::mail::{Letter, Mail};
use protocol::{AgentId, Code, Role, Timestamp};
use store::Database;
use store::workspace::WorkspaceStore;

use super::answer::view;
use super::asking::Asking;
use super::jobs::{arm, owe_farewell, owe_mail, owe_membership};
use super::{WorkspaceObject, stored};
use crate::platform::Platform;

/// Names the workspace, and tells the accounts of its people.
pub(super) fn set_name<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    wanted: &str,
) -> Result<WorkspaceAnswer, Code> {
    let name = name(wanted)?;
    asking.note(platform, &AuditChange::Named { name: name.clone() })?;
    let workspace = WorkspaceName { id: asking.workspace, name };
    for member in stored(platform, asking.store.members())? {
        owe_membership(platform, &asking.store, workspace.clone(), &member)?;
    }
    stored(platform, asking.store.set_name(&workspace.name))?;
    arm(platform, &asking.store)?;
    view(platform, asking)
}

/// Notes the wish to delete the workspace, and tells its owner and admins by mail.
pub(super) fn begin_deletion<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
) -> Result<WorkspaceAnswer, Code> {
    let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
    let at = standing.deletion(asking.now)?;
    asking.note(platform, &AuditChange::DeletionBegun)?;
    let members = stored(platform, asking.store.members())?;
    for Member { person, .. } in members.into_iter().filter(is_told_of_deletion) {
        let mail = Mail { to: person.email, language: person.language, letter: Letter::DeletionBegun { at } };
        owe_mail(platform, &asking.store, mail)?;
    }
    put_off(platform, asking, Some(at))
}

/// Takes the wish back.
pub(super) fn stop_deletion<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
) -> Result<WorkspaceAnswer, Code> {
    let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
    if standing.deleted_at.is_none() {
        return view(platform, asking);
    }
    asking.note(platform, &AuditChange::DeletionStopped)?;
    put_off(platform, asking, None)
}

fn put_off<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    at: Option<Timestamp>,
) -> Result<WorkspaceAnswer, Code> {
    stored(platform, asking.store.set_deletion(at))?;
    arm(platform, &asking.store)?;
    view(platform, asking)
}

const fn is_told_of_deletion(member: &Member) -> bool {
    matches!(member.role, Role::Owner | Role::Admin)
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Hands the workspace over; the old owner becomes an admin.
    pub(super) fn transfer<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        to: AgentId,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let heir = asking.other(platform, to)?;
        asking.member.may_touch(&heir)?;
        asking.note(platform, &AuditChange::Transferred { to: heir.person.agent.clone() })?;
        self.recall(platform, &asking.store, &heir)?;
        self.recall(platform, &asking.store, &asking.member)?;
        stored(platform, asking.store.transfer(asking.member.id(), to))?;
        arm(platform, &asking.store)?;
        let member = asking.other(platform, asking.member.id())?;
        let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
        let view = super::answer::view_of(platform, &asking.store, standing, &member)?;
        Ok(WorkspaceAnswer::View(Box::new(view)))
    }

    /// The waiting time is over: everybody is dismissed and told, and everything is deleted.
    pub(super) fn end<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<impl Database>,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let workspace = stored(platform, store.id())?.ok_or(Code::NotFound)?;
        for member in stored(platform, store.members())? {
            let dismissal = Dismissal { agent: member.id(), session: None, may_return: false };
            self.dismiss(platform, store, dismissal)?;
            owe_farewell(platform, store, workspace, &member)?;
        }
        stored(platform, store.end())
    }
}
