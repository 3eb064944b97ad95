//! What is mailed to whoever may read the audit log, since the safety of the workspace rests on it.

use protocol::call::{Actor, KeyRequest, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::api_key::ApiKeyDraft;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::http::workspace::RoleDraft;
use protocol::mail::{GuardedChange, Language, Letter};
use protocol::{Permission, Permissions, Role, Scope, Scopes};

use crate::scene::{SITE, Scene, Who, founding, mail_of};

/// Who is mailed about which changes, and by whom they were made.
fn warned(scene: &mut Scene) -> Vec<(String, GuardedChange, String)> {
    let jobs = scene.jobs();
    let mails = jobs.iter().filter_map(mail_of);
    let warnings = mails.filter_map(|mail| match &mail.letter {
        Letter::GuardedChange { what, by, at } => {
            assert_eq!((*at, mail.language), (scene.platform.now, Language::De));
            Some((mail.to.clone(), *what, by.clone()))
        }
        _ => None,
    });
    warnings.collect()
}

fn settings() -> SiteSettings {
    founding().site.expect("a site").settings
}

fn key() -> ApiKeyDraft {
    ApiKeyDraft { name: "Export".to_owned(), scopes: Scopes::of(&[Scope::SettingsWrite]), expires_at: None }
}

#[test]
fn ws50_what_safety_rests_on_is_mailed_to_whoever_reads_the_audit_log() {
    use WorkspaceRequest as Request;
    let shown = |origin: &str| SiteSettings { allowed_origins: vec![origin.to_owned()], ..settings() };
    let proven = || SiteSettings { identity: IdentityMode::Required, ..settings() };
    let mut greeting = settings();
    greeting.config.greeting = "Hello!".to_owned();
    let invite = |role| Request::Invite { email: "new@example.com".to_owned(), role, language: Language::De };
    let reading =
        RoleDraft { name: "Lead".to_owned(), permissions: Permissions::of(&[Permission::ReadConversations]) };
    let lead = Scene::new().lead;
    let cases = [
        (Request::Transfer(Who::Admin.id()), Some(GuardedChange::Owner)),
        (Request::SetRole(Who::Agent.id(), Role::Admin), Some(GuardedChange::Rights)),
        (Request::SetRole(Who::Admin.id(), Role::Agent), Some(GuardedChange::Rights)),
        (Request::RedrawRole(lead, reading.clone()), Some(GuardedChange::Rights)),
        (invite(Role::Admin), Some(GuardedChange::Rights)),
        (invite(Role::Agent), None),
        (Request::MakeApiKey(key()), Some(GuardedChange::ApiKey)),
        (Request::SetSite(SITE, shown("https://shop.example")), Some(GuardedChange::Site)),
        (Request::SetSite(SITE, proven()), Some(GuardedChange::Identity)),
        (Request::SetSite(SITE, greeting), None),
        (Request::RemoveSite(SITE), Some(GuardedChange::Site)),
        (Request::RotateSiteKey(SITE), Some(GuardedChange::Site)),
        (Request::EndOldSiteKeys(SITE), Some(GuardedChange::Site)),
        (Request::RotateIdentitySecret(SITE), Some(GuardedChange::Identity)),
        (Request::EndOldIdentitySecrets(SITE), Some(GuardedChange::Identity)),
        (Request::SetRetention(Some(90)), Some(GuardedChange::Retention)),
        (Request::MakeRole(RoleDraft { name: "Small".to_owned(), ..reading }), None),
        (Request::SetName("Other".to_owned()), None),
        (Request::Remove(Who::Agent.id()), None),
    ];
    for (request, expected) in cases {
        let mut scene = Scene::new();
        scene.platform.alarm = None;
        scene.ask(Who::Owner, request.clone()).map(drop).expect("done");
        if expected.is_some() {
            assert_eq!(scene.platform.alarm, Some(scene.platform.now), "{request:?}: mailed at once");
        }
        let told = |who: Who| expected.map(|what| (who.email(), what, Who::Owner.email()));
        let everybody: Vec<_> = [Who::Owner, Who::Admin].into_iter().filter_map(told).collect();
        let mut warned = warned(&mut scene);
        warned.sort_by(|one, other| other.0.cmp(&one.0));
        assert_eq!(warned, everybody, "{request:?}");
    }
}

#[test]
fn ws50_whether_everybody_needs_a_second_factor_is_mailed_both_ways() {
    let mut scene = Scene::new();
    let actor = || Actor { has_second_factor: true, ..Who::Owner.actor() };
    for is_required in [true, false] {
        let request = WorkspaceRequest::RequireSecondFactor(is_required);
        scene.call(WorkspaceCall::As { actor: actor(), request: request.clone() }).map(drop).expect("done");
        assert_eq!(warned(&mut scene).len(), 2, "{is_required}");
        scene.call(WorkspaceCall::As { actor: actor(), request }).map(drop).expect("done");
        assert_eq!(warned(&mut scene), [], "nothing changed");
    }
}

#[test]
fn ws50_what_is_refused_is_mailed_to_nobody() {
    let mut scene = Scene::new();
    let attempt = WorkspaceRequest::SetRole(Who::Agent.id(), Role::Admin);
    assert!(scene.ask(Who::Agent, attempt.clone()).is_err());
    let mut actor = Who::Owner.actor();
    actor.is_proven = false;
    assert!(scene.call(WorkspaceCall::As { actor, request: attempt }).is_err());
    assert_eq!(warned(&mut scene), []);
}

#[test]
fn ws50_what_a_key_does_is_mailed_in_its_makers_name() {
    let mut scene = Scene::new();
    let made = scene.ask(Who::Admin, WorkspaceRequest::MakeApiKey(key()));
    let Ok(WorkspaceAnswer::ApiKeyMade(made)) = made else { panic!("a key is made") };
    let secret = domain::workspace::ApiKeyText::parse(&made.secret).expect("the text of a key").secret;
    assert_eq!(warned(&mut scene).len(), 2);
    let change = WorkspaceRequest::SetSite(SITE, SiteSettings { allow_localhost: false, ..settings() });
    let request = KeyRequest::Plain(change);
    scene
        .call(WorkspaceCall::ByKey { secret, scope: Scope::SettingsWrite, request })
        .map(drop)
        .expect("done");
    let by: Vec<_> = warned(&mut scene).into_iter().map(|(_, what, by)| (what, by)).collect();
    assert_eq!(by, vec![(GuardedChange::Site, Who::Admin.email()); 2]);
}
