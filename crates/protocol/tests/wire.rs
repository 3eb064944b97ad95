//! Golden bytes of every wire type in both codecs (`tests/wire`). A change of a file is a change of the protocol.

use core::fmt::Write as _;

use protocol::call::{
    AccountAnswer, AccountCall, CallResult, Founding, Membership, SiteSettings, WorkspaceAnswer,
    WorkspaceCall,
};
use protocol::http::{
    Me, Problem, SessionAnswer, SessionRequest, SetupAnswer, SetupRequest, SignInRequest, SiteConfig,
    TicketAnswer, TicketRequest,
};
use protocol::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Compares samples of a type with its golden file, in both codecs, and reads them back.
fn check<T: Serialize + DeserializeOwned + PartialEq>(name: &str, samples: Vec<(&str, T)>) {
    let mut golden = String::new();
    for (sample, value) in samples {
        let bytes = codec::to_bytes(&value);
        let text = codec::to_text(&value);
        assert!(
            codec::from_bytes::<T>(&bytes) == Ok(value_of(&text)),
            "{name} {sample}: postcard and JSON differ"
        );
        assert!(codec::from_bytes::<T>(&bytes).is_ok_and(|read| read == value), "{name} {sample}: postcard");
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let _ = write!(golden, "{sample}\n  {text}\n  {hex}\n");
    }
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, golden) });
}

fn value_of<T: DeserializeOwned>(text: &str) -> T {
    codec::from_text(text).unwrap_or_else(|error| panic!("{error:?}: {text}"))
}

fn text(text: &str) -> MessageText {
    MessageText::parse(text).expect("legal")
}

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

fn agent() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes(id(0xa0)), name: "Anna 🌿".to_owned() }
}

fn page() -> Page {
    Page { url: "https://shop.example/ferns".to_owned(), title: "Ferns".to_owned(), referrer: String::new() }
}

fn event<K>(seq: u64, author: Author, kind: K) -> Event<K> {
    Event {
        seq: Seq(seq),
        at: Timestamp(1_790_000_000_123),
        author,
        client_message_id: ClientMessageId::from_bytes(id(0x10)),
        kind,
    }
}

fn submission<C>(command: C) -> Submission<C> {
    Submission {
        client_message_id: ClientMessageId::from_bytes(id(0x10)),
        outbox: OutboxId::from_bytes(id(0x20)),
        number: 300,
        command,
    }
}

fn hello() -> Hello {
    Hello {
        credential: "a.b".to_owned(),
        tab: TabId::from_bytes(id(0x30)),
        cursor: Some(Cursor { epoch: Epoch::from_bytes(id(0x40)), seq: Seq(7) }),
        page: Some(page()),
    }
}

fn welcome<P>(presence: P, me: Author) -> Welcome<P> {
    Welcome {
        epoch: Epoch::from_bytes(id(0x40)),
        resume: Resume::Resumed,
        from: Seq(7),
        head: Seq(9),
        me,
        status: Status::Resolved,
        marks: ReadMarks { visitor: Seq(1), agents: Seq(2) },
        presence,
        now: Timestamp(1_790_000_000_000),
    }
}

fn requests<C>(commands: Vec<(&'static str, C)>) -> Vec<(&'static str, ClientFrame<C>)> {
    let mut samples = vec![
        ("hello", ClientFrame::Hello(hello())),
        ("hello, fresh", ClientFrame::Hello(Hello { cursor: None, page: None, ..hello() })),
        ("read", ClientFrame::Read { upto: Seq(9) }),
        ("typing", ClientFrame::Typing { on: true }),
        ("older", ClientFrame::Older { before: Seq(51) }),
        ("newer", ClientFrame::Newer { after: Seq(3) }),
        ("page", ClientFrame::Page(page())),
    ];
    samples
        .extend(commands.into_iter().map(|(name, command)| (name, ClientFrame::Submit(submission(command)))));
    samples
}

fn frames<K, P>(
    kinds: Vec<(&'static str, K)>,
    presence: P,
    me: Author,
) -> Vec<(&'static str, ServerFrame<K, P>)>
where
    P: Clone,
{
    let refusal = Reject { code: Code::RateLimited, retry_after: Some(600) };
    let mut samples = vec![
        ("welcome", ServerFrame::Welcome(welcome(presence.clone(), me))),
        ("older, none", ServerFrame::Older { events: Vec::new() }),
        (
            "accepted",
            ServerFrame::Accepted {
                client_message_id: ClientMessageId::from_bytes(id(0x10)),
                seq: Seq(10),
                at: Timestamp(1_790_000_000_123),
                duplicate: true,
            },
        ),
        ("refused", ServerFrame::Refused(Refusal::new(refusal, Some(ClientMessageId::from_bytes(id(0x10)))))),
        ("refused, no submission", ServerFrame::Refused(Refusal::new(Code::BadFrame.into(), None))),
        ("marks", ServerFrame::Marks(ReadMarks { visitor: Seq(8), agents: Seq(9) })),
        ("typing", ServerFrame::Typing { author: Author::Agent(agent()), on: true }),
        ("presence", ServerFrame::Presence(presence)),
        ("bye", ServerFrame::Bye { code: Code::NotFound, after: 5_000 }),
    ];
    let author = [Author::Visitor, Author::Agent(agent()), Author::System].into_iter().cycle();
    samples.extend(
        kinds.into_iter().zip(author).map(|((name, kind), author)| {
            (name, ServerFrame::Events { events: vec![event(3, author, kind)] })
        }),
    );
    samples
}

fn public_kinds() -> Vec<(&'static str, PublicKind)> {
    vec![
        ("events: message", PublicKind::Message { text: text("Is the fern\nin stock?") }),
        ("events: resolved", PublicKind::Resolved),
        ("events: reopened", PublicKind::Reopened),
    ]
}

fn entry() -> IndexEntry {
    IndexEntry {
        conversation: ConversationId::from_bytes(id(0x50)),
        site: SiteId::from_bytes(id(0x60)),
        visitor: VisitorId::from_bytes(id(0x70)),
        status: Status::Open,
        active_at: Timestamp(1_790_000_000_123),
        preview: Some(Preview::of(Author::Visitor, Seq(3), &text("Is the fern\nin stock?"))),
        unread: 2,
    }
}

fn membership() -> Membership {
    Membership {
        workspace: WorkspaceId::from_bytes(id(0x80)),
        workspace_name: "Fernwood".to_owned(),
        agent: agent(),
        role: Role::Owner,
    }
}

fn settings() -> SiteSettings {
    SiteSettings {
        config: SiteConfig {
            name: "Fernwood".to_owned(),
            accent: "#1f6f5c".to_owned(),
            greeting: "Hello!".to_owned(),
        },
        allowed_origins: vec!["https://shop.example".to_owned()],
        allow_localhost: true,
    }
}

fn site_key() -> SiteKey {
    SiteKey { workspace: WorkspaceId::from_bytes(id(0x80)), site: SiteId::from_bytes(id(0x60)) }
}

#[test]
fn pr11_frames_of_a_conversation() {
    let say = "Is the fern in stock?".to_owned();
    check(
        "visitor_request",
        requests(vec![("submit: message", VisitorCommand::Message { text: say.clone() })]),
    );
    check(
        "agent_request",
        requests(vec![
            ("submit: message", AgentCommand::Message { text: say.clone() }),
            ("submit: note", AgentCommand::Note { text: say }),
            ("submit: resolve", AgentCommand::Resolve),
            ("submit: reopen", AgentCommand::Reopen),
        ]),
    );
    check("visitor_frame", frames(public_kinds(), TeamPresence { agents: vec![agent()] }, Author::Visitor));
    let mut kinds: Vec<_> =
        public_kinds().into_iter().map(|(name, kind)| (name, AgentKind::Public(kind))).collect();
    kinds.push(("events: note", AgentKind::Private(PrivateKind::Note { text: text("Ask Ben.") })));
    let visitor = Some(VisitorId::from_bytes(id(0x70)));
    let presence = VisitorPresence { visitor, online: true, page: Some(page()), agents: vec![agent()] };
    check("agent_frame", frames(kinds, presence, Author::Agent(agent())));
}

#[test]
fn pr11_frames_of_the_feed() {
    check(
        "feed_request",
        vec![
            ("hello", FeedRequest::Hello(Hello { page: None, cursor: None, ..hello() })),
            ("more", FeedRequest::More { after: entry().position() }),
        ],
    );
    let bare = IndexEntry { preview: None, status: Status::Resolved, ..entry() };
    check(
        "feed_frame",
        vec![
            ("welcome", FeedFrame::Welcome { me: agent(), entries: vec![entry(), bare.clone()], more: true }),
            ("page", FeedFrame::Page { entries: vec![bare], more: false }),
            ("changed", FeedFrame::Changed(entry())),
            ("refused", FeedFrame::Refused(Refusal::new(Code::Storage.into(), None))),
            ("bye", FeedFrame::Bye { code: Code::Forbidden, after: 0 }),
        ],
    );
}

#[test]
fn pr11_bodies_of_http() {
    check("problem", vec![("limited", Problem { code: Code::RateLimited, retry_after: Some(60_000) })]);
    check("site_config", vec![("site", settings().config)]);
    check(
        "session_request",
        vec![
            ("first", SessionRequest { site: site_key(), token: None }),
            ("again", SessionRequest { site: site_key(), token: Some("a.b".to_owned()) }),
        ],
    );
    let conversation = ConversationId::from_bytes(id(0x50));
    check("session_answer", vec![("session", SessionAnswer { token: "a.b".to_owned(), conversation })]);
    check(
        "setup_request",
        vec![(
            "setup",
            SetupRequest {
                email: "owner@example.com".to_owned(),
                workspace: "Fernwood".to_owned(),
                site_name: "Shop".to_owned(),
                allowed_origins: Vec::new(),
                allow_localhost: true,
            },
        )],
    );
    check(
        "setup_answer",
        vec![(
            "setup",
            SetupAnswer {
                email: "owner@example.com".to_owned(),
                password: "secret".to_owned(),
                workspace: site_key().workspace,
                site_key: site_key(),
            },
        )],
    );
    let request = SignInRequest { email: "owner@example.com".to_owned(), password: "secret".to_owned() };
    check("sign_in_request", vec![("sign in", request)]);
    let Membership { workspace, workspace_name, agent, role } = membership();
    check("me", vec![("owner", Me { agent, workspace, workspace_name, role })]);
    check(
        "ticket_request",
        vec![
            ("feed", TicketRequest { target: SocketTarget::Feed }),
            ("conversation", TicketRequest { target: SocketTarget::Conversation(conversation) }),
        ],
    );
    check("ticket_answer", vec![("ticket", TicketAnswer { ticket: "a.b".to_owned() })]);
}

#[test]
fn pr11_calls_between_objects() {
    let founding = Founding {
        workspace: site_key().workspace,
        name: "Fernwood".to_owned(),
        site: site_key().site,
        settings: settings(),
    };
    let digest = ConversationDigest { epoch: Epoch::from_bytes(id(0x40)), revision: 12, entry: entry() };
    check(
        "workspace_call",
        vec![
            ("found", WorkspaceCall::Found(founding)),
            ("site", WorkspaceCall::Site { site: site_key().site }),
            ("digest", WorkspaceCall::Digest(Box::new(digest))),
        ],
    );
    check::<CallResult<WorkspaceAnswer>>(
        "workspace_answer",
        vec![
            ("done", Ok(WorkspaceAnswer::Done)),
            ("site", Ok(WorkspaceAnswer::Site(settings()))),
            ("refused", Err(Code::UnknownSite.into())),
        ],
    );
    check(
        "account_call",
        vec![
            (
                "create",
                AccountCall::Create {
                    email: "owner@example.com".to_owned(),
                    password: "secret".to_owned(),
                    membership: membership(),
                },
            ),
            ("sign in", AccountCall::SignIn { password: "secret".to_owned() }),
            ("authenticate", AccountCall::Authenticate { secret: id(0x90) }),
            ("sign out", AccountCall::SignOut { secret: id(0x90) }),
        ],
    );
    check::<CallResult<AccountAnswer>>(
        "account_answer",
        vec![
            ("done", Ok(AccountAnswer::Done)),
            ("signed in", Ok(AccountAnswer::SignedIn { secret: id(0x90), membership: membership() })),
            ("authenticated", Ok(AccountAnswer::Authenticated { membership: membership() })),
            ("refused", Err(Reject { code: Code::RateLimited, retry_after: Some(1) })),
        ],
    );
}

#[test]
fn pr11_claims_and_what_browsers_keep() {
    check(
        "visitor_claims",
        vec![(
            "token",
            VisitorClaims {
                workspace: site_key().workspace,
                site: site_key().site,
                visitor: VisitorId::from_bytes(id(0x70)),
                conversation: ConversationId::from_bytes(id(0x50)),
                expires_at: Timestamp(1_790_000_000_000),
            },
        )],
    );
    let ticket = |target| AgentTicket {
        workspace: site_key().workspace,
        agent: agent(),
        role: Role::Agent,
        target,
        nonce: Nonce::from_bytes(id(0xb0)),
        expires_at: Timestamp(1_790_000_000_000),
    };
    check("agent_ticket", vec![("feed", ticket(SocketTarget::Feed))]);
    let saved = |failed| SavedMessage {
        client_message_id: ClientMessageId::from_bytes(id(0x10)),
        written_at: Timestamp(1_790_000_000_000),
        command: VisitorCommand::Message { text: "unsent".to_owned() },
        failed,
    };
    let (waits, lost) = (saved(None), saved(Some(Failure::Lost)));
    let failed = saved(Some(Failure::Refused(Code::TooLong)));
    assert_eq!(SavedMessage::from_text(&failed.to_text()).as_ref(), Some(&failed));
    assert_eq!(SavedMessage::<VisitorCommand>::from_text("nonsense"), None);
    check("saved_message", vec![("waits", waits), ("failed", failed), ("lost", lost)]);
}

#[test]
fn pr12_codes_never_change_their_names() {
    let names: Vec<_> = (0..=255_u8)
        .map_while(|number| codec::from_bytes::<Code>(&[codec::VERSION, number]).ok())
        .map(|code| codec::to_text(&code))
        .collect();
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("codes", names.join("\n")) });
}
