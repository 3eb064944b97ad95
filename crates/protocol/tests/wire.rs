//! Golden bytes of every wire type in both codecs (`tests/wire`). A change of a file is a change of the protocol.

mod golden;

use protocol::call::{
    AccountCall, Actor, CallResult, ConversationAnswer, ConversationCall, Dismissal, Ended, FileRequest,
    Founder, Founding, FoundingSite, Job, KeptAnswers, MailboxAnswer, MailboxCall, PostedMail,
    VisitorAnswers, VisitorAsks, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::civil::{CivilDay, MinuteOfDay, Weekday};
use protocol::http::account::WorkspaceName;
use protocol::http::look::{
    Corners, Font, KeptLogo, LauncherIcon, LauncherPlace, Look, Offset, Scheme, Side,
};
use protocol::http::mailbox::{Mailbox, MailboxEntry};
use protocol::http::pinned::PinnedScript;
use protocol::http::proactive::{
    Audience, ProactiveId, ProactiveMessage, ProactiveRule, ProactiveRules, ProactiveTriggers,
    ProactiveWords, Repeat,
};
use protocol::http::question::{
    Answer, AnswerFault, Answers, AnswersVerdict, AnswersView, Question, QuestionKind,
};
use protocol::http::reception::{
    DaySpan, Department, Holiday, OfficeHours, Openings, Reception, WeeklySpan, Welcoming,
};
use protocol::http::site::{
    IdentityMode, IdentitySecret, IdentitySecretView, InstallCheck, InstallFinding, InstallReport,
    SiteKeyView, SiteList, SiteSettings, SiteView,
};
use protocol::http::workspace::{TicketAnswer, TicketRequest};
use protocol::http::{
    ClaimedProof, ClaimedUser, KnownSession, LauncherWords, NEW_CONVERSATION, PageConfig, Problem,
    SessionAnswer, SessionRequest, SetupAnswer, SetupRequest, SiteConfig,
};
use protocol::mail::{Language, Letter, Mail};
use protocol::*;

use self::golden::check;

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
        cursor: Some(Cursor {
            epoch: Epoch::from_bytes(id(0x40)),
            seq: Seq(7),
            at: Timestamp(1_790_000_000_123),
        }),
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
        ("noting", ClientFrame::Noting { on: true }),
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
    P: Knowledge + Clone,
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
        ("events: message", PublicKind::message(text("Is the fern\nin stock?"))),
        ("events: resolved", PublicKind::Resolved),
        ("events: reopened", PublicKind::Reopened),
        (
            "events: message that was edited",
            PublicKind::Message { text: text("Is it?"), edited: true, reply_to: None },
        ),
        (
            "events: reply",
            PublicKind::Message {
                text: text("Yes."),
                edited: false,
                reply_to: MessageName::of(&Author::Agent(agent()), ClientMessageId::from_bytes(id(0x10))),
            },
        ),
        (
            "events: edited",
            PublicKind::Edited { of: ClientMessageId::from_bytes(id(0x10)), text: text("Is it?") },
        ),
        ("events: deleted", PublicKind::Deleted { of: ClientMessageId::from_bytes(id(0x10)) }),
        ("events: file", PublicKind::File(file())),
        ("events: rated", PublicKind::Rated(Rating { stars: Stars::ALL[3], comment: Some(text("Quick!")) })),
        (
            "events: rated, with emoji",
            PublicKind::Rated(Rating { stars: Stars::ALL[2], comment: Some(text("🌿")) }),
        ),
        ("events: rated, no comment", PublicKind::Rated(Rating { stars: Stars::ALL[0], comment: None })),
    ]
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

fn label(label: &str) -> Label {
    Label::parse(label).expect("legal")
}

fn placement() -> Placement {
    Placement {
        assignee: Some(agent().id),
        snoozed_until: Some(Timestamp(1_790_000_100_000)),
        priority: Priority::High,
        labels: vec![label("Billing"), label("ферн")],
        team: Some(TEAM),
    }
}

const TEAM: TeamId = TeamId::from_bytes([0x7e; 16]);

fn steps() -> [(&'static str, Handling); 10] {
    [
        ("handled: assigned", Handling::Assign { to: Some(agent().id) }),
        ("handled: assigned to nobody", Handling::Assign { to: None }),
        ("handled: waits", Handling::Wait),
        ("handled: snoozed", Handling::Snooze { until: Timestamp(1_790_000_100_000) }),
        ("handled: open", Handling::Open),
        ("handled: prioritized", Handling::Prioritize(Priority::Urgent)),
        ("handled: labelled", Handling::Label(label("Billing"))),
        ("handled: unlabelled", Handling::Unlabel(label("Billing"))),
        ("handled: handed to a team", Handling::HandTo { team: Some(TEAM) }),
        ("handled: handed to none", Handling::HandTo { team: None }),
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
        began_at: Timestamp(1_789_999_000_000),
        identity: Some(identity()),
        placement: placement(),
    }
}

fn contact() -> Contact {
    Contact {
        visitor: VisitorId::from_bytes(id(0x70)),
        site: site(),
        identity: Some(identity()),
        first_seen_at: Timestamp(1_789_999_000_000),
        last_seen_at: Timestamp(1_790_000_000_123),
        conversations: 2,
    }
}

fn workspace_name() -> WorkspaceName {
    WorkspaceName { id: WorkspaceId::from_bytes(id(0x80)), name: "Fernwood".to_owned() }
}

fn founder() -> Founder {
    Founder {
        account: AccountId::from_bytes(id(0xc0)),
        email: "anna@example.com".to_owned(),
        agent: agent(),
        language: Language::De,
    }
}

fn dismissal() -> Dismissal {
    Dismissal { agent: agent().id, session: Some(SessionId::from_bytes(id(0xd0))), may_return: true }
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
        identity: IdentityMode::Optional,
        look: look(),
    }
}

fn look() -> Look {
    Look {
        scheme: Scheme::Dark,
        corners: Corners::Small,
        font: Font::Page,
        side: Side::Left,
        offset: Offset { x: 12, y: 34 },
        phone_offset: Offset { x: 5, y: 6 },
        icon: LauncherIcon::Dots,
        label: "Ask us".to_owned(),
        language: "pt-BR".to_owned(),
        logo: Some(PictureId::from_bytes(id(0x90))),
    }
}

fn site_key() -> SiteKey {
    SiteKey { workspace: WorkspaceId::from_bytes(id(0x80)), key: SiteKeyId::from_bytes(id(0xe0)) }
}

fn voucher() -> VoucherId {
    VoucherId::from_bytes(id(0x30))
}

fn site() -> SiteId {
    SiteId::from_bytes(id(0x60))
}

fn identity() -> VisitorIdentity {
    let stated = |text: &str, is_verified| Some(Stated { text: text.to_owned(), is_verified });
    VisitorIdentity {
        user: Some("user-7".to_owned()),
        name: stated("Anna", false),
        email: stated("anna@example.com", true),
    }
}

fn site_view() -> SiteView {
    let ends_at = Some(Timestamp(1_790_000_000_000));
    let secret = |key_id: &str, ends_at| IdentitySecretView {
        key_id: key_id.to_owned(),
        created_at: Timestamp(1_780_000_000_000),
        ends_at,
    };
    SiteView {
        id: site(),
        settings: settings(),
        keys: vec![
            SiteKeyView { key: site_key(), ends_at: None },
            SiteKeyView { key: SiteKey { key: SiteKeyId::from_bytes(id(0xf0)), ..site_key() }, ends_at },
        ],
        identity_secrets: vec![secret("ik_new", None), secret("ik_old", ends_at)],
        reception: reception(),
    }
}

fn reception() -> Reception {
    let span = |from, until| DaySpan { from: MinuteOfDay(from), until: MinuteOfDay(until) };
    let day = Weekday::Monday;
    Reception {
        hours: Some(OfficeHours {
            zone: "Europe/Berlin".to_owned(),
            week: vec![WeeklySpan { day, from: MinuteOfDay(540), until: MinuteOfDay(1_020) }],
            holidays: vec![
                Holiday { day: CivilDay(20_812), name: "Christmas".to_owned(), spans: Vec::new() },
                Holiday {
                    day: CivilDay(20_818),
                    name: "New Year’s Eve".to_owned(),
                    spans: vec![span(540, 720)],
                },
            ],
        }),
        questions: questions(),
        departments: vec![Department {
            question: "About what?".to_owned(),
            choice: "Orders".to_owned(),
            team: TeamId::from_bytes(id(0x7e)),
        }],
        proactive: vec![ProactiveMessage {
            id: ProactiveId(7),
            name: "Prices".to_owned(),
            text: "Any questions?".to_owned(),
            is_enabled: true,
            pages: vec!["/prices*".to_owned()],
            triggers: ProactiveTriggers { seconds: Some(20), scroll: Some(50), exit: true },
            audience: Audience::Returning,
            repeat: Repeat::Session,
        }],
        visits: true,
    }
}

fn questions() -> Vec<Question> {
    let question = |kind, label: &str| Question {
        kind,
        label: label.to_owned(),
        is_required: kind == QuestionKind::Email,
        choices: Vec::new(),
        link: String::new(),
    };
    vec![
        question(QuestionKind::Text, "Your name"),
        question(QuestionKind::Email, "Your address"),
        question(QuestionKind::Phone, "Your number"),
        Question {
            choices: vec!["Orders".to_owned(), "Ferns".to_owned()],
            ..question(QuestionKind::Choice, "About what?")
        },
        Question {
            link: "https://shop.example/privacy".to_owned(),
            ..question(QuestionKind::Consent, "I have read it")
        },
    ]
}

fn said_of_oneself() -> Answer {
    Answer { label: "Your name".to_owned(), text: "Anna".to_owned() }
}

fn secret() -> IdentitySecret {
    IdentitySecret { key_id: "ik_new".to_owned(), secret: "is_secret".to_owned() }
}

#[test]
fn pr11_frames_of_a_conversation() {
    let question = || "Is the fern in stock?".to_owned();
    let say = question();
    let of = ClientMessageId::from_bytes(id(0x10));
    let to = MessageName { by: Writer::Agent(agent().id), id: of };
    check(
        "visitor_request",
        requests(vec![
            ("submit: message", VisitorCommand::Message { text: say.clone() }),
            ("submit: edit", VisitorCommand::Edit { of, text: say.clone() }),
            ("submit: delete", VisitorCommand::Delete { of }),
            ("submit: reply", VisitorCommand::Reply { to, text: say.clone() }),
            ("submit: file", VisitorCommand::File(file())),
            ("submit: end", VisitorCommand::End),
            ("submit: rate", VisitorCommand::Rate { stars: Stars::ALL[4], comment: "Quick!".to_owned() }),
        ]),
    );
    let handled = steps().map(|(name, step)| (name, AgentCommand::Handle(step)));
    let mut commands = vec![
        ("submit: message", AgentCommand::Message { text: say.clone() }),
        ("submit: note", AgentCommand::Note { text: say.clone() }),
        ("submit: resolve", AgentCommand::Resolve),
        ("submit: reopen", AgentCommand::Reopen),
        ("submit: edit", AgentCommand::Edit { of, text: say.clone() }),
        ("submit: delete", AgentCommand::Delete { of }),
        ("submit: edit note", AgentCommand::EditNote { of, text: say.clone() }),
        ("submit: delete note", AgentCommand::DeleteNote { of }),
        ("submit: reply", AgentCommand::Reply { to, text: say.clone() }),
        ("submit: reply by note", AgentCommand::ReplyByNote { to, text: say }),
        ("submit: file", AgentCommand::File(file())),
        ("submit: note's file", AgentCommand::NoteFile(file())),
    ];
    commands.extend(handled);
    let seen =
        Some(Cursor { epoch: Epoch::from_bytes(id(0x11)), seq: Seq(7), at: Timestamp(1_790_000_000_123) });
    commands.extend(
        [
            ("submit: say message", Saying::Message { text: question() }, seen),
            ("submit: say reply", Saying::Reply { to, text: question() }, seen),
            ("submit: say file, having seen nothing", Saying::File(file()), None),
        ]
        .map(|(name, what, seen)| (name, AgentCommand::Say { what, seen })),
    );
    check("agent_request", requests(commands));
    check("visitor_frame", frames(public_kinds(), TeamPresence { agents: vec![agent()] }, Author::Visitor));
    let mut kinds: Vec<_> =
        public_kinds().into_iter().map(|(name, kind)| (name, AgentKind::Public(kind))).collect();
    kinds.push(("events: note", AgentKind::Private(PrivateKind::note(text("Ask Ben.")))));
    for (name, kind) in [
        (
            "events: note that was edited",
            PrivateKind::Note {
                text: text("Ask me."),
                edited: true,
                reply_to: Some(MessageName { by: Writer::Visitor, id: of }),
            },
        ),
        ("events: note edited", PrivateKind::NoteEdited { of, text: text("Ask me.") }),
        ("events: note deleted", PrivateKind::NoteDeleted { of }),
    ] {
        kinds.push((name, AgentKind::Private(kind)));
    }
    kinds.push(("events: note's file", AgentKind::Private(PrivateKind::File(file()))));
    for (name, step) in steps() {
        kinds.push((name, AgentKind::Private(PrivateKind::Handled(step))));
    }
    let visitor = Some(VisitorId::from_bytes(id(0x70)));
    let presence = VisitorPresence {
        visitor,
        online: true,
        page: Some(page()),
        agents: vec![agent()],
        identity: Some(identity()),
        placement: placement(),
    };
    let mut told = frames(kinds, presence, Author::Agent(agent()));
    told.push(("noting", ServerFrame::Aside(Aside::Noting { author: agent(), on: true })));
    check("agent_frame", told);
}

#[test]
fn pr11_frames_of_the_feed() {
    let mine = ListView { shelf: Shelf::Mine, site: Some(entry().site) };
    let pending = ListView { shelf: Shelf::Pending, site: None };
    check(
        "feed_request",
        vec![
            ("hello", FeedRequest::Hello(Hello { page: None, cursor: None, ..hello() })),
            ("more", FeedRequest::More { after: entry().position() }),
            ("list", FeedRequest::List { view: mine, after: None }),
            ("list, more", FeedRequest::List { view: pending, after: Some(entry().position()) }),
        ],
    );
    let (preview, identity, placement) = (None, None, Placement::default());
    let bare = IndexEntry { preview, identity, placement, status: Status::Resolved, ..entry() };
    let snoozed = IndexEntry { status: Status::Snoozed, ..entry() };
    let waiting = IndexEntry { status: Status::Pending, ..bare.clone() };
    let counts = ShelfCounts { mine: 1, unassigned: 2, open: 3, pending: 4, snoozed: 5, resolved: 50_000 };
    let site = SiteCounts { site: entry().site, name: "Fernwood".to_owned(), counts };
    check(
        "feed_frame",
        vec![
            ("welcome", FeedFrame::Welcome { me: agent(), entries: vec![entry(), bare.clone()], more: true }),
            ("page", FeedFrame::Page { entries: vec![bare], more: false }),
            ("changed", FeedFrame::Changed(entry())),
            ("refused", FeedFrame::Refused(Refusal::new(Code::Storage.into(), None))),
            ("bye", FeedFrame::Bye { code: Code::Forbidden, after: 0 }),
            ("listed", FeedFrame::Listed { view: pending, entries: vec![waiting, snoozed], more: true }),
            ("counts", FeedFrame::Counts { sites: vec![site] }),
            ("left", FeedFrame::Left { agent: agent().id }),
        ],
    );
}

#[test]
fn pr11_contacts() {
    let anonymous = Contact { identity: None, ..contact() };
    check("contact", vec![("known", contact()), ("anonymous", anonymous)]);
    check("contact_position", vec![("place", contact().position())]);
}

#[test]
fn pr11_how_a_site_receives_its_visitors() {
    check("reception", vec![("nothing", Reception::default()), ("all", reception())]);
    let rule = |number, audience, repeat| ProactiveRule {
        id: ProactiveId(number),
        text: "Any questions?".to_owned(),
        pages: vec!["/prices*".to_owned()],
        triggers: ProactiveTriggers { seconds: Some(20), scroll: None, exit: false },
        audience,
        repeat,
    };
    let words = ProactiveWords { reply: "Antworten".to_owned(), file_close: "Schließen".to_owned() };
    check(
        "proactive_rules",
        vec![(
            "all",
            ProactiveRules {
                words,
                messages: vec![
                    rule(7, Audience::Everybody, Repeat::Once),
                    rule(8, Audience::Returning, Repeat::Session),
                    rule(9, Audience::New, Repeat::Always),
                ],
            },
        )],
    );
}

#[test]
fn pr11_bodies_of_http() {
    let script = PinnedScript::of("0123456789abcdef", "sha384-AAAA");
    check("pinned_script", vec![("script", script)]);
    check("problem", vec![("limited", Problem { code: Code::RateLimited, retry_after: Some(60_000) })]);
    let SiteConfig { name, accent, greeting } = settings().config;
    check(
        "page_config",
        vec![(
            "site",
            PageConfig {
                name,
                accent,
                ink: "#ffffff".to_owned(),
                greeting,
                site: site(),
                identity: IdentityMode::Optional,
                language: "de".to_owned(),
                locale: "de-AT".to_owned(),
                direction: "ltr".to_owned(),
                words: LauncherWords {
                    chat: "Chat".to_owned(),
                    launcher_open: "Chat öffnen".to_owned(),
                    close_chat: "Chat schließen".to_owned(),
                    launcher_connecting: "Verbinden…".to_owned(),
                    launcher_unread: [("other", "{count} ungelesen")]
                        .map(|(category, text)| (category.to_owned(), text.to_owned()))
                        .into(),
                },
                style: "button{color:#ffffff}".to_owned(),
                panel: [("--accent".to_owned(), "#1f6f5c".to_owned())].into(),
                scheme: Scheme::Light,
                font: Font::Serif,
                launcher: LauncherPlace { position: Side::Start, offset: Offset { x: 12, y: 34 } },
                logo: look().logo,
                proactive: true,
                visits: Some("pass".to_owned()),
            },
        )],
    );
    check("kept_logo", vec![("logo", KeptLogo { logo: PictureId::from_bytes(id(0x90)) })]);
    check(
        "look",
        vec![
            ("nothing", Look::default()),
            ("all", look()),
            (
                "others",
                Look {
                    scheme: Scheme::Light,
                    corners: Corners::Medium,
                    font: Font::Humanist,
                    side: Side::Start,
                    icon: LauncherIcon::Bubble,
                    ..Look::default()
                },
            ),
            (
                "more",
                Look {
                    corners: Corners::None,
                    font: Font::Rounded,
                    side: Side::Right,
                    icon: LauncherIcon::Question,
                    ..Look::default()
                },
            ),
            ("last", Look { font: Font::Serif, ..Look::default() }),
        ],
    );
    let first = SessionRequest { site: site_key(), token: None, user: None, email: None, conversation: None };
    check(
        "session_request",
        vec![
            ("first", first.clone()),
            ("again", SessionRequest { token: Some("a.b".to_owned()), ..first.clone() }),
            ("proven", SessionRequest { user: Some(claimed_user()), ..first.clone() }),
            (
                "leaves an address",
                SessionRequest { email: Some("anna@example.com".to_owned()), ..first.clone() },
            ),
            (
                "begins another one",
                SessionRequest {
                    token: Some("a.b+".to_owned()),
                    conversation: Some(NEW_CONVERSATION.to_owned()),
                    ..first
                },
            ),
        ],
    );
    let conversation = ConversationId::from_bytes(id(0x50));
    let known = KnownSession { token: "c.d".to_owned(), conversation: ConversationId::from_bytes(id(0x51)) };
    let answer = |known, notice, reception| SessionAnswer {
        token: "a.b".to_owned(),
        conversation,
        known,
        notice,
        work: false,
        reception,
        further: String::new(),
        others: false,
    };
    let welcoming = Welcoming {
        now: Timestamp(1_790_000_000_000),
        hours: Some(Openings {
            open: true,
            changes: vec![Timestamp(1_790_003_600_000), Timestamp(1_790_060_000_000)],
            until: Timestamp(1_790_089_000_000),
        }),
        asks_email: true,
        questions: questions(),
        is_away: true,
        mail_to: Some("anna@example.com".to_owned()),
    };
    check("answers", vec![("one", Answers { answers: vec![said_of_oneself()] })]);
    check("answers_view", vec![("one", AnswersView { answers: vec![said_of_oneself()], opening: None })]);
    check(
        "answers_verdict",
        vec![
            ("good", AnswersVerdict { faults: Vec::new() }),
            (
                "bad",
                AnswersVerdict {
                    faults: vec![
                        None,
                        Some(AnswerFault::Missing),
                        Some(AnswerFault::NoEmail),
                        Some(AnswerFault::NoPhone),
                        Some(AnswerFault::Other),
                    ],
                },
            ),
        ],
    );
    check(
        "session_answer",
        vec![
            ("anonymous", answer(None, None, None)),
            ("known", answer(Some(known), None, None)),
            ("told why not", answer(None, Some(Code::IdentityRequired), None)),
            ("received", answer(None, None, Some(welcoming))),
        ],
    );
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
    let workspace = workspace_name().id;
    check(
        "ticket_request",
        vec![
            ("feed", TicketRequest { workspace, target: SocketTarget::Feed }),
            ("conversation", TicketRequest { workspace, target: SocketTarget::Conversation(conversation) }),
        ],
    );
    check("ticket_answer", vec![("ticket", TicketAnswer { ticket: "a.b".to_owned(), agent: agent() })]);
}

fn claimed_user() -> ClaimedUser {
    ClaimedUser {
        id: Some("user-7".to_owned()),
        name: Some("Anna".to_owned()),
        email: None,
        proof: Some(ClaimedProof { jwt: None, user_hash: Some("00".repeat(32)) }),
    }
}

#[test]
fn pr11_sites() {
    check("site_settings", vec![("settings", settings())]);
    check("site_list", vec![("sites", SiteList { sites: vec![site_view()] })]);
    check("identity_secret", vec![("secret", secret())]);
    check(
        "install_check",
        vec![("check", InstallCheck { address: "https://shop.example/ferns".to_owned() })],
    );
    check(
        "install_report",
        vec![
            ("good", InstallReport { finding: InstallFinding::Good }),
            ("origin", InstallReport { finding: InstallFinding::OriginNotAllowed }),
            ("other site", InstallReport { finding: InstallFinding::OtherSite }),
            ("no tag", InstallReport { finding: InstallFinding::NoTag }),
            ("policy", InstallReport { finding: InstallFinding::BlockedByPolicy }),
            ("address", InstallReport { finding: InstallFinding::AddressRefused }),
            ("no page", InstallReport { finding: InstallFinding::NoPage }),
        ],
    );
}

#[test]
fn pr11_what_pages_say_of_their_visitors_is_read_whatever_it_is() {
    let read = |text: &str| codec::from_text::<ClaimedUser>(&format!("{{\"v\":1,\"frame\":{text}}}"));
    let empty = ClaimedUser::default();
    for text in [
        "{}",
        r#"{"id":null,"name":true,"email":[1,{"a":2}]}"#,
        r#"{"phone":"+49","company":{"id":1},"id":1.5}"#,
    ] {
        assert!(read(text).is_ok_and(|user| user == empty), "{text}");
    }
    assert!(read(r#"{"id":42}"#).is_ok_and(|user| user.id.as_deref() == Some("42")));
    assert!(read(r#"{"id":-1}"#).is_ok_and(|user| user.id.as_deref() == Some("-1")));
    assert!(read(r#"{"proof":{"jwt":"","more":1}}"#).is_ok_and(|user| {
        user.proof == Some(ClaimedProof { jwt: Some(String::new()), user_hash: None })
    }));
}

#[test]
fn pr11_calls_between_objects() {
    let founding = Founding {
        workspace: site_key().workspace,
        name: "Fernwood".to_owned(),
        owner: founder(),
        site: Some(FoundingSite { id: site(), key: site_key().key, settings: settings() }),
    };
    let actor = Actor {
        agent: agent().id,
        session: SessionId::from_bytes(id(0xd0)),
        is_proven: true,
        has_second_factor: false,
        used_second_factor: false,
    };
    let digest = ConversationDigest { epoch: Epoch::from_bytes(id(0x40)), revision: 12, entry: entry() };
    check(
        "workspace_call",
        vec![
            ("found", WorkspaceCall::Found(founding)),
            ("site", WorkspaceCall::Site { key: site_key() }),
            ("receive", WorkspaceCall::Receive { key: site_key() }),
            ("digest", WorkspaceCall::Digest(Box::new(digest))),
            ("as", WorkspaceCall::As { actor, request: WorkspaceRequest::SetRole(agent().id, Role::Admin) }),
            ("sessions ended", WorkspaceCall::SessionsEnded(dismissal())),
            ("vouch, site", WorkspaceCall::Vouch { site: site(), visitor: entry().visitor, voucher: None }),
            (
                "vouch, secret",
                WorkspaceCall::Vouch { site: site(), visitor: entry().visitor, voucher: Some(voucher()) },
            ),
            (
                "keep vouching",
                WorkspaceCall::KeepVouching {
                    conversation: entry().conversation,
                    site: site(),
                    visitor: entry().visitor,
                    voucher: Some(voucher()),
                    at: Timestamp(1_790_000_000_000),
                },
            ),
            (
                "stop vouching",
                WorkspaceCall::StopVouching {
                    conversation: entry().conversation,
                    at: Timestamp(1_790_000_000_000),
                },
            ),
        ],
    );
    check::<CallResult<WorkspaceAnswer>>(
        "workspace_answer",
        vec![
            ("done", Ok(WorkspaceAnswer::Done)),
            (
                "site",
                Ok(WorkspaceAnswer::Site {
                    site: site(),
                    settings: Box::new(settings()),
                    keys: vec![site_key()],
                    identity_secrets: vec![secret()],
                    reception: Reception::default(),
                }),
            ),
            (
                "ticket",
                Ok(WorkspaceAnswer::Ticket {
                    agent: agent(),
                    permissions: Permissions::of(&[Permission::WriteNotes]),
                    at: Timestamp(1_790_000_000_000),
                }),
            ),
            ("site view", Ok(WorkspaceAnswer::SiteView(Box::new(site_view())))),
            ("refused", Err(Code::UnknownSite.into())),
        ],
    );
}

#[test]
fn pr11_jobs_and_what_they_bring() {
    let mail = Mail {
        to: "anna@example.com".to_owned(),
        language: Language::Ar,
        letter: Letter::Invitation { token: "token".to_owned(), invited_by: "owner@example.com".to_owned() },
    };
    let dismiss = |ended| ConversationCall::Dismiss { ended, at: Timestamp(1_790_000_000_000) };
    let dismiss_agent = dismiss(Ended::Agent(dismissal()));
    let left = AccountCall::Left { workspace: workspace_name().id, agent: agent().id };
    let picture = PictureId::from_bytes(id(0x78));
    check(
        "job",
        vec![
            ("mail", Job::Mail(Box::new(mail))),
            (
                "workspace",
                Job::Workspace(workspace_name().id, Box::new(WorkspaceCall::SessionsEnded(dismissal()))),
            ),
            ("account", Job::Account(founder().account, Box::new(left))),
            ("conversation", Job::Conversation(ConversationId::from_bytes(id(0x50)), dismiss_agent.clone())),
            ("face", Job::Face(agent().id, Some(picture))),
            ("no face", Job::Face(agent().id, None)),
            ("forget picture", Job::ForgetPicture(picture)),
            ("tidy logos", Job::TidyLogos(site(), Some(picture))),
        ],
    );
    let erase = ConversationCall::Erase { workspace: workspace_name().id };
    let expire = ConversationCall::Expire {
        workspace: workspace_name().id,
        epoch: Epoch::from_bytes(id(0x40)),
        revision: 1 << 52,
    };
    let upload = UploadId::from_bytes(id(0xe0));
    let of_visitor = |request| {
        ConversationCall::OfVisitor(Box::new(VisitorAsks { credential: "a.b".to_owned(), request }))
    };
    check(
        "conversation_call",
        vec![
            ("dismiss an agent", dismiss_agent),
            ("dismiss a site", dismiss(Ended::Site(site()))),
            ("dismiss a voucher", dismiss(Ended::Voucher(site(), voucher()))),
            ("dismiss a visitor", dismiss(Ended::Visitor(entry().visitor))),
            ("readmit a visitor", ConversationCall::Readmit { visitor: entry().visitor }),
            ("erase", erase),
            ("expire", expire),
            ("a visitor begins a file", of_visitor(FileRequest::Begin { upload, bytes: 48_000 })),
            ("a visitor finishes a file", of_visitor(FileRequest::Finish { upload, file: file() })),
            ("a visitor looks at a file", of_visitor(FileRequest::Look(file().id))),
            (
                "a visitor answers",
                ConversationCall::Answered(Box::new(VisitorAnswers {
                    credential: "a.b".to_owned(),
                    answers: KeptAnswers {
                        answers: vec![said_of_oneself()],
                        team: Some(TeamId::from_bytes(id(0x7e))),
                        opening: None,
                    },
                })),
            ),
        ],
    );
    let posted = PostedMail {
        key: "object/7".to_owned(),
        to: "anna@example.com".to_owned(),
        language: Language::De,
        subject: "Hallo".to_owned(),
        text: "Hallo".to_owned(),
        html: "<p>Hallo</p>".to_owned(),
    };
    check("mailbox_call", vec![("keep", MailboxCall::Keep(Box::new(posted))), ("list", MailboxCall::List)]);
    let entry = MailboxEntry {
        number: 7,
        at: Timestamp(1_790_000_000_123),
        to: "anna@example.com".to_owned(),
        language: Language::De,
        subject: "Hallo".to_owned(),
        text: "Hallo".to_owned(),
        html: "<p>Hallo</p>".to_owned(),
    };
    let mails = Mailbox { mails: vec![entry] };
    check("mailbox_answer", vec![("done", MailboxAnswer::Done), ("mails", MailboxAnswer::Mails(mails))]);
    check(
        "conversation_answer",
        vec![
            ("done", ConversationAnswer::Done),
            ("begun", ConversationAnswer::Begun(file().id)),
            ("answers", ConversationAnswer::Answers(vec![said_of_oneself()])),
            ("file", ConversationAnswer::File(Box::new(file()))),
        ],
    );
    let every = MediaType::ALL.map(|media| (media.name(), File { media, picture: None, ..file() }));
    check("file", every.to_vec());
}

#[test]
fn pr11_claims_and_what_browsers_keep() {
    let claims = |identity, voucher| VisitorClaims {
        workspace: site_key().workspace,
        site: site(),
        visitor: VisitorId::from_bytes(id(0x70)),
        conversation: ConversationId::from_bytes(id(0x50)),
        expires_at: Timestamp(1_790_000_000_000),
        identity,
        voucher,
    };
    check(
        "visitor_claims",
        vec![("token", claims(None, None)), ("of somebody", claims(Some(identity()), Some(voucher())))],
    );
    let ticket = |target| AgentTicket {
        workspace: site_key().workspace,
        agent: agent(),
        permissions: Permissions::of(&[Permission::ReadConversations, Permission::AnswerVisitors]),
        session: SessionId::from_bytes(id(0xd0)),
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
