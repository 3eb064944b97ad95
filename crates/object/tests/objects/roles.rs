//! Custom roles, and who has which role.

use protocol::call::{Actor, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::workspace::{AuditChange, CustomRole, RoleDraft};
use protocol::mail::Language;
use protocol::{CloseCode, Code, Permission, Permissions, Role};

use crate::scene::{Scene, Who};

#[test]
fn ws13_redrawing_a_role_changes_what_its_people_may_do_at_once() {
    let mut scene = Scene::new();
    let permissions = Permissions::of(&[Permission::ReadConversations, Permission::ReadAuditLog]);
    let draft = RoleDraft { name: "Auditor".to_owned(), permissions };
    let role = CustomRole { id: scene.lead, name: "Auditor".to_owned(), permissions };
    let redrawn = scene.ask(Who::Admin, WorkspaceRequest::RedrawRole(scene.lead, draft));
    assert!(redrawn == Ok(WorkspaceAnswer::Role(role.clone())));
    assert_eq!(scene.view(Who::Lead).permissions, permissions);
    assert_eq!(scene.ask(Who::Lead, WorkspaceRequest::Audit(None)).err(), None);
    let remove = WorkspaceRequest::Remove(Who::Agent.id());
    assert_eq!(scene.ask(Who::Lead, remove).err(), Some(Code::Forbidden));
    assert!(scene.audit().iter().any(|line| line.change == AuditChange::RoleRedrawn(role.clone())));
}

#[test]
fn ws13_a_role_goes_when_nobody_has_it_nor_is_promised_it() {
    let mut scene = Scene::new();
    let remove = WorkspaceRequest::RemoveRole(scene.lead);
    let lead = Role::Custom(scene.lead);
    scene.ask(Who::Owner, WorkspaceRequest::SetRole(Who::Lead.id(), Role::Agent)).map(drop).expect("changed");
    let invite = WorkspaceRequest::Invite {
        email: "new@example.com".to_owned(),
        role: lead,
        language: Language::default(),
    };
    let Ok(WorkspaceAnswer::Invited(invitation)) = scene.ask(Who::Owner, invite) else { panic!("invited") };
    assert_eq!(scene.ask(Who::Owner, remove.clone()).err(), Some(Code::InUse), "promised");
    scene.ask(Who::Owner, WorkspaceRequest::RevokeInvitation(invitation.id)).map(drop).expect("revoked");
    assert_eq!(scene.ask(Who::Owner, remove.clone()).err(), None);
    assert_eq!(scene.ask(Who::Owner, remove).err(), Some(Code::NotFound));
    let back = WorkspaceRequest::SetRole(Who::Lead.id(), lead);
    assert_eq!(scene.ask(Who::Owner, back).err(), Some(Code::NotFound));
}

#[test]
fn ws9_a_change_of_role_is_in_the_audit_log_with_both() {
    let mut scene = Scene::new();
    let change = WorkspaceRequest::SetRole(Who::Agent.id(), Role::Admin);
    scene.ask(Who::Owner, change.clone()).map(drop).expect("changed");
    let agent = Who::Agent.founder().agent;
    let expected = AuditChange::RoleChanged { agent, from: Role::Agent, to: Role::Admin };
    assert_eq!(scene.newest_change(), expected);
    let lines = scene.audit().len();
    scene.ask(Who::Owner, change).map(drop).expect("nothing happens");
    assert_eq!(scene.audit().len(), lines);
}

#[test]
fn ap40_who_deletes_their_account_leaves_which_takes_a_proof_and_stands_in_the_audit_log() {
    let mut scene = Scene::new();
    let feed = scene.watch(Who::Agent);
    let actor = Actor { is_proven: false, ..Who::Agent.actor() };
    let unproven = WorkspaceCall::As { actor, request: WorkspaceRequest::LeaveForGood };
    assert_eq!(scene.call(unproven).err(), Some(Code::ProofRequired));
    scene.ask(Who::Agent, WorkspaceRequest::MayLeave).map(drop).expect("they may");
    assert_eq!(scene.close_code(feed), None, "asking changes nothing");
    scene.ask(Who::Agent, WorkspaceRequest::LeaveForGood).map(drop).expect("left");
    assert_eq!(scene.newest_change(), AuditChange::AccountDeleted);
    assert_eq!(scene.close_code(feed), Some(CloseCode::Forbidden.number()));
    assert_eq!(scene.ask(Who::Agent, WorkspaceRequest::View).err(), Some(Code::NotFound));
    let owner = scene.ask(Who::Owner, WorkspaceRequest::LeaveForGood).err();
    assert_eq!(owner, Some(Code::InUse), "nobody would be left to run it");
}

#[test]
fn ws14_a_workspace_that_is_handed_over_has_one_owner_and_the_old_one_is_an_admin() {
    let mut scene = Scene::new();
    let answer = scene.ask(Who::Owner, WorkspaceRequest::Transfer(Who::Lead.id()));
    assert!(answer == Ok(WorkspaceAnswer::View(Box::new(scene.view(Who::Owner)))));
    assert_eq!((scene.view(Who::Owner).role, scene.view(Who::Lead).role), (Role::Admin, Role::Owner));
    assert_eq!(scene.view(Who::Lead).permissions, Permissions::all());
    let back = WorkspaceRequest::Transfer(Who::Owner.id());
    assert_eq!(scene.ask(Who::Owner, back.clone()).err(), Some(Code::Forbidden));
    scene.ask(Who::Lead, back).map(drop).expect("handed back");
    assert_eq!((scene.view(Who::Owner).role, scene.view(Who::Lead).role), (Role::Owner, Role::Admin));
}
