//! A second factor that a workspace asks for.

use protocol::call::{Actor, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::api_key::ApiKeyDraft;
use protocol::http::workspace::AuditChange;
use protocol::{CloseCode, Code, Scope, Scopes, SocketTarget};

use crate::scene::{Answer, Scene, Who};

fn ask_with(scene: &mut Scene, who: Who, has_second_factor: bool, request: WorkspaceRequest) -> Answer {
    scene.call(WorkspaceCall::As { actor: Actor { has_second_factor, ..who.actor() }, request })
}

fn require(scene: &mut Scene, who: Who, is_required: bool) -> Option<Code> {
    ask_with(scene, who, true, WorkspaceRequest::RequireSecondFactor(is_required)).err()
}

/// Who is counted as having none, as the admin sees it.
fn without(scene: &mut Scene) -> Option<u32> {
    match ask_with(scene, Who::Admin, true, WorkspaceRequest::View) {
        Ok(WorkspaceAnswer::View(view)) => view.without_second_factor,
        _ => panic!("the admin sees the workspace"),
    }
}

#[test]
fn ws18_who_has_no_second_factor_can_only_leave_where_one_is_asked_for() {
    let mut scene = Scene::new();
    assert_eq!(require(&mut scene, Who::Admin, true), None);
    let missing = Some(Code::SecondFactorMissing);
    let leave = |who: Who| WorkspaceRequest::Remove(who.id());
    for request in [
        WorkspaceRequest::View,
        WorkspaceRequest::People,
        WorkspaceRequest::Sites,
        WorkspaceRequest::Audit(None),
        WorkspaceRequest::Ticket(SocketTarget::Feed),
        WorkspaceRequest::SetName("Other".to_owned()),
        WorkspaceRequest::RequireSecondFactor(false),
        leave(Who::Admin),
        WorkspaceRequest::BeginDeletion,
    ] {
        for who in [Who::Owner, Who::Agent, Who::Lead] {
            assert_eq!(scene.ask(who, request.clone()).err(), missing, "{who:?} {request:?}");
        }
        assert_eq!(scene.ask(Who::Stranger, request).err(), Some(Code::NotFound), "strangers learn nothing");
    }
    assert_eq!(ask_with(&mut scene, Who::Agent, true, WorkspaceRequest::People).err(), None);
    assert_eq!(scene.ask(Who::Agent, leave(Who::Agent)).err(), None);
    assert_eq!(scene.ask(Who::Owner, leave(Who::Owner)).err(), Some(Code::InUse), "the owner stays");
    assert_eq!(require(&mut scene, Who::Owner, false), None);
    assert_eq!(scene.ask(Who::Lead, WorkspaceRequest::View).err(), None, "and all is as before");
}

#[test]
fn ws18_who_asks_for_one_has_one_and_manages_the_workspace() {
    let mut scene = Scene::new();
    let before = scene.audit().len();
    let on = WorkspaceRequest::RequireSecondFactor(true);
    assert_eq!(scene.ask(Who::Owner, on.clone()).err(), Some(Code::SecondFactorMissing));
    assert_eq!(require(&mut scene, Who::Lead, true), Some(Code::Forbidden));
    let stale = Actor { is_proven: false, has_second_factor: true, ..Who::Owner.actor() };
    let unproven = scene.call(WorkspaceCall::As { actor: stale, request: on });
    assert_eq!(unproven.err(), Some(Code::ProofRequired));
    assert_eq!(scene.audit().len(), before + 1, "the refusal");
    for _ in 0..2 {
        assert_eq!(require(&mut scene, Who::Owner, true), None);
    }
    let Ok(WorkspaceAnswer::Audit(page)) =
        ask_with(&mut scene, Who::Owner, true, WorkspaceRequest::Audit(None))
    else {
        panic!("a page");
    };
    assert_eq!(page.lines.len(), before + 2, "once");
    assert_eq!(page.lines[0].change, AuditChange::SecondFactorRequired { is_required: true });
    assert_eq!(page.lines[0].actor, Some(Who::Owner.founder().agent));
}

#[test]
fn ws18_sockets_of_those_who_have_none_are_closed_at_once_and_their_tickets_void() {
    let mut scene = Scene::new();
    ask_with(&mut scene, Who::Lead, true, WorkspaceRequest::View).map(drop).expect("seen with one");
    let ticket = scene.ticket(Who::Agent, SocketTarget::Feed).expect("given");
    let agent = scene.watch(Who::Agent);
    // The lead's own ticket says nothing of it: what the workspace has heard counts.
    let Ok(WorkspaceAnswer::Ticket { .. }) =
        ask_with(&mut scene, Who::Lead, true, WorkspaceRequest::Ticket(SocketTarget::Feed))
    else {
        panic!("given");
    };
    assert_eq!(require(&mut scene, Who::Owner, true), None);
    assert_eq!(scene.close_code(agent), Some(CloseCode::Unauthenticated.number()));
    let late = scene.open_feed(&ticket);
    assert_eq!(scene.close_code(late), Some(CloseCode::Unauthenticated.number()));
    assert_eq!(scene.ticket(Who::Agent, SocketTarget::Feed).err(), Some(Code::Forbidden));
}

#[test]
fn ws18_how_many_have_none_follows_what_accounts_say_and_is_told_to_who_manages() {
    let mut scene = Scene::new();
    assert_eq!(without(&mut scene), Some(3), "all but the admin, who asks");
    let changed = |scene: &mut Scene, who: Who, is_on| {
        let call = WorkspaceCall::SecondFactorChanged { agent: who.id(), is_on };
        scene.call(call).map(drop).expect("taken up");
    };
    changed(&mut scene, Who::Agent, true);
    changed(&mut scene, Who::Agent, true);
    changed(&mut scene, Who::Removed, true);
    assert_eq!(without(&mut scene), Some(2));
    scene.evict();
    changed(&mut scene, Who::Agent, false);
    assert_eq!(without(&mut scene), Some(3));
    assert_eq!(scene.view(Who::Agent).without_second_factor, None, "nobody else is told");
    changed(&mut scene, Who::Agent, true);
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    assert_eq!(without(&mut scene), Some(2), "owner and lead");
}

#[test]
fn ws18_a_key_does_nothing_while_its_maker_is_kept_out() {
    let mut scene = Scene::new();
    let scopes = Scopes::of(&[Scope::SettingsRead]);
    let draft = ApiKeyDraft { name: "Export".to_owned(), scopes, expires_at: None };
    let made = scene.ask(Who::Admin, WorkspaceRequest::MakeApiKey(draft));
    let Ok(WorkspaceAnswer::ApiKeyMade(made)) = made else { panic!("a key is made") };
    let secret = domain::workspace::ApiKeyText::parse(&made.secret).expect("a key").secret;
    let ask = |scene: &mut Scene| {
        let request = protocol::call::KeyRequest::Plain(WorkspaceRequest::View);
        let call = WorkspaceCall::ByKey { secret, scope: Scope::SettingsRead, request };
        match scene.call(call) {
            Ok(WorkspaceAnswer::ByKey(answer)) => answer.answer.map(drop).map_err(|reject| reject.code),
            _ => panic!("the key is good"),
        }
    };
    assert_eq!(ask(&mut scene), Ok(()));
    assert_eq!(require(&mut scene, Who::Owner, true), None);
    assert_eq!(ask(&mut scene), Err(Code::SecondFactorMissing));
    let call = WorkspaceCall::SecondFactorChanged { agent: Who::Admin.id(), is_on: true };
    scene.call(call).map(drop).expect("taken up");
    assert_eq!(ask(&mut scene), Ok(()));
}

#[test]
fn ws18_who_joins_is_kept_out_until_they_have_one() {
    let mut scene = Scene::new();
    let secret = scene.invite("stranger@example.com", protocol::Role::Agent);
    assert_eq!(require(&mut scene, Who::Owner, true), None);
    let accepted = scene.call(WorkspaceCall::Accept { secret, founder: Who::Stranger.founder() });
    assert_eq!(accepted.err(), None);
    let view = WorkspaceRequest::View;
    assert_eq!(scene.ask(Who::Stranger, view.clone()).err(), Some(Code::SecondFactorMissing));
    assert_eq!(ask_with(&mut scene, Who::Stranger, true, view).err(), None);
}

#[test]
fn ws18_who_did_not_use_the_one_they_have_is_kept_out_too() {
    let mut scene = Scene::new();
    let lead =
        |used_second_factor| Actor { has_second_factor: true, used_second_factor, ..Who::Lead.actor() };
    let ask = |scene: &mut Scene, used, request| scene.call(WorkspaceCall::As { actor: lead(used), request });
    let ticket = scene.ticket_for(lead(false), SocketTarget::Feed).expect("given");
    let unused = scene.open_feed(&ticket);
    assert_eq!(scene.close_code(unused), None);
    assert_eq!(require(&mut scene, Who::Owner, true), None);
    assert_eq!(scene.close_code(unused), Some(CloseCode::Unauthenticated.number()));
    let missing = Some(Code::SecondFactorMissing);
    assert_eq!(ask(&mut scene, false, WorkspaceRequest::View).err(), missing);
    assert_eq!(ask(&mut scene, true, WorkspaceRequest::View).err(), None, "in a session in which they did");
    assert_eq!(ask(&mut scene, false, WorkspaceRequest::RequireSecondFactor(false)).err(), missing);
    assert_eq!(without(&mut scene), Some(1), "the agent, who was never here with one");
}
