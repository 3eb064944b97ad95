//! Keys of the REST API: made and ended by people, used by whoever has one.

use domain::workspace::ApiKeyText;
use protocol::call::{
    Actor, KeyAnswer, KeyReply, KeyRequest, Quota, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::api_key::{ApiKeyDraft, ApiKeyList, ApiKeyView};
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::http::workspace::{AuditChange, RoleDraft};
use protocol::mail::Language;
use protocol::{
    AgentId, ApiKeyId, Code, ConversationId, InvitationId, Permission, Permissions, Reject, ReportQuery,
    Role, Scope, Scopes, SocketTarget, Timestamp,
};
use store::Database as _;

use crate::scene::{SITE, Scene, WORKSPACE, Who, founding};

const DAY: u64 = 24 * 3_600_000;

fn draft(scopes: &[Scope]) -> ApiKeyDraft {
    ApiKeyDraft { name: "Export".to_owned(), scopes: Scopes::of(scopes), expires_at: None }
}

/// Makes a key, and returns its secret and how it is shown.
fn make(scene: &mut Scene, who: Who, draft: ApiKeyDraft) -> ([u8; 32], ApiKeyView) {
    let answer = scene.ask(who, WorkspaceRequest::MakeApiKey(draft));
    let Ok(WorkspaceAnswer::ApiKeyMade(made)) = answer else { panic!("{who:?} makes a key") };
    let Some(text) = ApiKeyText::parse(&made.secret) else { panic!("it has the form of a key") };
    assert_eq!(text.workspace, WORKSPACE);
    (text.secret, made.key)
}

fn list(scene: &mut Scene) -> Vec<ApiKeyView> {
    match scene.ask(Who::Owner, WorkspaceRequest::ApiKeys) {
        Ok(WorkspaceAnswer::ApiKeys(ApiKeyList { keys })) => keys,
        _ => panic!("the owner sees the keys"),
    }
}

/// What a key is answered; an error if it is none that is good.
fn try_key(
    scene: &mut Scene,
    secret: [u8; 32],
    scope: Scope,
    request: KeyRequest,
) -> Result<KeyAnswer, Code> {
    match scene.call(WorkspaceCall::ByKey { secret, scope, request })? {
        WorkspaceAnswer::ByKey(answer) => Ok(*answer),
        _ => panic!("another answer"),
    }
}

/// What was refused to a key that is good, if anything was.
fn refusal(scene: &mut Scene, secret: [u8; 32], scope: Scope, request: KeyRequest) -> Option<Code> {
    let answer = try_key(scene, secret, scope, request);
    answer.map_or_else(|code| panic!("{code}"), |answer| answer.answer.err().map(|reject| reject.code))
}

fn view() -> KeyRequest {
    KeyRequest::Plain(WorkspaceRequest::View)
}

/// Whether a key is good at all.
fn is_good(scene: &mut Scene, secret: [u8; 32]) -> bool {
    match try_key(scene, secret, Scope::SettingsRead, view()) {
        Ok(_) => true,
        Err(code) => {
            assert_eq!(code, Code::Unauthenticated);
            false
        }
    }
}

/// In whose name a key acts, and what it may do.
fn acting(scene: &mut Scene, secret: [u8; 32], scope: Scope) -> (AgentId, Permissions) {
    match try_key(scene, secret, scope, KeyRequest::Act).map(|answer| answer.answer) {
        Ok(Ok(KeyReply::Acting { agent, permissions })) => (agent.id, permissions),
        _ => panic!("it may act"),
    }
}

#[test]
fn ak1_a_key_is_told_once_and_only_its_digest_is_kept() {
    let mut scene = Scene::new();
    let (secret, key) = make(&mut scene, Who::Admin, draft(&[Scope::SettingsRead]));
    let text = ApiKeyText { workspace: WORKSPACE, secret }.to_text();
    assert!(text.ends_with(&key.hint) && key.hint.len() == 4);
    assert_eq!((key.made_by.id, key.made_at, key.last_used_at), (Who::Admin.id(), scene.platform.now, None));
    assert_eq!(list(&mut scene), std::slice::from_ref(&key));
    assert_eq!(scene.newest_change(), AuditChange::ApiKeyMade { name: "Export".to_owned() });
    let answer = try_key(&mut scene, secret, Scope::SettingsRead, view()).expect("it is good");
    assert_eq!((answer.key, answer.answer.is_ok()), (key.id, true));

    let run = |sql: &str| scene.platform.database.run(sql, Vec::new()).expect("read");
    for row in run("SELECT name FROM sqlite_master WHERE type = 'table'") {
        let [store::Value::Text(table)] = row.as_slice() else { panic!("a name") };
        for value in run(&format!("SELECT * FROM {table}")).into_iter().flatten() {
            match value {
                store::Value::Text(stored) => assert!(!stored.contains(&text[40..]), "{table}"),
                store::Value::Blob(stored) => {
                    assert!(!stored.windows(32).any(|bytes| bytes == secret), "{table}");
                }
                store::Value::Integer(_) | store::Value::Null => {}
            }
        }
    }
}

#[test]
fn ak4_what_is_no_good_key_is_the_same_as_no_workspace() {
    let mut scene = Scene::new();
    let until = Some(scene.platform.now.plus(1_000));
    let (expiring, _) =
        make(&mut scene, Who::Owner, ApiKeyDraft { expires_at: until, ..draft(&[Scope::SettingsRead]) });
    let (revoked, key) = make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
    assert!(is_good(&mut scene, expiring) && is_good(&mut scene, revoked));

    scene.ask(Who::Admin, WorkspaceRequest::RevokeApiKey(key.id)).map(drop).expect("revoked");
    assert_eq!(scene.newest_change(), AuditChange::ApiKeyRevoked { name: "Export".to_owned() });
    let again = scene.ask(Who::Admin, WorkspaceRequest::RevokeApiKey(key.id));
    assert_eq!(again.err(), Some(Code::NotFound));
    scene.platform.now = scene.platform.now.plus(1_000);
    assert_eq!(list(&mut scene).len(), 1, "one that has expired is shown");

    for mut scene in [scene, Scene::founded(), Scene::absent()] {
        for secret in [expiring, revoked, [0; 32]] {
            assert!(!is_good(&mut scene, secret));
        }
    }
}

#[test]
fn ak4_a_key_ends_with_its_maker_and_with_the_workspace() {
    let mut scene = Scene::new();
    let (of_admin, _) = make(&mut scene, Who::Admin, draft(&[Scope::SettingsRead]));
    let (of_owner, _) = make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Admin.id())).map(drop).expect("removed");
    assert!(!is_good(&mut scene, of_admin) && is_good(&mut scene, of_owner));
    assert_eq!(list(&mut scene).len(), 1);
    let line = scene.audit().swap_remove(0);
    assert_eq!((line.actor, line.change), (None, AuditChange::ApiKeyRevoked { name: "Export".to_owned() }));

    scene.ask(Who::Owner, WorkspaceRequest::BeginDeletion).map(drop).expect("begun");
    scene.platform.now = scene.platform.now.plus(14 * DAY);
    assert!(is_good(&mut scene, of_owner), "until the alarm");
    scene.object.rang(&mut scene.platform).expect("deleted");
    assert!(!is_good(&mut scene, of_owner));
}

#[test]
fn ak2_a_key_does_no_more_than_its_maker_may_at_that_moment() {
    let mut scene = Scene::new();
    let (secret, _) = make(&mut scene, Who::Admin, draft(&Scope::ALL));
    let settings = [
        Permission::ManageSites,
        Permission::ManageWorkspace,
        Permission::ManagePeople,
        Permission::ReadReports,
    ];
    // No scope holds the right to private chats.
    let agent = Role::Agent.built_in_permissions().expect("built in").set(Permission::ChatPrivately, false);
    let all = agent.with(Permissions::of(&settings));
    assert_eq!(acting(&mut scene, secret, Scope::ConversationsWrite), (Who::Admin.id(), all));

    scene
        .ask(Who::Owner, WorkspaceRequest::SetRole(Who::Admin.id(), Role::Agent))
        .map(drop)
        .expect("changed");
    assert_eq!(acting(&mut scene, secret, Scope::ConversationsWrite), (Who::Admin.id(), agent));
    let rename = KeyRequest::Plain(WorkspaceRequest::SetName("Ferns".to_owned()));
    assert_eq!(refusal(&mut scene, secret, Scope::SettingsWrite, rename.clone()), Some(Code::Forbidden));
    let line = scene.audit().swap_remove(0);
    assert_eq!(line.change, AuditChange::Refused { action: "set_name".to_owned() });
    assert_eq!(
        (line.actor.map(|agent| agent.id), line.key),
        (Some(Who::Admin.id()), Some("Export".to_owned()))
    );

    scene
        .ask(Who::Owner, WorkspaceRequest::SetRole(Who::Admin.id(), Role::Admin))
        .map(drop)
        .expect("changed");
    assert_eq!(refusal(&mut scene, secret, Scope::SettingsWrite, rename), None);
    let line = scene.audit().swap_remove(0);
    assert_eq!(
        (line.change, line.key),
        (AuditChange::Named { name: "Ferns".to_owned() }, Some("Export".to_owned()))
    );
}

#[test]
fn ak3_nobody_makes_a_key_that_may_do_more_than_they() {
    let mut scene = Scene::new();
    let permissions = [Permission::ManageApiKeys, Permission::ReadConversations, Permission::ManageRoles];
    let role = RoleDraft { name: "Lead".to_owned(), permissions: Permissions::of(&permissions) };
    scene.ask(Who::Owner, WorkspaceRequest::RedrawRole(scene.lead, role)).map(drop).expect("redrawn");
    make(&mut scene, Who::Lead, draft(&[Scope::ConversationsRead]));
    let lines = scene.audit().len();
    for scopes in [&[Scope::ConversationsWrite], &[Scope::SettingsWrite]] {
        let attempt = scene.ask(Who::Lead, WorkspaceRequest::MakeApiKey(draft(scopes)));
        assert_eq!(attempt.err(), Some(Code::Forbidden), "{scopes:?}");
    }
    assert_eq!(list(&mut scene).len(), 1);
    assert_eq!(scene.newest_change(), AuditChange::Refused { action: "make_api_key".to_owned() });
    assert_eq!(scene.audit().len(), lines + 1);
}

#[test]
fn ak3_a_workspace_has_fifty_keys() {
    let mut scene = Scene::new();
    for _ in 0..50 {
        make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
    }
    let one_more = scene.ask(Who::Owner, WorkspaceRequest::MakeApiKey(draft(&[Scope::SettingsRead])));
    assert_eq!(one_more.err(), Some(Code::TooLarge));
    let newest = list(&mut scene)[0].id;
    scene.ask(Who::Owner, WorkspaceRequest::RevokeApiKey(newest)).map(drop).expect("revoked");
    make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
}

/// Every request that people make, with the scope that a key needs for it; `None` where no key is enough.
fn requests(scene: &Scene) -> Vec<(WorkspaceRequest, Option<Scope>)> {
    use WorkspaceRequest as Request;
    let mut settings = founding().site.expect("a site").settings;
    settings.config.accent = "#1f6f5c".to_owned();
    let guarded = SiteSettings { identity: IdentityMode::Optional, ..settings.clone() };
    let role = RoleDraft { name: "New".to_owned(), permissions: Permissions::NONE };
    let (email, language) = ("new@example.com".to_owned(), Language::En);
    let (read, write) = (Some(Scope::SettingsRead), Some(Scope::SettingsWrite));
    let people = Some(Scope::AgentsWrite);
    let report = ReportQuery {
        since: Timestamp(1),
        until: Timestamp(2),
        site: None,
        agent: None,
        label: None,
        clock: Vec::new(),
        team: None,
    };
    vec![
        (Request::View, read),
        (Request::People, read),
        (Request::Sites, read),
        (Request::SetName("Ferns".to_owned()), write),
        (Request::MakeSite(settings), write),
        (Request::SetSite(SITE, guarded), write),
        (Request::RotateSiteKey(SITE), write),
        (Request::RemoveSite(SITE), write),
        (Request::Report(Box::new(report)), Some(Scope::ReportsRead)),
        (Request::Site(SITE), None),
        (Request::RotateIdentitySecret(SITE), None),
        (Request::EndOldSiteKeys(SITE), None),
        (Request::EndOldIdentitySecrets(SITE), None),
        (Request::Ticket(SocketTarget::Feed), None),
        (Request::Ticket(SocketTarget::Conversation(ConversationId::from_bytes([9; 32]))), None),
        (Request::Invite { email, role: Role::Agent, language }, None),
        (Request::RevokeInvitation(InvitationId::from_bytes([1; 16])), None),
        // No key can do as much as an admin.
        (Request::SetRole(Who::Agent.id(), Role::Admin), None),
        (Request::Remove(Who::Owner.id()), None),
        (Request::Remove(Who::Admin.id()), people),
        (Request::Transfer(Who::Agent.id()), None),
        (Request::MakeRole(role.clone()), None),
        (Request::RedrawRole(scene.lead, role), None),
        (Request::RemoveRole(scene.lead), None),
        (Request::BeginDeletion, None),
        (Request::StopDeletion, None),
        (Request::Audit(None), None),
        (Request::ApiKeys, None),
        (Request::MakeApiKey(draft(&[Scope::SettingsRead])), None),
        (Request::RevokeApiKey(ApiKeyId::from_bytes([1; 16])), None),
    ]
}

#[test]
fn ak5_a_key_asks_what_its_scope_names_and_people_alone_the_rest() {
    let count = requests(&Scene::new()).len();
    for index in 0..count {
        for claimed in Scope::ALL {
            for held in [Scopes::of(&[claimed]), Scopes::all(), Scopes::all().set(claimed, false)] {
                let mut scene = Scene::new();
                let (request, needed) = requests(&scene).swap_remove(index);
                let all = ApiKeyDraft { scopes: held, ..draft(&[]) };
                let (secret, _) = make(&mut scene, Who::Admin, all);
                let refused = refusal(&mut scene, secret, claimed, KeyRequest::Plain(request.clone()));
                let may = held.contains(claimed) && needed == Some(claimed);
                let expected = if may { None } else { Some(Code::Forbidden) };
                assert_eq!(refused, expected, "{request:?} as {claimed:?} with {held:?}");
            }
        }
    }
}

#[test]
fn ak5_acting_needs_the_scope_that_is_acted_under() {
    let mut scene = Scene::new();
    let (secret, _) = make(&mut scene, Who::Owner, draft(&[Scope::ConversationsRead]));
    let read = Permissions::of(&[Permission::ReadConversations]);
    assert_eq!(acting(&mut scene, secret, Scope::ConversationsRead).1, read);
    let refused = refusal(&mut scene, secret, Scope::ConversationsWrite, KeyRequest::Act);
    assert_eq!(refused, Some(Code::Forbidden));
}

#[test]
fn ak6_a_key_has_its_quota_and_an_eviction_gives_no_more() {
    let mut scene = Scene::new();
    let (secret, _) = make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
    let (other, _) = make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
    let ask = |scene: &mut Scene, secret| {
        let answer = try_key(scene, secret, Scope::SettingsRead, view()).expect("it is good");
        (answer.quota, answer.answer.map(drop))
    };
    for left in (0..600).rev() {
        let (quota, answer) = ask(&mut scene, secret);
        assert_eq!((quota.remaining, answer), (left, Ok(())));
    }
    let limited = Err(Reject { code: Code::RateLimited, retry_after: Some(100) });
    assert_eq!(ask(&mut scene, secret), (Quota { limit: 600, remaining: 0, reset_ms: 60_000 }, limited));
    assert_eq!(ask(&mut scene, other).0.remaining, 599, "each has its own");

    scene.evict();
    scene.platform.now = scene.platform.now.plus(10_000);
    let (quota, _) = ask(&mut scene, secret);
    assert!(quota.remaining <= 99, "{quota:?}");
    scene.platform.now = scene.platform.now.plus(60_000);
    assert_eq!(ask(&mut scene, secret).0.remaining, 599);
}

#[test]
fn ak8_the_last_use_is_shown_by_the_day() {
    let mut scene = Scene::new();
    let (secret, _) = make(&mut scene, Who::Owner, draft(&[Scope::ConversationsRead]));
    let midnight = |now: Timestamp| Timestamp(now.0 - now.0 % i64::try_from(DAY).expect("small"));
    for _ in 0..3 {
        let refused = refusal(&mut scene, secret, Scope::SettingsRead, view());
        assert_eq!(refused, Some(Code::Forbidden), "a use nevertheless");
        assert_eq!(list(&mut scene)[0].last_used_at, Some(midnight(scene.platform.now)));
        scene.platform.now = scene.platform.now.plus(DAY / 2);
    }
}

#[test]
fn ak7_making_a_key_takes_a_proof_and_ending_one_does_not() {
    let mut scene = Scene::new();
    let (_, key) = make(&mut scene, Who::Owner, draft(&[Scope::SettingsRead]));
    let stale = Actor { is_proven: false, ..Who::Owner.actor() };
    let mut ask = |request| scene.call(WorkspaceCall::As { actor: stale.clone(), request }).err();
    let make = WorkspaceRequest::MakeApiKey(draft(&[Scope::SettingsRead]));
    assert_eq!(ask(make), Some(Code::ProofRequired));
    assert_eq!(ask(WorkspaceRequest::ApiKeys), None);
    assert_eq!(ask(WorkspaceRequest::RevokeApiKey(key.id)), None);
}
