//! Founding, inviting, accepting, leaving.

use protocol::call::{
    AccountCall, Invitation, Job, Membership, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::account::WorkspaceName;
use protocol::http::workspace::{AuditChange, People};
use protocol::mail::Language;
use protocol::{AccountId, AgentId, Code, Role, Timestamp, WorkspaceId, limits};

use crate::scene::{Scene, WORKSPACE, Who, founding, secret_of};

fn people(scene: &mut Scene, who: Who) -> People {
    match scene.ask(who, WorkspaceRequest::People) {
        Ok(WorkspaceAnswer::People(people)) => people,
        _ => panic!("{who:?} sees the people"),
    }
}

/// What an account is told.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Joined(Membership),
    Left(WorkspaceId, AgentId),
}

fn joined(name: &str, who: Who) -> Told {
    let workspace = WorkspaceName { id: WORKSPACE, name: name.to_owned() };
    Told::Joined(Membership { workspace, agent: who.id() })
}

/// What accounts are owed.
fn told(jobs: Vec<Job>) -> Vec<(AccountId, Told)> {
    let to_account = |job| match job {
        Job::Account(account, call) => match *call {
            AccountCall::Joined(membership) => Some((account, Told::Joined(membership))),
            AccountCall::Left { workspace, agent } => Some((account, Told::Left(workspace, agent))),
            _ => None,
        },
        Job::Mail(_)
        | Job::Workspace(..)
        | Job::Conversation(..)
        | Job::Face(..)
        | Job::ForgetPicture(_)
        | Job::TidyLogos(..) => None,
    };
    jobs.into_iter().filter_map(to_account).collect()
}

#[test]
fn ws1_founding_owes_the_owners_account_the_news_once() {
    let mut scene = Scene::founded();
    assert_eq!(scene.platform.alarm, Some(scene.platform.now), "at once");
    assert_eq!(told(scene.jobs()), [(Who::Owner.account(), joined("Fernwood", Who::Owner))]);
    let mut other = founding();
    other.owner = Who::Stranger.founder();
    assert_eq!(scene.call(WorkspaceCall::Found(other)).err(), None);
    assert_eq!(told(scene.jobs()), []);
    assert_eq!(scene.ask(Who::Stranger, WorkspaceRequest::View).err(), Some(Code::NotFound));
    assert_eq!(scene.view(Who::Owner).role, Role::Owner);
    assert_eq!(scene.newest_change(), AuditChange::Founded);
}

#[test]
fn ws12_an_invitation_is_mailed_looked_at_and_accepted_once() {
    let mut scene = Scene::new();
    let secret = scene.invite("stranger@example.com", Role::Agent);
    let offer = Invitation { workspace: "Fernwood".to_owned(), email: "stranger@example.com".to_owned() };
    let look = scene.call(WorkspaceCall::LookAtInvitation { secret });
    assert!(look == Ok(WorkspaceAnswer::Invitation(offer)));
    let founder = Who::Stranger.founder();
    let accepted = scene.call(WorkspaceCall::Accept { secret, founder: founder.clone() });
    assert!(accepted == Ok(WorkspaceAnswer::Joined(Box::new(scene.view(Who::Stranger)))));
    assert_eq!(told(scene.jobs()), [(Who::Stranger.account(), joined("Fernwood", Who::Stranger))]);
    assert_eq!(scene.newest_change(), AuditChange::Joined { role: Role::Agent });
    for _ in 0..2 {
        assert_eq!(
            scene.call(WorkspaceCall::Accept { secret, founder: founder.clone() }).err(),
            Some(Code::LinkExpired)
        );
        assert_eq!(scene.call(WorkspaceCall::LookAtInvitation { secret }).err(), Some(Code::LinkExpired));
    }
}

#[test]
fn ws12_only_the_invited_address_accepts_and_in_time_and_nothing_else_does() {
    let mut scene = Scene::new();
    let secret = scene.invite("stranger@example.com", Role::Agent);
    let accept = |scene: &mut Scene, secret, email: &str| {
        let founder = protocol::call::Founder { email: email.to_owned(), ..Who::Stranger.founder() };
        scene.call(WorkspaceCall::Accept { secret, founder }).err()
    };
    assert_eq!(accept(&mut scene, secret, "eve@example.com"), Some(Code::Forbidden));
    let mut other = secret;
    other[31] ^= 1;
    assert_eq!(accept(&mut scene, other, "stranger@example.com"), Some(Code::LinkExpired));
    scene.platform.now = scene.platform.now.plus(limits::INVITATION_MS - 1);
    assert!(scene.call(WorkspaceCall::LookAtInvitation { secret }).is_ok());
    scene.platform.now = scene.platform.now.plus(1);
    assert_eq!(accept(&mut scene, secret, "stranger@example.com"), Some(Code::LinkExpired));
    assert_eq!(people(&mut scene, Who::Owner).invitations, []);
}

#[test]
fn ws12_a_newer_invitation_voids_the_older_and_a_withdrawn_one_is_void() {
    let mut scene = Scene::new();
    let first = scene.invite("stranger@example.com", Role::Agent);
    scene.platform.now = scene.platform.now.plus(60_000);
    let second = scene.invite("stranger@example.com", Role::Admin);
    let look = |scene: &mut Scene, secret| scene.call(WorkspaceCall::LookAtInvitation { secret }).err();
    assert_eq!(look(&mut scene, first), Some(Code::LinkExpired));
    assert_eq!(look(&mut scene, second), None);
    let invitations = people(&mut scene, Who::Owner).invitations;
    assert_eq!((invitations.len(), invitations[0].role), (1, Role::Admin));
    assert_eq!(people(&mut scene, Who::Agent).invitations, [], "shown to who manages people");
    let revoke = WorkspaceRequest::RevokeInvitation(invitations[0].id);
    assert_eq!(scene.ask(Who::Admin, revoke.clone()).err(), None);
    assert_eq!(look(&mut scene, second), Some(Code::LinkExpired));
    assert_eq!(scene.ask(Who::Admin, revoke).err(), Some(Code::NotFound));
    let email = "stranger@example.com".to_owned();
    assert_eq!(scene.newest_change(), AuditChange::InvitationRevoked { email });
}

#[test]
fn ws12_an_address_is_not_flooded_with_invitations_even_if_they_are_withdrawn() {
    let mut scene = Scene::new();
    let request = WorkspaceRequest::Invite {
        email: "stranger@example.com".to_owned(),
        role: Role::Agent,
        language: Language::Ar,
    };
    let mut mailed = 0;
    for _ in 0..120 {
        if let Ok(WorkspaceAnswer::Invited(view)) = scene.ask(Who::Owner, request.clone()) {
            scene.ask(Who::Owner, WorkspaceRequest::RevokeInvitation(view.id)).map(drop).expect("revoked");
        }
        mailed += scene.jobs().iter().filter_map(secret_of).count();
        scene.platform.now = scene.platform.now.plus(30_000);
    }
    assert_eq!(mailed, 5);
    assert_eq!(scene.ask(Who::Owner, request).err(), None, "an hour later");
}

#[test]
fn ws10_who_is_removed_or_leaves_is_a_stranger_and_their_account_is_told() {
    for (who, by) in [(Who::Agent, Who::Owner), (Who::Agent, Who::Agent)] {
        let mut scene = Scene::new();
        scene.ask(by, WorkspaceRequest::Remove(who.id())).map(drop).expect("removed");
        let left = Told::Left(WORKSPACE, who.id());
        assert_eq!(told(scene.jobs()), [(who.account(), left)]);
        assert_eq!(scene.ask(who, WorkspaceRequest::View).err(), Some(Code::NotFound));
        assert!(people(&mut scene, Who::Owner).agents.iter().all(|agent| agent.agent.id != who.id()));
        let agent = who.founder().agent;
        let change = if by == who { AuditChange::Left } else { AuditChange::Removed { agent } };
        assert_eq!(scene.newest_change(), change);
    }
}

#[test]
fn ws12_invitations_end_with_the_right_to_make_them() {
    let invite = |scene: &mut Scene, email: &str, role| {
        let request =
            WorkspaceRequest::Invite { email: email.to_owned(), role, language: Language::default() };
        scene.ask(Who::Admin, request).map(drop).expect("invited");
    };
    for (change, left) in [
        (WorkspaceRequest::Remove(Who::Admin.id()), 0),
        (WorkspaceRequest::SetRole(Who::Admin.id(), Role::Agent), 0),
    ] {
        let mut scene = Scene::new();
        invite(&mut scene, "a@example.com", Role::Admin);
        invite(&mut scene, "b@example.com", Role::Agent);
        scene.ask(Who::Owner, change).map(drop).expect("changed");
        assert_eq!(people(&mut scene, Who::Owner).invitations.len(), left);
        assert_eq!(scene.audit().iter().filter(|line| line.actor.is_none()).count(), 2);
    }
    let mut scene = Scene::new();
    invite(&mut scene, "a@example.com", Role::Admin);
    let lead = Role::Custom(scene.lead);
    invite(&mut scene, "b@example.com", lead);
    scene.ask(Who::Owner, WorkspaceRequest::SetRole(Who::Admin.id(), lead)).map(drop).expect("changed");
    let left = people(&mut scene, Who::Owner).invitations;
    assert_eq!(
        left.iter().map(|invitation| invitation.email.as_str()).collect::<Vec<_>>(),
        ["b@example.com"]
    );
}

#[test]
fn ws16_a_new_name_is_told_to_everybodys_account() {
    let mut scene = Scene::new();
    let named = scene.ask(Who::Admin, WorkspaceRequest::SetName("  Ferns & Co ".to_owned()));
    assert!(matches!(named, Ok(WorkspaceAnswer::View(view)) if view.name == "Ferns & Co"));
    let all = [Who::Admin, Who::Agent, Who::Lead, Who::Owner];
    assert_eq!(told(scene.jobs()), all.map(|who| (who.account(), joined("Ferns & Co", who))));
    assert_eq!(scene.newest_change(), AuditChange::Named { name: "Ferns & Co".to_owned() });
    let bad = WorkspaceRequest::SetName("\u{202e}".to_owned());
    assert_eq!(scene.ask(Who::Admin, bad).err(), Some(Code::BadField));
}

#[test]
fn ws16_what_an_account_says_of_its_person_is_taken_up() {
    let mut scene = Scene::new();
    let changed = |agent: AgentId| WorkspaceCall::PersonChanged {
        agent,
        account: Who::Stranger.account(),
        email: "anna@new.example".to_owned(),
        name: "Anna".to_owned(),
        language: Language::Ar,
    };
    scene.call(changed(Who::Agent.id())).map(drop).expect("taken up");
    scene.call(changed(Who::Removed.id())).map(drop).expect("nobody's concern");
    let people = people(&mut scene, Who::Owner);
    let agent = people.agents.iter().find(|agent| agent.agent.id == Who::Agent.id()).expect("there");
    assert_eq!((agent.email.as_str(), agent.agent.name.as_str()), ("anna@new.example", "Anna"));
    assert_eq!(people.agents.len(), 4);
}

#[test]
fn ws15_the_audit_log_is_read_page_by_page() {
    let mut scene = Scene::new();
    for number in 0..60 {
        scene.platform.now = Timestamp(scene.platform.now.0 + 1);
        let name = WorkspaceRequest::SetName(format!("Name {number}"));
        scene.ask(Who::Owner, name).map(drop).expect("named");
    }
    let page = |scene: &mut Scene, before| match scene.ask(Who::Admin, WorkspaceRequest::Audit(before)) {
        Ok(WorkspaceAnswer::Audit(page)) => page,
        _ => panic!("a page"),
    };
    let first = page(&mut scene, None);
    assert_eq!((first.lines.len(), first.more), (50, true));
    let second = page(&mut scene, Some(first.lines[49].number));
    assert!(!second.more);
    let numbers: Vec<_> = first.lines.iter().chain(&second.lines).map(|line| line.number).collect();
    assert_eq!(numbers, (1..=numbers[0]).rev().collect::<Vec<_>>(), "dense");
}
