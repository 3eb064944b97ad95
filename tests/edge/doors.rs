//! Who gets in, and who does not.

use protocol::codec::Codec;
use protocol::http::SetupAnswer;
use protocol::http::account::Me;
use protocol::{
    AgentCommand, AgentFrame, Author, ClientFrame, CloseCode, Code, ConversationId, FeedRequest,
    SocketTarget, WorkspaceId,
};
use tests::adapted::{forwardable, put_forward};
use tests::agent::hello;
use tests::http::{get, post};
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Line, Person, Stage, Visitor, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AC1 a stranger's conversation and an absent one look the same", foreign_and_absent_look_the_same),
    ("AC2 an agent's socket needs our own origin and a ticket", agent_sockets),
    ("AC3 a ticket is good once and for one socket", tickets),
    ("AC3 a ticket is good for 30 s, and no cookie beside it counts", old_and_borrowed_tickets),
    ("AC4 an agent of another workspace sees nothing", other_workspace),
    ("AC5 a spoiled token is refused", spoiled_tokens),
    ("AP4 guessing a password is limited, and unknown addresses look the same", sign_in),
    ("AP5 a session ends with sign-out", sign_out),
    ("AP7 signing in takes JSON from our own origin", cross_site),
    ("WS2 a site is shown on its own origins only", sites),
    ("WS6 founding takes the setup token and happens once", setup),
    ("AP31 the password that founding makes is good for one sign-in", first_password),
];

const PORT: u16 = 8_930;

fn foreign_and_absent_look_the_same(stage: &Stage) {
    let mut owner = Visitor::arrive(stage);
    let (mut line, _) = owner.connect(Codec::Json, None);
    owner.say(&mut line, "private");
    let stranger = Visitor::arrive(stage);
    let absent = Visitor::arrive(stage).conversation;
    let close = |conversation| {
        let mut line = stranger.open_to(conversation, Codec::Json).expect("open");
        line.send(&ClientFrame::Hello(stranger.hello(None)));
        let bye = line.receive();
        (format!("{bye:?}"), line.until_closed())
    };
    let foreign = close(owner.conversation);
    assert_eq!(foreign.1, Some(CloseCode::NotFound.number()));
    assert_eq!(foreign, close(absent));
    let made_up = ConversationId::from_bytes(random());
    assert_eq!(stranger.open_to(made_up, Codec::Json).err(), Some(404));
}

fn agent_sockets(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let visitor = Visitor::arrive(stage);
    let path = format!("/api/agent/conversations/{}/socket", visitor.conversation);
    for origin in ["https://evil.example", "null", PAGE_ORIGIN, ""] {
        let headers = [("Origin", origin), ("Cookie", agent.cookie.as_str())];
        let opened = Line::<ClientFrame<AgentCommand>, AgentFrame>::open(
            stage.port(),
            &path,
            Codec::Postcard,
            &headers,
        );
        assert_eq!(opened.err(), Some(403), "{origin}");
    }
    for headers in [vec![], vec![("Cookie", agent.cookie.as_str())]] {
        let opened = Line::<ClientFrame<AgentCommand>, AgentFrame>::open(
            stage.port(),
            &path,
            Codec::Postcard,
            &headers,
        );
        assert_eq!(opened.err(), Some(403), "no origin at all");
    }
    let mut line = agent.open(visitor.conversation, Codec::Postcard).expect("our origin");
    line.send(&ClientFrame::Typing { on: true });
    assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()), "no hello");
    let mut line = agent.open(visitor.conversation, Codec::Postcard).expect("our origin");
    line.send(&ClientFrame::Hello(hello(visitor.token.clone())));
    assert_eq!(
        line.until_closed(),
        Some(CloseCode::Unauthenticated.number()),
        "a visitor's token is no ticket"
    );
}

fn tickets(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hi");
    let ticket = agent.ticket(SocketTarget::Conversation(visitor.conversation));
    let mut first = agent.open(visitor.conversation, Codec::Postcard).expect("open");
    first.send(&ClientFrame::Hello(hello(ticket.clone())));
    first.until(|frame| matches!(frame, AgentFrame::Welcome(_)).then_some(()));
    let mut second = agent.open(visitor.conversation, Codec::Postcard).expect("open");
    second.send(&ClientFrame::Hello(hello(ticket)));
    assert_eq!(second.until_closed(), Some(CloseCode::Unauthenticated.number()), "used");
    let mut other = agent.open(visitor.conversation, Codec::Postcard).expect("open");
    other.send(&ClientFrame::Hello(hello(agent.ticket(SocketTarget::Feed))));
    assert_eq!(other.until_closed(), Some(CloseCode::Unauthenticated.number()), "for another socket");
    let headers = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
    let body = serde_json::json!({ "workspace": agent.workspace, "target": "feed" }).to_string();
    let answer = post(&format!("{}/api/agent/ticket", stage.base_url()), &headers, &body);
    assert_eq!((answer.status, answer.code()), (401, Code::Unauthenticated));
}

fn old_and_borrowed_tickets(_: &Stage) {
    let stage = Stage::start_adapted("tickets", PORT, forwardable);
    let mut visitor = Visitor::arrive(&stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hi");
    let agent = Agent::sign_in(&stage);
    let target = SocketTarget::Conversation(visitor.conversation);
    let [good, of_the_signed_out] = [(); 2].map(|()| agent.ticket(target));

    let email = "somebody-else@example.com";
    let password = found(&stage, email).json::<SetupAnswer>().password;
    let other = Agent::sign_in_as(&stage, email, &password);
    let path = format!("/api/agent/conversations/{}/socket", visitor.conversation);
    let headers = [("Origin", stage.base_url()), ("Cookie", other.cookie.as_str())];
    let mut line =
        Line::<ClientFrame<AgentCommand>, AgentFrame>::open(stage.port(), &path, Codec::Postcard, &headers)
            .expect("our origin");
    line.send(&ClientFrame::Hello(hello(good)));
    let me = line.until(|frame| match frame {
        AgentFrame::Welcome(welcome) => Some(welcome.me.clone()),
        _ => None,
    });
    let Author::Agent(me) = me else { panic!("an agent: {me:?}") };
    assert_eq!(me.name, agent.me.profile.name, "whose ticket it is, whatever cookie comes with it");

    let refused = |ticket: String| {
        let mut line = agent.open(visitor.conversation, Codec::Postcard).expect("open");
        line.send(&ClientFrame::Hello(hello(ticket)));
        line.until_closed()
    };
    assert_eq!(agent.person().post("/api/account/sign-out", &serde_json::json!({})).status, 204);
    assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()), "its session has ended");
    assert_eq!(refused(of_the_signed_out), Some(CloseCode::Unauthenticated.number()));
    let agent = Agent::sign_in(&stage);
    let fresh = agent.ticket(target);
    put_forward(stage.base_url(), 31_000);
    assert_eq!(refused(fresh), Some(CloseCode::Unauthenticated.number()), "after 31 s");
    let (_, welcome) = agent.clone().connect(visitor.conversation);
    assert_eq!(welcome.head.0, 1, "a new one is good");
}

fn other_workspace(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "for our agents only");
    let email =
        format!("other-{}@example.com", ConversationId::from_bytes(random()).to_string().split_at(8).0);
    let founded = found(stage, &email);
    assert_eq!(founded.status, 201, "{}", founded.body);
    let founded: protocol::http::SetupAnswer = founded.json();
    let stranger = Agent::sign_in_as(stage, &email, &founded.password);
    let ticket = stranger.ticket(SocketTarget::Conversation(visitor.conversation));
    let mut line = stranger.open(visitor.conversation, Codec::Postcard).expect("open");
    line.send(&ClientFrame::Hello(hello(ticket)));
    assert_eq!(line.until_closed(), Some(CloseCode::NotFound.number()));
    let ours = Agent::sign_in(stage).workspace;
    let feed_of = |workspace| {
        let mut feed = stranger.open_feed(workspace).expect("open");
        feed.send(&FeedRequest::Hello(hello(stranger.ticket(SocketTarget::Feed))));
        let bye = feed.receive();
        (format!("{bye:?}"), feed.until_closed())
    };
    let foreign = feed_of(ours);
    assert_eq!(foreign.1, Some(CloseCode::NotFound.number()));
    assert_eq!(foreign, feed_of(WorkspaceId::from_bytes(random())));
}

fn spoiled_tokens(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let tokens =
        [String::new(), "a.b".to_owned(), visitor.token[1..].to_owned(), format!("{}A", visitor.token)];
    for token in tokens {
        let mut line = visitor.open(Codec::Json).expect("open");
        line.send(&ClientFrame::Hello(protocol::Hello { credential: token, ..visitor.hello(None) }));
        assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()));
    }
    let renew = |token: &str| -> protocol::http::SessionAnswer {
        let body = serde_json::json!({ "site": stage.site_key(), "token": token }).to_string();
        post(&format!("{}/api/visitor/session", stage.base_url()), &[("Origin", PAGE_ORIGIN)], &body).json()
    };
    assert_eq!(renew(&visitor.token).conversation, visitor.conversation, "a good token is renewed");
    assert_ne!(renew("spoiled").conversation, visitor.conversation, "a bad one begins anew");
}

fn sign_in(stage: &Stage) {
    let attempt = |email: &str, password: &str| {
        let body = serde_json::json!({ "email": email, "password": password }).to_string();
        let headers = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
        post(&format!("{}/api/account/sign-in", stage.base_url()), &headers, &body)
    };
    let known =
        format!("known-{}@example.com", ConversationId::from_bytes(random()).to_string().split_at(8).0);
    let password = found(stage, &known).json::<protocol::http::SetupAnswer>().password;
    let unknown = known.replace("known", "unknown");
    for _ in 0..5 {
        let one = attempt(&known, "wrong");
        let other = attempt(&unknown, "wrong");
        assert_eq!((one.status, one.code()), (401, Code::WrongSignIn));
        assert_eq!(one.body, other.body);
    }
    for email in [&known, &unknown] {
        let answer = attempt(email, &password);
        assert_eq!((answer.status, answer.code()), (429, Code::RateLimited));
        assert!(answer.header("retry-after").is_some());
    }
    assert_eq!(attempt("not an address", "x").code(), Code::WrongSignIn);
}

fn sign_out(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let me = format!("{}/api/account/me", stage.base_url());
    let cookie = [("Cookie", agent.cookie.as_str())];
    assert_eq!(get(&me, &cookie).status, 200);
    let headers = [
        ("Origin", stage.base_url()),
        ("Content-Type", "application/json"),
        ("Cookie", agent.cookie.as_str()),
    ];
    let answer = post(&format!("{}/api/account/sign-out", stage.base_url()), &headers, "");
    assert_eq!(answer.status, 204);
    assert!(answer.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!(get(&me, &cookie).code(), Code::Unauthenticated);
    assert_eq!(get(&me, &[("Cookie", "__Host-session=null")]).code(), Code::Unauthenticated);
}

fn cross_site(stage: &Stage) {
    let owner = stage.owner();
    let body = serde_json::json!({ "email": owner.email, "password": owner.password }).to_string();
    let url = format!("{}/api/account/sign-in", stage.base_url());
    for headers in [
        [("Origin", "https://evil.example"), ("Content-Type", "application/json")],
        [("Origin", stage.base_url()), ("Content-Type", "text/plain")],
        [("Origin", "null"), ("Content-Type", "application/json")],
    ] {
        let answer = post(&url, &headers, &body);
        assert_eq!((answer.status, answer.code()), (403, Code::Forbidden), "{headers:?}");
        assert!(answer.header("set-cookie").is_none());
    }
    let headers = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
    let cookie = post(&url, &headers, &body);
    let cookie = cookie.header("set-cookie").expect("a cookie");
    for word in ["__Host-session=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(word), "{cookie}");
    }
}

fn sites(stage: &Stage) {
    let config = |key: &str, origin: &str| {
        get(&format!("{}/api/sites/{key}/config", stage.base_url()), &[("Origin", origin)])
    };
    let key = stage.site_key().to_string();
    let good = config(&key, PAGE_ORIGIN);
    assert_eq!((good.status, good.header("access-control-allow-origin")), (200, Some(PAGE_ORIGIN)));
    let refused = config(&key, "https://evil.example");
    assert_eq!((refused.status, refused.code()), (403, Code::OriginNotAllowed));
    assert_eq!(refused.header("access-control-allow-origin"), Some("*"), "its console can say why");
    let unknown = protocol::SiteKey { workspace: WorkspaceId::from_bytes(random()), ..stage.site_key() };
    for key in [unknown.to_string(), "pk_nonsense".to_owned(), "%20".to_owned()] {
        let answer = config(&key, PAGE_ORIGIN);
        assert_eq!((answer.status, answer.code()), (404, Code::UnknownSite), "{key}");
    }
}

fn setup(stage: &Stage) {
    let again = found(stage, &stage.owner().email);
    assert_eq!((again.status, again.code()), (409, Code::AlreadySetUp));
    for authorization in ["", "Bearer ", "Bearer wrong"] {
        let headers = [("Authorization", authorization)];
        let answer = post(&format!("{}/api/setup", stage.base_url()), &headers, "{}");
        assert_eq!(answer.code(), Code::Unauthenticated, "{authorization}");
    }
}

fn first_password(stage: &Stage) {
    let mut person = Person::stranger(stage);
    let made: SetupAnswer = found(stage, &person.email).json();
    let enter = |person: &mut Person, password: &str| {
        let body = serde_json::json!({ "email": made.email, "password": password });
        person.post("/api/account/sign-in", &body)
    };
    let entered = enter(&mut person, &made.password);
    assert_eq!((entered.status, entered.json::<Me>().has_password), (200, false), "it is used up");
    let again = enter(&mut Person::stranger(stage), &made.password);
    assert_eq!((again.status, again.code()), (401, Code::WrongSignIn));
    let own = person.password();
    assert_eq!(person.post("/api/account/password", &serde_json::json!({ "password": own })).status, 204);
    assert_eq!(enter(&mut Person::stranger(stage), &own).status, 200);
}

fn found(stage: &Stage, email: &str) -> tests::http::Answer {
    let body = serde_json::json!({
        "email": email, "workspace": "Other", "site_name": "Other", "allowed_origins": [], "allow_localhost": true,
    });
    let authorization = format!("Bearer {}", stage.setup_token());
    let url = format!("{}/api/setup", stage.base_url());
    post(&url, &[("Authorization", &authorization), ("Content-Type", "application/json")], &body.to_string())
}
