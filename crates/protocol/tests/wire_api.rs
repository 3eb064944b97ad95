//! Golden forms of what the REST API shows, and of what a conversation is asked for it.

mod golden;

use protocol::api::{
    Agent, Conversation, Limit, List, Message, Place, Problem, ProblemCode, Site, Workspace,
};
use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, ConversationRequest, FileRequest, Reach, SaidEvent,
};
use protocol::http::SiteConfig;
use protocol::http::site::{IdentityMode, SiteKeyView, SiteSettings, SiteView};
use protocol::http::workspace::{AgentView, WorkspaceView};
use protocol::{
    AgentCommand, AgentEvent, AgentId, AgentKind, AgentProfile, Author, ClientMessageId, ConversationDigest,
    ConversationId, EntityTag, Epoch, File, FileId, FileName, IndexEntry, MediaType, MessageText, OutboxId,
    Permissions, PictureSize, Placement, Preview, PrivateKind, PublicKind, Role, Seq, SiteId, SiteKey,
    SiteKeyId, Stated, Status, Submission, Timestamp, VisitorId, VisitorIdentity, WorkspaceId,
};
use serde::Serialize;

use self::golden::check;

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

const AT: Timestamp = Timestamp(1_790_000_000_123);

fn conversation() -> ConversationId {
    ConversationId::from_bytes(id(0x50))
}

fn agent() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes(id(0xa0)), name: "Anna".to_owned() }
}

fn text(text: &str) -> MessageText {
    MessageText::parse(text).expect("legal")
}

fn event(seq: u64, author: Author, kind: AgentKind) -> AgentEvent {
    AgentEvent {
        seq: Seq(seq),
        at: AT,
        author,
        client_message_id: ClientMessageId::from_bytes(id(0x10)),
        kind,
    }
}

fn note() -> AgentEvent {
    event(7, Author::Agent(agent()), AgentKind::Private(PrivateKind::note(text("A good customer."))))
}

/// An event that answers nothing.
fn said(event: AgentEvent) -> SaidEvent {
    SaidEvent { event, answers: None }
}

/// The note, in answer to what the visitor wrote.
fn answering() -> SaidEvent {
    SaidEvent { event: note(), answers: Some(Seq(6)) }
}

fn digest() -> ConversationDigest {
    let entry = IndexEntry {
        conversation: conversation(),
        site: SiteId::from_bytes(id(0x90)),
        visitor: VisitorId::from_bytes(id(0x40)),
        status: Status::Open,
        active_at: AT,
        preview: Some(Preview::of(Author::Visitor, Seq(6), &text("Where is my order?"))),
        unread: 1,
        began_at: Timestamp(1_789_000_000_000),
        identity: None,
        placement: Placement::default(),
    };
    ConversationDigest { epoch: Epoch::from_bytes(id(0x70)), revision: 9, entry }
}

fn shown<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

fn file() -> File {
    File {
        id: FileId::from_bytes(id(0xf0)),
        name: FileName::tidied("fern.webp", MediaType::Webp),
        media: MediaType::Webp,
        bytes: 48_000,
        picture: Some(PictureSize { width: 1_024, height: 768 }),
    }
}

#[test]
fn pr11_what_the_api_shows() {
    let view = WorkspaceView {
        id: WorkspaceId::from_bytes(id(0x80)),
        name: "Fernwood".to_owned(),
        me: agent(),
        role: Role::Owner,
        permissions: Permissions::all(),
        deleted_at: Some(AT),
        requires_second_factor: true,
        without_second_factor: Some(2),
        retention_days: None,
    };
    let member =
        AgentView { agent: agent(), email: "anna@example.com".to_owned(), role: Role::Admin, joined_at: AT };
    let key = SiteKey { workspace: view.id, key: SiteKeyId::from_bytes(id(0x20)) };
    let site = SiteView {
        id: SiteId::from_bytes(id(0x90)),
        settings: SiteSettings {
            config: SiteConfig {
                name: "Shop".to_owned(),
                accent: "#1f6f5c".to_owned(),
                greeting: "Hello!".to_owned(),
            },
            allowed_origins: vec!["https://shop.example".to_owned()],
            allow_localhost: false,
            identity: IdentityMode::Optional,
            look: protocol::http::look::Look::default(),
        },
        keys: vec![SiteKeyView { key, ends_at: None }],
        identity_secrets: Vec::new(),
        reception: protocol::http::reception::Reception::default(),
    };
    let from_visitor = event(6, Author::Visitor, AgentKind::Public(PublicKind::message(text("Hi"))));
    let of = note().client_message_id;
    let deleted = event(7, Author::Agent(agent()), AgentKind::Private(PrivateKind::NoteDeleted { of }));
    let sent = event(9, Author::Visitor, AgentKind::Public(PublicKind::File(file())));
    let resolved = event(8, Author::System, AgentKind::Public(PublicKind::Resolved));
    assert_eq!(Message::of(conversation(), said(resolved)), None);
    let list = List::of(vec![1, 2], Limit::default(), |number| Place::Message(Seq(*number)), |number| number);
    let problem = Problem::new(ProblemCode::InvalidField, Some("name".to_owned()), "req_7".to_owned());
    let all = [
        ("workspace", shown(&Workspace::from(&view))),
        ("agent", shown(&Agent::from(member))),
        ("site", shown(&Site::from(site))),
        ("conversation", shown(&Conversation::from(digest().entry))),
        ("message", shown(&Message::of(conversation(), said(from_visitor)))),
        ("note", shown(&Message::of(conversation(), answering()))),
        ("deleted note", shown(&Message::of(conversation(), said(deleted)))),
        ("file", shown(&Message::of(conversation(), said(sent)))),
        ("list", shown(&list)),
        ("problem", shown(&problem)),
    ];
    let golden: String = all.iter().map(|(name, json)| format!("{name}\n{json}\n")).collect();
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("api", golden) });
}

#[test]
fn pr12_the_codes_of_the_api_keep_their_names() {
    let names: Vec<String> =
        ProblemCode::ALL.iter().map(|code| format!("{} {}", code.status(), code.name())).collect();
    for (code, name) in ProblemCode::ALL.iter().zip(&names) {
        assert_eq!(
            format!(
                "{} {}",
                code.status(),
                serde_json::to_value(code).expect("JSON").as_str().expect("a name")
            ),
            *name
        );
    }
    assert_eq!(
        names.join(", "),
        "400 bad_request, 401 unauthenticated, 403 forbidden, 404 not_found, 405 method_not_allowed, \
         409 limit_reached, 412 precondition_failed, 413 too_large, 415 unsupported_media_type, \
         422 invalid_field, 422 idempotency_conflict, 429 rate_limited, 500 internal, 503 unavailable, 409 unchangeable"
    );
}

#[test]
fn pr11_what_a_conversation_is_asked_without_a_socket() {
    let asked = |request| ConversationCall::As {
        workspace: WorkspaceId::from_bytes(id(0x80)),
        agent: agent(),
        permissions: Permissions::all(),
        request: Box::new(request),
    };
    let submission = Submission {
        client_message_id: ClientMessageId::from_bytes(id(0x10)),
        outbox: OutboxId::from_bytes(id(0x10)),
        number: 1,
        command: AgentCommand::Message { text: "It is on its way.".to_owned() },
    };
    check(
        "conversation_call_as",
        vec![
            ("view", asked(ConversationRequest::View)),
            ("file", asked(ConversationRequest::File(FileRequest::Look(file().id)))),
            ("answers", asked(ConversationRequest::Answers)),
            (
                "messages",
                asked(ConversationRequest::Messages { after: Some(Seq(7)), newest_first: true, limit: 26 }),
            ),
            ("message", asked(ConversationRequest::Message(Seq(7)))),
            ("submit", asked(ConversationRequest::Submit(submission))),
            (
                "set status",
                asked(ConversationRequest::SetStatus {
                    status: Status::Resolved,
                    client_message_id: ClientMessageId::from_bytes(id(0x10)),
                    expected: Some(vec![EntityTag::from_bytes(id(0x30))]),
                }),
            ),
            (
                "answer",
                asked(ConversationRequest::Answer {
                    to: Seq(6),
                    by_note: false,
                    text: text("It is on its way."),
                    client_message_id: ClientMessageId::from_bytes(id(0x10)),
                }),
            ),
            (
                "amend",
                asked(ConversationRequest::Amend {
                    seq: Seq(7),
                    text: Some(text("A very good customer.")),
                    client_message_id: ClientMessageId::from_bytes(id(0x10)),
                    expected: Some(vec![EntityTag::from_bytes(id(0x30))]),
                }),
            ),
            (
                "reach",
                asked(ConversationRequest::Reach(Box::new(Reach {
                    site: SiteId::from_bytes(id(0x90)),
                    visitor: VisitorId::from_bytes(id(0x40)),
                    who: VisitorIdentity {
                        user: Some("user-1".to_owned()),
                        name: Some(Stated { text: "Vera".to_owned(), is_verified: true }),
                        email: None,
                    },
                    text: text("It is on its way."),
                    client_message_id: ClientMessageId::from_bytes(id(0x10)),
                }))),
            ),
        ],
    );
    check::<CallResult<ConversationAnswer>>(
        "conversation_answer_as",
        vec![
            ("view", Ok(ConversationAnswer::View(Box::new(digest())))),
            ("messages", Ok(ConversationAnswer::Messages(vec![said(note())]))),
            ("message", Ok(ConversationAnswer::Message(Box::new(said(note()))))),
            (
                "submitted",
                Ok(ConversationAnswer::Submitted { event: Box::new(answering()), duplicate: true }),
            ),
            ("unexpected", Ok(ConversationAnswer::Unexpected)),
            ("reached", Ok(ConversationAnswer::Reached { digest: Box::new(digest()), duplicate: true })),
        ],
    );
}
