//! What the people of a workspace do with its sites, and what the sites' pages are told.

use protocol::call::{Actor, Job, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::SiteConfig;
use protocol::http::site::{IdentityMode, IdentitySecret, SiteSettings, SiteView};
use protocol::http::workspace::AuditChange;
use protocol::{Code, PictureId, Reject, SiteId, SiteKey, SiteKeyId, limits};
use store::{Database as _, Value};

use crate::scene::{Answer, SITE, Scene, WORKSPACE, Who};

const DAYS: u64 = 24 * 3_600_000;

fn settings() -> SiteSettings {
    SiteSettings {
        config: SiteConfig {
            name: "Fern shop".to_owned(),
            accent: "#1f6f5c".to_owned(),
            greeting: "Hello!".to_owned(),
        },
        allowed_origins: vec!["https://shop.example".to_owned()],
        allow_localhost: false,
        identity: IdentityMode::Off,
        look: protocol::http::look::Look::default(),
    }
}

fn view(answer: Answer) -> SiteView {
    match answer {
        Ok(WorkspaceAnswer::SiteView(view)) => *view,
        Ok(_) => panic!("another answer"),
        Err(code) => panic!("{code}"),
    }
}

fn made(scene: &mut Scene) -> SiteView {
    view(scene.ask(Who::Owner, WorkspaceRequest::MakeSite(settings())))
}

/// The good secrets of a key's site, newest first; `None` if the key leads nowhere.
fn look_up(scene: &mut Scene, key: SiteKey) -> Option<(SiteId, Vec<SiteKey>, Vec<IdentitySecret>)> {
    match scene.call(WorkspaceCall::Site { key }) {
        Ok(WorkspaceAnswer::Site { site, keys, identity_secrets, .. }) => {
            Some((site, keys, identity_secrets))
        }
        Ok(_) => panic!("another answer"),
        Err(code) => {
            assert_eq!(code, Code::UnknownSite);
            None
        }
    }
}

fn new_secret(scene: &mut Scene, site: SiteId) -> IdentitySecret {
    match scene.ask(Who::Owner, WorkspaceRequest::RotateIdentitySecret(site)) {
        Ok(WorkspaceAnswer::IdentitySecret(secret)) => secret,
        _ => panic!("a secret is made"),
    }
}

/// What stands in the database of a site's secrets.
fn kept_secrets(scene: &Scene) -> Vec<String> {
    let rows =
        scene.platform.database.run("SELECT secret FROM site_secret ORDER BY created_at, key_id", Vec::new());
    let texts = rows.expect("read").into_iter().flatten().map(|value| match value {
        Value::Text(text) => text,
        other => panic!("{other:?}"),
    });
    texts.collect()
}

#[test]
fn ac12_a_sites_secret_is_in_no_row_as_it_is_and_follows_the_deployments() {
    let mut scene = Scene::new();
    let site = made(&mut scene);
    let key = site.keys[0].key;
    let secret = new_secret(&mut scene, site.id);
    let sealed = kept_secrets(&scene);
    assert!(sealed.len() == 1 && !sealed[0].contains(&secret.secret));
    let good = |scene: &mut Scene| look_up(scene, key).expect("a site").2;
    assert!(good(&mut scene) == [secret.clone()]);
    assert_eq!(kept_secrets(&scene), sealed, "reading writes nothing");

    scene.platform.seal_secrets = (b"two", Some(b"one"));
    assert!(good(&mut scene) == [secret.clone()]);
    assert_ne!(kept_secrets(&scene), sealed, "sealed anew");
    scene.platform.seal_secrets = (b"two", None);
    assert!(good(&mut scene) == [secret.clone()]);
    scene.platform.seal_secrets = (b"three", None);
    assert!(good(&mut scene).is_empty(), "what does not open proves nothing");

    scene.platform.seal_secrets = (b"two", None);
    let plain = vec![Value::Text(secret.secret.clone())];
    scene.platform.database.run("UPDATE site_secret SET secret = ?1", plain).expect("as it was before");
    assert!(good(&mut scene) == [secret.clone()]);
    assert!(!kept_secrets(&scene)[0].contains(&secret.secret), "sealed when it is read");
}

#[test]
fn si2_what_decides_who_may_show_a_site_takes_a_proof_and_its_looks_do_not() {
    let mut scene = Scene::new();
    let site = made(&mut scene).id;
    let stale = Actor { is_proven: false, ..Who::Admin.actor() };
    let mut ask = |request| scene.call(WorkspaceCall::As { actor: stale.clone(), request }).err();
    let looks = SiteSettings {
        config: SiteConfig {
            name: "Ferns".to_owned(),
            accent: "#000000".to_owned(),
            greeting: String::new(),
        },
        ..settings()
    };
    assert_eq!(ask(WorkspaceRequest::SetSite(site, looks.clone())), None);
    let origins = SiteSettings { allowed_origins: Vec::new(), ..looks.clone() };
    let localhost = SiteSettings { allow_localhost: true, ..looks.clone() };
    let identity = SiteSettings { identity: IdentityMode::Required, ..looks };
    for guarded in [
        WorkspaceRequest::MakeSite(settings()),
        WorkspaceRequest::SetSite(site, origins),
        WorkspaceRequest::SetSite(site, localhost),
        WorkspaceRequest::SetSite(site, identity),
        WorkspaceRequest::RemoveSite(site),
        WorkspaceRequest::RotateSiteKey(site),
        WorkspaceRequest::EndOldSiteKeys(site),
        WorkspaceRequest::RotateIdentitySecret(site),
        WorkspaceRequest::EndOldIdentitySecrets(site),
    ] {
        assert_eq!(ask(guarded.clone()), Some(Code::ProofRequired), "{guarded:?}");
    }
}

#[test]
fn si2_who_may_not_manage_sites_changes_nothing_of_one() {
    let mut scene = Scene::new();
    let site = made(&mut scene);
    for who in [Who::Agent, Who::Lead, Who::Removed, Who::Stranger] {
        let hidden = matches!(who, Who::Removed | Who::Stranger);
        let expected = Some(if hidden { Code::NotFound } else { Code::Forbidden });
        for request in [
            WorkspaceRequest::MakeSite(settings()),
            WorkspaceRequest::Site(site.id),
            WorkspaceRequest::SetSite(site.id, settings()),
            WorkspaceRequest::RemoveSite(site.id),
            WorkspaceRequest::RotateSiteKey(site.id),
            WorkspaceRequest::EndOldSiteKeys(site.id),
            WorkspaceRequest::RotateIdentitySecret(site.id),
            WorkspaceRequest::EndOldIdentitySecrets(site.id),
        ] {
            assert_eq!(scene.ask(who, request.clone()).err(), expected, "{who:?} {request:?}");
        }
    }
    assert_eq!(view(scene.ask(Who::Owner, WorkspaceRequest::Site(site.id))), site);
    let absent = SiteId::from_bytes([9; 16]);
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(absent)).err(), Some(Code::NotFound));
}

#[test]
fn si3_an_old_key_leads_to_its_site_for_thirty_days() {
    let mut scene = Scene::new();
    let before = made(&mut scene);
    let old = before.keys[0].key;
    let after = view(scene.ask(Who::Owner, WorkspaceRequest::RotateSiteKey(before.id)));
    let new = after.keys[0].key;
    let ends_at = scene.platform.now.plus(30 * DAYS);
    assert_eq!(
        after.keys.iter().map(|key| (key.key, key.ends_at)).collect::<Vec<_>>(),
        [(new, None), (old, Some(ends_at))]
    );
    assert_eq!(
        scene.newest_change(),
        AuditChange::SiteKeyRotated { name: "Fern shop".to_owned(), until: ends_at }
    );
    scene.platform.now = scene.platform.now.plus(30 * DAYS - 1);
    assert_eq!(look_up(&mut scene, old).map(|found| (found.0, found.1)), Some((before.id, vec![new, old])));
    scene.platform.now = ends_at;
    assert_eq!(look_up(&mut scene, old).map(|found| found.0), None);
    assert_eq!(look_up(&mut scene, new).map(|found| found.0), Some(before.id));
    let unknown = SiteKey { workspace: WORKSPACE, key: SiteKeyId::from_bytes([7; 16]) };
    assert_eq!(look_up(&mut scene, unknown).map(|found| found.0), None);
}

#[test]
fn si3_at_most_five_keys_are_good_and_old_ones_end_on_request() {
    let mut scene = Scene::new();
    let site = made(&mut scene);
    let first = site.keys[0].key;
    for count in 2..=limits::SITE_KEYS {
        scene.platform.now = scene.platform.now.plus(1);
        let view = view(scene.ask(Who::Owner, WorkspaceRequest::RotateSiteKey(site.id)));
        assert_eq!(view.keys.len(), count);
    }
    assert!(look_up(&mut scene, first).is_some());
    scene.platform.now = scene.platform.now.plus(1);
    let full = view(scene.ask(Who::Owner, WorkspaceRequest::RotateSiteKey(site.id)));
    assert_eq!(full.keys.len(), limits::SITE_KEYS);
    assert!(look_up(&mut scene, first).is_none(), "the oldest made room");
    let one = view(scene.ask(Who::Owner, WorkspaceRequest::EndOldSiteKeys(site.id)));
    assert_eq!(one.keys, full.keys[..1]);
    assert!(look_up(&mut scene, full.keys[1].key).is_none());
    assert_eq!(scene.newest_change(), AuditChange::SiteKeysEnded { name: "Fern shop".to_owned() });
}

#[test]
fn id3_two_secrets_are_good_at_a_time_for_thirty_days_or_until_they_are_ended() {
    let mut scene = Scene::new();
    let site = made(&mut scene);
    let key = site.keys[0].key;
    let good = |scene: &mut Scene| {
        let (_, _, secrets) = look_up(scene, key).expect("the site is there");
        secrets.into_iter().map(|secret| secret.secret).collect::<Vec<_>>()
    };
    assert!(good(&mut scene).is_empty());
    let first = new_secret(&mut scene, site.id).secret;
    scene.platform.now = scene.platform.now.plus(1);
    let second = new_secret(&mut scene, site.id).secret;
    assert_eq!(good(&mut scene), [second.clone(), first]);
    scene.platform.now = scene.platform.now.plus(1);
    let third = new_secret(&mut scene, site.id).secret;
    assert_eq!(good(&mut scene), [third.clone(), second.clone()], "two at a time");
    let rotated_at = scene.platform.now;
    scene.platform.now = rotated_at.plus(30 * DAYS - 1);
    assert_eq!(good(&mut scene), [third.clone(), second]);
    scene.platform.now = rotated_at.plus(30 * DAYS);
    assert_eq!(good(&mut scene), [third]);
    let fourth = new_secret(&mut scene, site.id).secret;
    let view = view(scene.ask(Who::Owner, WorkspaceRequest::EndOldIdentitySecrets(site.id)));
    assert_eq!(view.identity_secrets.len(), 1);
    assert_eq!(good(&mut scene), [fourth]);
    assert_eq!(scene.newest_change(), AuditChange::IdentitySecretsEnded { name: "Fern shop".to_owned() });
}

#[test]
fn si4_changes_of_sites_are_told_with_the_fields_that_changed() {
    let mut scene = Scene::new();
    let site = made(&mut scene).id;
    let name = "Fern shop".to_owned();
    assert_eq!(scene.newest_change(), AuditChange::SiteMade { name: name.clone() });
    let lines = scene.audit().len();
    let same = scene.ask(Who::Owner, WorkspaceRequest::SetSite(site, settings()));
    assert_eq!(view(same).settings, settings());
    assert_eq!(scene.audit().len(), lines, "nothing changed");
    let changed = SiteSettings { allow_localhost: true, identity: IdentityMode::Optional, ..settings() };
    view(scene.ask(Who::Admin, WorkspaceRequest::SetSite(site, changed)));
    let fields = vec!["allow_localhost".to_owned(), "identity".to_owned()];
    assert_eq!(scene.newest_change(), AuditChange::SiteChanged { name, fields });
}

#[test]
fn si5_a_removed_site_has_no_key_and_its_workspace_goes_on() {
    let mut scene = Scene::new();
    let site = made(&mut scene);
    new_secret(&mut scene, site.id);
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::RemoveSite(site.id)).err(), None);
    assert!(look_up(&mut scene, site.keys[0].key).is_none());
    assert_eq!(scene.newest_change(), AuditChange::SiteRemoved { name: "Fern shop".to_owned() });
    let Ok(WorkspaceAnswer::Sites(list)) = scene.ask(Who::Agent, WorkspaceRequest::Sites) else {
        panic!("agents see the sites");
    };
    assert_eq!(list.sites.iter().map(|site| site.id).collect::<Vec<_>>(), [SITE]);
}

#[test]
fn si7_a_workspace_has_ten_pages_checked_a_minute() {
    let mut scene = Scene::new();
    let other = made(&mut scene).id;
    let check = |scene: &mut Scene, who: Who, site: SiteId| {
        let call = WorkspaceCall::As { actor: who.actor(), request: WorkspaceRequest::CheckSite(site) };
        scene.object.answer(&mut scene.platform, call).map(drop).err()
    };
    for number in 0..5 {
        scene.platform.now = scene.platform.now.plus(1_000);
        assert_eq!(check(&mut scene, Who::Owner, SITE), None, "{number}");
        assert_eq!(check(&mut scene, Who::Admin, other), None, "{number}");
    }
    scene.evict();
    let refused = Some(Reject { code: Code::RateLimited, retry_after: Some(56_000) });
    assert_eq!(check(&mut scene, Who::Owner, SITE), refused);
    assert_eq!(check(&mut scene, Who::Agent, SITE), Some(Code::Forbidden.into()), "they may not at all");
    let absent = SiteId::from_bytes([9; 16]);
    assert_eq!(check(&mut scene, Who::Owner, absent), Some(Code::NotFound.into()), "nothing is asked there");
    scene.platform.now = scene.platform.now.plus(56_000);
    let two = [SITE, other].map(|site| check(&mut scene, Who::Owner, site));
    assert_eq!(two, [None; 2], "two are a minute old");
    assert!(check(&mut scene, Who::Owner, SITE).is_some());
}

/// What is owed for the logos of sites.
fn tidied_logos(scene: &mut Scene) -> Vec<(SiteId, Option<PictureId>)> {
    let jobs = scene.jobs().into_iter();
    jobs.filter_map(|job| if let Job::TidyLogos(site, shown) = job { Some((site, shown)) } else { None })
        .collect()
}

#[test]
fn lk7_a_logo_that_gives_way_and_those_of_a_removed_site_are_owed_their_end() {
    let mut scene = Scene::new();
    let site = made(&mut scene).id;
    let with = |logo: Option<PictureId>, name: &str| {
        let mut settings = settings();
        settings.look.logo = logo;
        name.clone_into(&mut settings.config.name);
        WorkspaceRequest::SetSite(site, settings)
    };
    let logo = Some(PictureId::from_bytes([1; 16]));
    let mut ask = |request| {
        assert_eq!(scene.ask(Who::Owner, request).err(), None);
        tidied_logos(&mut scene)
    };
    assert_eq!(ask(with(logo, "Ferns")), [(site, logo)]);
    assert_eq!(ask(with(logo, "More ferns")), [], "it stays");
    assert_eq!(ask(with(None, "More ferns")), [(site, None)]);
    assert_eq!(ask(WorkspaceRequest::RemoveSite(site)), [(site, None)]);
}
