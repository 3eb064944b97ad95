//! What only programs ask of a workspace: changes of what was seen, things done once, lists by filters.

use domain::workspace::ApiKeyText;
use domain::{entity_tag, tag_of_workspace};
use protocol::call::{
    ContactsWanted, ConversationsWanted, KeyReply, KeyRequest, WorkspaceAnswer, WorkspaceCall,
    WorkspaceRequest,
};
use protocol::http::api_key::ApiKeyDraft;
use protocol::http::site::{SiteChange, SiteView};
use protocol::http::workspace::RoleDraft;
use protocol::{
    AgentId, Code, EntityTag, Permission, Permissions, Role, RoleId, Scope, Scopes, SiteId, VisitorId,
};

use crate::scene::{SITE, Scene, Who};

/// A key for everything, of an admin.
fn key(scene: &mut Scene, who: Who) -> [u8; 32] {
    let draft = ApiKeyDraft { name: "Program".to_owned(), scopes: Scopes::all(), expires_at: None };
    match scene.ask(who, WorkspaceRequest::MakeApiKey(draft)) {
        Ok(WorkspaceAnswer::ApiKeyMade(made)) => ApiKeyText::parse(&made.secret).expect("a key").secret,
        _ => panic!("{who:?} makes a key"),
    }
}

fn ask(scene: &mut Scene, secret: [u8; 32], scope: Scope, request: KeyRequest) -> Result<KeyReply, Code> {
    match scene.call(WorkspaceCall::ByKey { secret, scope, request }) {
        Ok(WorkspaceAnswer::ByKey(answer)) => answer.answer.map_err(|reject| reject.code),
        _ => panic!("the key is good"),
    }
}

fn set_name(name: &str, expected: Option<Vec<EntityTag>>) -> KeyRequest {
    KeyRequest::SetName { name: name.to_owned(), expected }
}

fn change_site(site: SiteId, expected: Option<Vec<EntityTag>>) -> KeyRequest {
    let change = SiteChange { greeting: Some("Good morning!".to_owned()), ..SiteChange::default() };
    KeyRequest::ChangeSite { site, change, expected }
}

fn sites(scene: &mut Scene, secret: [u8; 32]) -> Vec<SiteView> {
    let request = KeyRequest::Plain(WorkspaceRequest::Sites);
    match ask(scene, secret, Scope::SettingsRead, request) {
        Ok(KeyReply::Sites(list)) => list.sites,
        other => panic!("{other:?}"),
    }
}

const fn everything() -> ConversationsWanted {
    ConversationsWanted { after: None, newest_first: true, limit: 9, status: None, site: None, visitor: None }
}

#[test]
fn ra8_a_change_is_made_to_the_version_that_was_seen_in_the_turn_in_which_it_is_compared() {
    let mut scene = Scene::new();
    let secret = key(&mut scene, Who::Admin);
    let tag = tag_of_workspace(&scene.view(Who::Admin));
    let write = Scope::SettingsWrite;
    let named = ask(&mut scene, secret, write, set_name("Fern", Some(vec![tag])));
    assert!(matches!(named, Ok(KeyReply::View(view)) if view.name == "Fern"));
    let late = ask(&mut scene, secret, write, set_name("Wood", Some(vec![tag])));
    assert!(matches!(late, Ok(KeyReply::Unexpected)));
    assert_eq!(scene.view(Who::Owner).name, "Fern");
    let any = ask(&mut scene, secret, write, set_name("Wood", None));
    assert!(matches!(any, Ok(KeyReply::View(view)) if view.name == "Wood"));

    let before = sites(&mut scene, secret).remove(0);
    let tag = entity_tag(&before);
    let changed = ask(&mut scene, secret, write, change_site(SITE, Some(vec![tag])));
    let Ok(KeyReply::Site(after)) = changed else { panic!("{changed:?}") };
    assert_eq!(after.settings.config.greeting, "Good morning!");
    assert_eq!(after.settings.config.name, before.settings.config.name, "what is not named stays");
    let late = ask(&mut scene, secret, write, change_site(SITE, Some(vec![tag])));
    assert!(matches!(late, Ok(KeyReply::Unexpected)));
    let absent = ask(&mut scene, secret, write, change_site(SiteId::from_bytes([0x55; 16]), None));
    assert_eq!(absent.err(), Some(Code::NotFound));
}

#[test]
fn ra8_who_may_not_change_something_does_not_learn_whether_it_has_changed() {
    let mut scene = Scene::new();
    let secret = key(&mut scene, Who::Admin);
    let demoted = scene.ask(Who::Owner, WorkspaceRequest::SetRole(Who::Admin.id(), Role::Agent));
    assert_eq!(demoted.err(), None);
    let wrong = Some(vec![EntityTag::from_bytes([0; 16])]);
    for expected in [None, wrong] {
        let refused = ask(&mut scene, secret, Scope::SettingsWrite, set_name("Mine", expected));
        assert_eq!(refused.err(), Some(Code::Forbidden));
    }
    let refused = ask(&mut scene, secret, Scope::SettingsWrite, change_site(SITE, None));
    assert_eq!(refused.err(), Some(Code::Forbidden));
    let name = [1; 32];
    let once = KeyRequest::Once { name, request: WorkspaceRequest::RotateSiteKey(SITE) };
    let refused = ask(&mut scene, secret, Scope::SettingsWrite, once);
    assert_eq!(refused.err(), Some(Code::Forbidden));
}

#[test]
fn ra7_what_is_asked_under_one_name_is_done_once_and_forgotten_after_a_day() {
    let mut scene = Scene::new();
    let secret = key(&mut scene, Who::Admin);
    let once = |request| KeyRequest::Once { name: [1; 32], request };
    let rotate = || once(WorkspaceRequest::RotateSiteKey(SITE));
    let write = Scope::SettingsWrite;
    let first = ask(&mut scene, secret, write, rotate());
    let Ok(KeyReply::Site(site)) = first else { panic!("{first:?}") };
    assert_eq!(site.keys.len(), 2);
    for _ in 0..2 {
        scene.evict();
        let again = ask(&mut scene, secret, write, rotate());
        assert!(matches!(again, Ok(KeyReply::SiteAgain(again)) if again == site));
    }
    assert_eq!(sites(&mut scene, secret)[0].keys.len(), 2);
    let other =
        ask(&mut scene, secret, write, once(WorkspaceRequest::RotateSiteKey(SiteId::from_bytes([9; 16]))));
    assert_eq!(other.err(), Some(Code::IdempotencyConflict));
    let another = key(&mut scene, Who::Owner);
    assert!(matches!(ask(&mut scene, another, write, rotate()), Ok(KeyReply::Site(_))), "a name of its own");
    scene.platform.now = scene.platform.now.plus(protocol::limits::IDEMPOTENCY_MS);
    assert!(matches!(ask(&mut scene, secret, write, rotate()), Ok(KeyReply::Site(_))));

    let name = [2; 32];
    let absent = WorkspaceRequest::RotateSiteKey(SiteId::from_bytes([9; 16]));
    let refused = ask(&mut scene, secret, write, KeyRequest::Once { name, request: absent });
    assert_eq!(refused.err(), Some(Code::NotFound));
    let request = WorkspaceRequest::RotateSiteKey(SITE);
    let free = ask(&mut scene, secret, write, KeyRequest::Once { name, request });
    assert!(matches!(free, Ok(KeyReply::Site(_))), "what is refused uses no name up");
}

#[test]
fn ra4_lists_are_of_who_may_read_conversations() {
    let mut scene = Scene::new();
    scene.tell_digest();
    let secret = key(&mut scene, Who::Admin);
    let visitor = VisitorId::from_bytes([1; 16]);
    let of = |visitor| KeyRequest::ConversationsOf(ConversationsWanted { visitor, ..everything() });
    let contacts = || KeyRequest::Contacts(ContactsWanted { after: None, newest_first: true, limit: 9 });
    let requests = || {
        [
            (Scope::ConversationsRead, KeyRequest::Conversations(everything())),
            (Scope::ContactsRead, of(Some(visitor))),
            (Scope::ContactsRead, contacts()),
            (Scope::ContactsRead, KeyRequest::Contact(visitor)),
        ]
    };
    for (scope, request) in requests() {
        match ask(&mut scene, secret, scope, request) {
            Ok(KeyReply::Conversations(entries)) => assert_eq!(entries.len(), 1),
            Ok(KeyReply::Contacts(contacts)) => assert_eq!(contacts.len(), 1),
            Ok(KeyReply::Contact(contact)) => assert_eq!(contact.visitor, visitor),
            other => panic!("{other:?}"),
        }
    }
    let nobody = VisitorId::from_bytes([0x77; 16]);
    for request in [of(Some(nobody)), of(None), KeyRequest::Contact(nobody)] {
        assert_eq!(ask(&mut scene, secret, Scope::ContactsRead, request).err(), Some(Code::NotFound));
    }
    let draft =
        protocol::http::workspace::RoleDraft { name: "Nothing".to_owned(), permissions: Permissions::NONE };
    let Ok(WorkspaceAnswer::Role(role)) = scene.ask(Who::Owner, WorkspaceRequest::MakeRole(draft)) else {
        panic!("a role is made");
    };
    let demoted = scene.ask(Who::Owner, WorkspaceRequest::SetRole(Who::Admin.id(), Role::Custom(role.id)));
    assert_eq!(demoted.err(), None);
    for (scope, request) in requests() {
        assert_eq!(ask(&mut scene, secret, scope, request).err(), Some(Code::Forbidden));
    }
}

#[test]
fn ra15_a_key_gives_roles_and_removes_people_up_to_what_it_may_do_itself() {
    let mut scene = Scene::new();
    let secret = key(&mut scene, Who::Owner);
    let set = |role, expected| KeyRequest::SetRole { agent: Who::Agent.id(), role, expected };
    let write = Scope::AgentsWrite;
    let draft = RoleDraft {
        name: "Reader".to_owned(),
        permissions: Permissions::of(&[Permission::ReadConversations]),
    };
    let Ok(WorkspaceAnswer::Role(reader)) = scene.ask(Who::Owner, WorkspaceRequest::MakeRole(draft)) else {
        panic!("a role")
    };
    let reader = Role::Custom(reader.id);
    let Ok(KeyReply::Agent(same)) = ask(&mut scene, secret, write, set(Role::Agent, None)) else {
        panic!("an agent")
    };
    let tag = entity_tag(&*same);
    let Ok(KeyReply::Agent(reads)) = ask(&mut scene, secret, write, set(reader, Some(vec![tag]))) else {
        panic!("a reader")
    };
    assert_eq!((reads.agent.id, reads.role), (Who::Agent.id(), reader));
    let late = ask(&mut scene, secret, write, set(Role::Agent, Some(vec![tag])));
    assert!(matches!(late, Ok(KeyReply::Unexpected)));
    for (agent, role, code) in [
        (Who::Agent.id(), Role::Admin, Code::Forbidden),
        (Who::Agent.id(), Role::Owner, Code::Forbidden),
        (Who::Agent.id(), Role::Custom(scene.lead), Code::Forbidden),
        (Who::Agent.id(), Role::Custom(RoleId::from_bytes([0x55; 16])), Code::BadField),
        (Who::Admin.id(), Role::Agent, Code::Forbidden),
        (Who::Owner.id(), Role::Agent, Code::Forbidden),
        (AgentId::from_bytes([0x55; 16]), Role::Agent, Code::NotFound),
    ] {
        let refused = ask(&mut scene, secret, write, KeyRequest::SetRole { agent, role, expected: None });
        assert_eq!(refused.err(), Some(code), "{agent:?} {role:?}");
    }
    let remove = |agent| KeyRequest::Plain(WorkspaceRequest::Remove(agent));
    let refused = ask(&mut scene, secret, write, remove(Who::Admin.id()));
    assert_eq!(refused.err(), Some(Code::Forbidden), "who may do more than the key");
    assert!(matches!(ask(&mut scene, secret, write, remove(Who::Agent.id())), Ok(KeyReply::Done)));
    assert_eq!(ask(&mut scene, secret, write, remove(Who::Agent.id())).err(), Some(Code::NotFound));
}
