//! Golden bytes of what concerns the keys of the REST API.

mod golden;

use protocol::call::{
    Actor, CallResult, ContactsWanted, ConversationsWanted, KeyAnswer, KeyReply, KeyRequest, Quota,
    WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::SiteConfig;
use protocol::http::api_key::{ApiKeyDraft, ApiKeyList, ApiKeyView, MadeApiKey};
use protocol::http::site::{IdentityMode, SiteChange, SiteList, SiteSettings, SiteView};
use protocol::http::workspace::{AgentView, People, WorkspaceView};
use protocol::{
    AgentId, AgentProfile, ApiKeyId, Code, Contact, ConversationId, EntityTag, Figures, IndexPosition,
    Permission, Permissions, Reject, Report, Role, Scope, Scopes, SessionId, SiteId, Status, Timestamp,
    VisitorId, WorkspaceId,
};

use self::golden::check;

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

fn at() -> Timestamp {
    Timestamp(1_790_000_000_000)
}

fn agent() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes(id(0xa0)), name: "Anna 🌿".to_owned() }
}

fn draft() -> ApiKeyDraft {
    ApiKeyDraft {
        name: "Export".to_owned(),
        scopes: Scopes::of(&[Scope::ConversationsRead, Scope::ContactsRead]),
        expires_at: Some(at()),
    }
}

fn view() -> ApiKeyView {
    let ApiKeyDraft { name, scopes, expires_at } = draft();
    ApiKeyView {
        id: ApiKeyId::from_bytes(id(0x60)),
        name,
        scopes,
        made_by: agent(),
        made_at: at(),
        expires_at,
        last_used_at: Some(at()),
        hint: "x7_Q".to_owned(),
    }
}

fn unused() -> ApiKeyView {
    ApiKeyView { scopes: Scopes::all(), expires_at: None, last_used_at: None, ..view() }
}

fn report() -> Report {
    Report {
        total: Figures { conversations: 1, ..Figures::default() },
        unfollowed: 0,
        days: Vec::new(),
        hours: Vec::new(),
        sites: Vec::new(),
        agents: Vec::new(),
        labels: Vec::new(),
        teams: Vec::new(),
    }
}

fn made() -> MadeApiKey {
    MadeApiKey { secret: "sk_text".to_owned(), key: unused() }
}

fn tag() -> EntityTag {
    EntityTag::from_bytes(id(0x30))
}

fn once() -> KeyRequest {
    let request = WorkspaceRequest::RotateSiteKey(SiteId::from_bytes(id(0x90)));
    KeyRequest::Once { name: id(0x20), request }
}

fn contact() -> Contact {
    Contact {
        visitor: VisitorId::from_bytes(id(0x40)),
        site: SiteId::from_bytes(id(0x90)),
        identity: None,
        first_seen_at: at(),
        last_seen_at: at(),
        conversations: 2,
    }
}

fn wanted() -> ConversationsWanted {
    ConversationsWanted {
        after: Some(IndexPosition { active_at: at(), conversation: ConversationId::from_bytes(id(0x50)) }),
        newest_first: true,
        limit: 26,
        status: Some(Status::Open),
        site: Some(SiteId::from_bytes(id(0x90))),
        visitor: None,
    }
}

#[test]
fn pr11_bodies_about_keys() {
    let endless = ApiKeyDraft { scopes: Scopes::all(), expires_at: None, ..draft() };
    check("api_key_draft", vec![("for a time", draft()), ("every scope", endless)]);
    check("api_key_list", vec![("two", ApiKeyList { keys: vec![view(), unused()] })]);
    check("made_api_key", vec![("made", made())]);
}

#[test]
fn pr11_questions_about_keys_and_with_keys() {
    let actor = Actor {
        agent: agent().id,
        session: SessionId::from_bytes(id(0xd0)),
        is_proven: true,
        has_second_factor: false,
        used_second_factor: false,
    };
    let asked = |request| WorkspaceCall::As { actor: actor.clone(), request };
    let by_key = |scope, request| WorkspaceCall::ByKey { secret: id(0x11), scope, request };
    check(
        "workspace_call_of_keys",
        vec![
            ("list", asked(WorkspaceRequest::ApiKeys)),
            ("make", asked(WorkspaceRequest::MakeApiKey(draft()))),
            ("revoke", asked(WorkspaceRequest::RevokeApiKey(view().id))),
            ("plain", by_key(Scope::SettingsRead, KeyRequest::Plain(WorkspaceRequest::View))),
            ("act", by_key(Scope::ConversationsWrite, KeyRequest::Act)),
            (
                "name",
                by_key(
                    Scope::SettingsWrite,
                    KeyRequest::SetName { name: "Fernwood".to_owned(), expected: Some(vec![tag()]) },
                ),
            ),
            (
                "change a site",
                by_key(
                    Scope::SettingsWrite,
                    KeyRequest::ChangeSite {
                        site: SiteId::from_bytes(id(0x90)),
                        change: SiteChange { accent: Some("#1f6f5c".to_owned()), ..SiteChange::default() },
                        expected: None,
                    },
                ),
            ),
            (
                "act on a site",
                by_key(Scope::ConversationsWrite, KeyRequest::ActOn(SiteId::from_bytes(id(0x90)))),
            ),
            (
                "set a role",
                by_key(
                    Scope::AgentsWrite,
                    KeyRequest::SetRole {
                        agent: AgentId::from_bytes(id(0xa0)),
                        role: Role::Agent,
                        expected: Some(vec![tag()]),
                    },
                ),
            ),
            ("once", by_key(Scope::SettingsWrite, once())),
            ("conversations", by_key(Scope::ConversationsRead, KeyRequest::Conversations(wanted()))),
            ("conversations of", by_key(Scope::ContactsRead, KeyRequest::ConversationsOf(wanted()))),
            (
                "contacts",
                by_key(
                    Scope::ContactsRead,
                    KeyRequest::Contacts(ContactsWanted { after: None, newest_first: true, limit: 26 }),
                ),
            ),
            ("contact", by_key(Scope::ContactsRead, KeyRequest::Contact(VisitorId::from_bytes(id(0x40))))),
        ],
    );

    let permissions = Permissions::of(&[Permission::ReadConversations]);
    let acting = KeyReply::Acting { agent: agent(), permissions };
    let workspace = WorkspaceView {
        id: WorkspaceId::from_bytes(id(0x80)),
        name: "Fernwood".to_owned(),
        me: agent(),
        role: Role::Admin,
        permissions,
        deleted_at: None,
        requires_second_factor: false,
        without_second_factor: None,
        retention_days: None,
    };
    let one = AgentView {
        agent: agent(),
        email: "anna@example.com".to_owned(),
        role: Role::Agent,
        joined_at: at(),
    };
    let people = People { agents: Vec::new(), invitations: Vec::new(), roles: Vec::new() };
    let site = SiteView {
        id: SiteId::from_bytes(id(0x90)),
        settings: SiteSettings {
            config: SiteConfig {
                name: "Shop".to_owned(),
                accent: "#1f6f5c".to_owned(),
                greeting: "Hello!".to_owned(),
            },
            allowed_origins: Vec::new(),
            allow_localhost: false,
            identity: IdentityMode::Off,
            look: protocol::http::look::Look::default(),
        },
        keys: Vec::new(),
        identity_secrets: Vec::new(),
        reception: protocol::http::reception::Reception::default(),
    };
    let quota = Quota { limit: 600, remaining: 599, reset_ms: 100 };
    let answered = |answer: CallResult<KeyReply>| {
        Ok(WorkspaceAnswer::ByKey(Box::new(KeyAnswer { key: view().id, quota, answer })))
    };
    check::<CallResult<WorkspaceAnswer>>(
        "workspace_answer_of_keys",
        vec![
            ("list", Ok(WorkspaceAnswer::ApiKeys(ApiKeyList { keys: vec![view()] }))),
            ("made", Ok(WorkspaceAnswer::ApiKeyMade(Box::new(made())))),
            ("done", answered(Ok(KeyReply::Done))),
            ("view", answered(Ok(KeyReply::View(Box::new(workspace))))),
            ("people", answered(Ok(KeyReply::People(people)))),
            ("sites", answered(Ok(KeyReply::Sites(SiteList { sites: vec![site.clone()] })))),
            ("site again", answered(Ok(KeyReply::SiteAgain(Box::new(site.clone()))))),
            ("site", answered(Ok(KeyReply::Site(Box::new(site))))),
            ("acting", answered(Ok(acting))),
            ("unexpected", answered(Ok(KeyReply::Unexpected))),
            ("conversations", answered(Ok(KeyReply::Conversations(Vec::new())))),
            ("contacts", answered(Ok(KeyReply::Contacts(Vec::new())))),
            ("contact", answered(Ok(KeyReply::Contact(Box::new(contact()))))),
            ("agent", answered(Ok(KeyReply::Agent(Box::new(one))))),
            ("report", answered(Ok(KeyReply::Report(Box::new(report()))))),
            ("forbidden", answered(Err(Code::Forbidden.into()))),
            ("limited", answered(Err(Reject { code: Code::RateLimited, retry_after: Some(100) }))),
            ("not good", Err(Code::Unauthenticated.into())),
        ],
    );
}
