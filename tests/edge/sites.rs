//! Sites: who may show them, their keys, and visitors who prove who they are.

use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::http::site::{IdentitySecret, InstallFinding, InstallReport, SiteList, SiteView};
use protocol::http::workspace::WorkspaceView;
use protocol::http::{PageConfig, SessionAnswer};
use protocol::{ClientFrame, CloseCode, Code, IndexEntry, ServerFrame, Stated, VisitorIdentity};
use serde_json::{Value, json};
use tests::agent::entry;
use tests::http::{Answer, get, post, request};
use tests::stage::PAGE_ORIGIN;
use tests::visitor::VisitorLine;
use tests::{Agent, Case, Received, Signer, Stage, Visitor};

/// Changes what is asked for.
type Change = fn(&mut Value);

pub(crate) const CASES: &[Case<Stage>] = &[
    ("SI1 settings get one spelling, and what they cannot be is refused", settings),
    ("WS2 a site's list decides who may show it, wherever it is asked", origins),
    ("SI3 a new key works beside the old one, and nobody is lost", key_rotation),
    ("SI5 a removed site is shown nowhere, and what was said on it stays", removal),
    ("SI5 a removed site sends its visitors away within 5 s, and their tokens open nothing", sent_away),
    ("ID10 an ended secret closes the sockets that it vouched for within 5 s, and no others", vouched_for),
    ("SI7 a workspace has ten pages checked a minute", checks_a_minute),
    ("ID2 off, optional, required: who is known and who is not", modes),
    ("ID3 a secret gives way to the next one", secret_rotation),
    ("ID6 a person has one conversation on every device, and nobody else sees it", one_conversation),
    ("ID7 agents see what is proven and what is claimed", what_agents_see),
    ("WS17 the list follows who a visitor is said to be, also without a message", what_the_list_calls_them),
];

/// The owner, at the settings of a site of their own.
pub(crate) struct Keeper<'a> {
    stage: &'a Stage,
    pub(crate) agent: Agent,
    pub(crate) site: SiteView,
}

impl<'a> Keeper<'a> {
    fn of_new_site(stage: &'a Stage, change: impl FnOnce(&mut Value)) -> Self {
        let agent = Agent::sign_in(stage);
        let mut settings = json!({
            "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "Hello!" },
            "allowed_origins": [], "allow_localhost": true, "identity": "off",
        });
        change(&mut settings);
        let answer = ask(stage, &agent, "POST", "", &settings);
        assert_eq!(answer.status, 201, "{}", answer.body);
        Self { stage, agent, site: answer.json() }
    }

    /// Of a new site that identifies its visitors in a mode, and the site's server.
    pub(crate) fn identified(stage: &'a Stage, mode: &str) -> (Self, Signer) {
        let keeper = Self::of_new_site(stage, |settings| settings["identity"] = json!(mode));
        let signer = Signer { site: keeper.site.id.to_string(), secret: keeper.new_secret() };
        (keeper, signer)
    }

    fn do_to(&self, method: &str, what: &str) -> Answer {
        ask(self.stage, &self.agent, method, &format!("/{}{what}", self.site.id), &json!(null))
    }

    fn new_secret(&self) -> IdentitySecret {
        self.do_to("POST", "/identity-secret").json()
    }

    /// The key of the site.
    pub(crate) fn key(&self) -> String {
        self.site.keys[0].key.to_string()
    }

    /// The answer to a page of the site that has kept a token and states who its visitor is.
    pub(crate) fn session(&self, token: &str, user: &Value) -> Answer {
        session(self.stage, &self.key(), token, user)
    }
}

fn ask(stage: &Stage, agent: &Agent, method: &str, path: &str, body: &Value) -> Answer {
    let headers = [
        ("Origin", stage.base_url()),
        ("Content-Type", "application/json"),
        ("Cookie", agent.cookie.as_str()),
    ];
    let url = format!("{}/api/workspaces/{}/sites{path}", stage.base_url(), agent.workspace);
    request(method, &url, &headers, (method != "GET").then(|| body.to_string()).as_deref())
}

fn session(stage: &Stage, key: &str, token: &str, user: &Value) -> Answer {
    let body = json!({ "site": key, "token": token, "user": user }).to_string();
    post(&format!("{}/api/visitor/session", stage.base_url()), &[("Origin", PAGE_ORIGIN)], &body)
}

fn config(stage: &Stage, key: &str, origin: &str) -> Answer {
    get(&format!("{}/api/sites/{key}/config", stage.base_url()), &[("Origin", origin)])
}

/// What a page hands over that has the proof of a site's server.
pub(crate) fn with_token(token: &str) -> Value {
    json!({ "proof": { "jwt": token } })
}

/// The known session of an answer.
pub(crate) fn known(stage: &Stage, answer: &Answer) -> Visitor {
    let known = answer.json::<SessionAnswer>().known.expect("somebody known");
    Visitor::of_session(stage, known.token, known.conversation)
}

fn settings(stage: &Stage) {
    let keeper = Keeper::of_new_site(stage, |settings| {
        settings["config"]["accent"] = json!("#1F6F5C");
        settings["allowed_origins"] = json!(["https://BÜCHER.example:443/", "https://*.shop.example"]);
    });
    let written = &keeper.site.settings;
    assert_eq!(written.config.accent, "#1f6f5c");
    assert_eq!(written.allowed_origins, ["https://*.shop.example", "https://xn--bcher-kva.example"]);
    let change = |change: &dyn Fn(&mut Value)| {
        let mut settings = serde_json::to_value(&keeper.site.settings).expect("settings");
        change(&mut settings);
        ask(stage, &keeper.agent, "PUT", &format!("/{}", keeper.site.id), &settings)
    };
    let named = change(&|settings| settings["config"]["name"] = json!("Fern shop"));
    assert_eq!((named.status, named.json::<SiteView>().settings.config.name.as_str()), (200, "Fern shop"));
    let refusals: [(Change, u16, Code); 5] = [
        (|settings| settings["config"]["name"] = json!(""), 400, Code::BadField),
        (|settings| settings["config"]["accent"] = json!("red;}"), 400, Code::BadField),
        (|settings| settings["config"]["greeting"] = json!("x".repeat(301)), 413, Code::TooLarge),
        (|settings| settings["allowed_origins"] = json!(["https://*.com"]), 400, Code::BadField),
        (
            |settings| settings["allowed_origins"] = json!(["https://a.example; script-src *"]),
            400,
            Code::BadField,
        ),
    ];
    for (spoil, status, code) in refusals {
        let answer = change(&spoil);
        assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.body);
    }
    let list: SiteList = ask(stage, &keeper.agent, "GET", "", &json!(null)).json();
    let kept = list.sites.iter().find(|site| site.id == keeper.site.id).expect("it is listed");
    assert_eq!(kept.settings.config.name, "Fern shop");
    let absent =
        ask(stage, &keeper.agent, "PUT", &format!("/{}", "0".repeat(32)), &json!(keeper.site.settings));
    assert_eq!((absent.status, absent.code()), (404, Code::NotFound));
}

fn origins(stage: &Stage) {
    let keeper = Keeper::of_new_site(stage, |settings| {
        settings["allowed_origins"] = json!(["https://shop.example", "https://*.shop.example:8443"]);
        settings["allow_localhost"] = json!(false);
    });
    let key = keeper.key();
    for (origin, is_allowed) in [
        ("https://shop.example", true),
        ("https://a.shop.example:8443", true),
        ("https://a.b.shop.example:8443", true),
        ("https://a.shop.example", false),
        ("https://shop.example:8443", false),
        ("https://shop.example:8443.evil.io", false),
        ("https://shop.example.evil.io", false),
        ("https://evilshop.example:8443", false),
        ("http://shop.example", false),
        ("http://localhost:8080", false),
        ("null", false),
        ("", false),
    ] {
        let body = json!({ "site": key }).to_string();
        let url = format!("{}/api/visitor/session", stage.base_url());
        for answer in [config(stage, &key, origin), post(&url, &[("Origin", origin)], &body)] {
            if is_allowed {
                let allowed = answer.header("access-control-allow-origin");
                assert_eq!((answer.status, allowed), (200, Some(origin)), "{origin}");
            } else {
                assert_eq!((answer.status, answer.code()), (403, Code::OriginNotAllowed), "{origin}");
            }
        }
    }
    let frame = get(&format!("{}/widget/{key}/frame", stage.base_url()), &[]);
    let policy = frame.header("content-security-policy").expect("a policy");
    let ancestors =
        format!("frame-ancestors {} https://*.shop.example:8443 https://shop.example", stage.base_url());
    assert!(policy.split(';').any(|part| part.trim() == ancestors), "{policy}");
}

fn key_rotation(stage: &Stage) {
    let keeper = Keeper::of_new_site(stage, |_| {});
    let old = keeper.key();
    let first: SessionAnswer = session(stage, &old, "", &json!(null)).json();
    let view: SiteView = keeper.do_to("POST", "/key").json();
    let new = view.keys[0].key.to_string();
    assert_ne!(new, old);
    assert_eq!(view.keys.len(), 2);
    assert_eq!((view.keys[0].ends_at, view.keys[1].key.to_string()), (None, old.clone()));
    let site = config(stage, &old, PAGE_ORIGIN).json::<PageConfig>().site;
    assert_eq!(config(stage, &new, PAGE_ORIGIN).json::<PageConfig>().site, site);
    let renewed: SessionAnswer = session(stage, &new, &first.token, &json!(null)).json();
    assert_eq!(renewed.conversation, first.conversation, "the visitor is the same under the new key");

    let view: SiteView = keeper.do_to("DELETE", "/key").json();
    assert_eq!(view.keys.len(), 1);
    for answer in [config(stage, &old, PAGE_ORIGIN), session(stage, &old, &first.token, &json!(null))] {
        assert_eq!((answer.status, answer.code()), (404, Code::UnknownSite));
    }
    assert_eq!(get(&format!("{}/widget/{old}/frame", stage.base_url()), &[]).status, 404);
    assert_eq!(config(stage, &new, PAGE_ORIGIN).status, 200);
}

fn removal(stage: &Stage) {
    let keeper = Keeper::of_new_site(stage, |_| {});
    let first: SessionAnswer = keeper.session("", &json!(null)).json();
    let mut visitor = Visitor::of_session(stage, first.token, first.conversation);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "before it went");
    assert_eq!(keeper.do_to("DELETE", "").status, 204);
    assert_eq!(keeper.do_to("DELETE", "").code(), Code::NotFound);
    assert_eq!(config(stage, &keeper.key(), PAGE_ORIGIN).code(), Code::UnknownSite);
    let (_, welcome) = keeper.agent.clone().connect(visitor.conversation);
    assert_eq!(welcome.head.0, 1, "agents still read it");
}

/// How the server closes a socket within 5 s; `None` if it does not.
pub(crate) fn closed_within_5_s(line: &mut VisitorLine) -> Option<u16> {
    let began = Instant::now();
    while let Some(left) = Duration::from_secs(5).checked_sub(began.elapsed()) {
        if let Some(Received::Closed(code)) = line.receive_within(left.max(Duration::from_millis(1))) {
            return code;
        }
    }
    None
}

/// How a socket that a visitor opens is answered: with a welcome, or with a close.
pub(crate) fn let_in(visitor: &Visitor) -> Result<(), Option<u16>> {
    let mut line = visitor.open(Codec::Json).expect("the upgrade is accepted");
    line.send(&ClientFrame::Hello(visitor.hello(None)));
    loop {
        match line.receive() {
            Received::Frame(ServerFrame::Welcome(_)) => return Ok(()),
            Received::Closed(code) => return Err(code),
            Received::Frame(_) | Received::Text(_) => {}
        }
    }
}

fn sent_away(stage: &Stage) {
    let gone = Some(CloseCode::NotFound.number());
    let keeper = Keeper::of_new_site(stage, |_| {});
    let arrive = || {
        let answer: SessionAnswer = keeper.session("", &json!(null)).json();
        Visitor::of_session(stage, answer.token, answer.conversation)
    };
    let (mut talkative, silent) = (arrive(), arrive());
    let mut feed = keeper.agent.watch_feed().0;
    let (mut line, _) = talkative.connect(Codec::Json, None);
    talkative.say(&mut line, "hello");
    entry(&mut feed, talkative.conversation, |_| true);
    let says_nothing = arrive();
    let (mut idle_line, _) = says_nothing.clone().connect(Codec::Json, None);
    let mut elsewhere = Visitor::arrive(stage);
    let (mut other_line, _) = elsewhere.connect(Codec::Json, None);
    elsewhere.say(&mut other_line, "on another site");

    assert_eq!(keeper.do_to("DELETE", "").status, 204);
    let removed = Instant::now();
    assert_eq!(closed_within_5_s(&mut line), gone);
    assert_eq!(closed_within_5_s(&mut idle_line), gone);
    assert!(removed.elapsed() < Duration::from_secs(5), "both together");
    assert_eq!(let_in(&talkative), Err(gone));
    while let_in(&silent).is_ok() {
        assert!(removed.elapsed() < Duration::from_secs(5), "a token of a removed site opens a socket");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(let_in(&silent), Err(gone));
    assert_eq!(let_in(&says_nothing), Err(gone));
    elsewhere.say(&mut other_line, "still there");
}

fn vouched_for(stage: &Stage) {
    let (keeper, old) = Keeper::identified(stage, "optional");
    let new = Signer { site: old.site.clone(), secret: keeper.new_secret() };
    let proven = |signer: &Signer, user: &str| {
        known(stage, &keeper.session("", &with_token(&signer.token(user, &json!(null)))))
    };
    let (mut anna, mut ben, mut anonymous) =
        (proven(&old, "anna"), proven(&new, "ben"), Visitor::arrive_at(stage, keeper.site.keys[0].key));
    let mut feed = keeper.agent.watch_feed().0;
    let mut lines = Vec::new();
    for visitor in [&mut anna, &mut ben, &mut anonymous] {
        let (mut line, _) = visitor.connect(Codec::Json, None);
        visitor.say(&mut line, "hello");
        entry(&mut feed, visitor.conversation, |_| true);
        lines.push(line);
    }
    let (mut idle, _) = proven(&old, "dora").connect(Codec::Json, None);
    let mut emil = proven(&new, "emil");
    let (mut idle_by_new, _) = emil.connect(Codec::Json, None);
    assert_eq!(keeper.do_to("DELETE", "/identity-secret").status, 200);
    let ended = Instant::now();
    let again = Some(CloseCode::Unauthenticated.number());
    assert_eq!(closed_within_5_s(&mut lines[0]), again);
    assert_eq!(closed_within_5_s(&mut idle), again, "where nothing was said");
    assert!(ended.elapsed() < Duration::from_secs(5), "both together");
    emil.say(&mut idle_by_new, "proven by the other");
    assert_eq!(let_in(&anna), Err(again));
    ben.say(&mut lines[1], "still there");
    anonymous.say(&mut lines[2], "still there");
    assert_eq!((let_in(&ben), let_in(&anonymous)), (Ok(()), Ok(())));
    let proven_anew = proven(&new, "anna");
    assert_eq!(proven_anew.conversation, anna.conversation);
    assert_eq!(let_in(&proven_anew), Ok(()));
}

fn checks_a_minute(stage: &Stage) {
    let mut owner = tests::Person::sign_up(stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Checks" })).json();
    let sites = format!("/api/workspaces/{}/sites", view.id);
    let settings = json!({
        "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "" },
        "allowed_origins": [], "allow_localhost": true, "identity": "off",
    });
    let site: SiteView = owner.post(&sites, &settings).json();
    let mut check =
        |address: &str| owner.post(&format!("{sites}/{}/check", site.id), &json!({ "address": address }));
    let nobody = format!("http://localhost:{}/", stage.developer_port());
    for _ in 0..10 {
        let answer = check(&nobody);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.json::<InstallReport>().finding, InstallFinding::NoPage);
        let asked_nobody: InstallReport = check("https://10.0.0.1/").json();
        assert_eq!(asked_nobody.finding, InstallFinding::AddressRefused, "and does not count");
    }
    let refused = check(&nobody);
    assert_eq!((refused.status, refused.code()), (429, Code::RateLimited));
}

fn modes(stage: &Stage) {
    for (mode, missing, is_refused) in
        [("off", None, false), ("optional", None, false), ("required", Some(Code::IdentityRequired), true)]
    {
        let (keeper, signer) = Keeper::identified(stage, mode);
        let anonymous = |user: &Value, notice: Option<Code>| {
            let answer = keeper.session("", user);
            assert_eq!(answer.status, 200, "{mode} {user} {}", answer.body);
            let answer: SessionAnswer = answer.json();
            assert!(answer.known.is_none(), "{mode} {user}");
            assert_eq!(answer.notice, notice, "{mode} {user}");
        };
        anonymous(&json!(null), missing);
        anonymous(&json!({ "id": "anna", "email": "anna@example.com" }), missing);
        anonymous(&json!({ "id": "anna", "proof": {} }), missing);

        let token = signer.token("anna", &json!(null));
        let good = [
            with_token(&token),
            json!({ "id": "anna", "proof": { "userHash": signer.hash("anna") } }),
            json!({ "id": "ben", "name": "Ben", "proof": { "jwt": token } }),
        ];
        for user in good {
            let answer: SessionAnswer = keeper.session("", &user).json();
            assert_eq!(answer.known.is_some(), mode != "off", "{mode} {user}");
            assert_eq!(answer.notice, None);
        }

        let other = Signer { site: "0".repeat(32), secret: signer.secret.clone() };
        let expired = json!({ "exp": 1_000, "iat": 900 });
        let bad = [
            with_token(""),
            with_token(" "),
            with_token(&token[..token.len() - 2]),
            with_token(&other.token("anna", &json!(null))),
            with_token(&signer.token("anna", &expired)),
            with_token("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0."),
            json!({ "id": "anna", "proof": { "userHash": "" } }),
            json!({ "id": "anna", "proof": { "userHash": "0".repeat(64) } }),
            json!({ "id": "anna", "proof": { "userHash": signer.hash("anna").to_uppercase() } }),
            json!({ "id": "anna", "proof": { "userHash": &signer.hash("anna")[..32] } }),
            json!({ "id": "ben", "proof": { "userHash": signer.hash("anna") } }),
            json!({ "id": "anna", "proof": { "userHash": other.hash("anna") } }),
        ];
        for user in bad {
            if is_refused {
                let answer = keeper.session("", &user);
                assert_eq!((answer.status, answer.code()), (401, Code::BadIdentity), "{mode} {user}");
                assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
            } else {
                anonymous(&user, (mode == "optional").then_some(Code::BadIdentity));
            }
        }
    }
}

fn secret_rotation(stage: &Stage) {
    let (keeper, first) = Keeper::identified(stage, "required");
    let second = Signer { site: first.site.clone(), secret: keeper.new_secret() };
    let is_known = |signer: &Signer| {
        let answer = keeper.session("", &with_token(&signer.token("anna", &json!(null))));
        if answer.status == 200 {
            answer.json::<SessionAnswer>().known.map(|known| known.conversation)
        } else {
            None
        }
    };
    assert!(is_known(&first).is_some());
    assert_eq!(is_known(&first), is_known(&second), "the person stays the same");
    let third = Signer { site: first.site.clone(), secret: keeper.new_secret() };
    assert_eq!(is_known(&first), None, "two are good at a time");
    assert!(is_known(&second).is_some() && is_known(&third).is_some());
    let view: SiteView = keeper.do_to("DELETE", "/identity-secret").json();
    assert_eq!(view.identity_secrets.len(), 1);
    assert_eq!(view.identity_secrets[0].key_id, third.secret.key_id);
    assert_eq!(is_known(&second), None, "ended at once");
    assert!(is_known(&third).is_some());
    let list = ask(stage, &keeper.agent, "GET", "", &json!(null));
    assert!(!list.body.contains(&third.secret.secret), "a secret is told once");
}

fn one_conversation(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let anna = with_token(&signer.token("anna", &json!(null)));
    // An anonymous visitor writes, and identifies in the middle of it.
    let answer: SessionAnswer = keeper.session("", &json!(null)).json();
    let mut anonymous = Visitor::of_session(stage, answer.token.clone(), answer.conversation);
    let (mut line, _) = anonymous.connect(Codec::Json, None);
    anonymous.say(&mut line, "written by nobody in particular");
    let answer = keeper.session(&answer.token, &anna);
    let kept: SessionAnswer = answer.json();
    assert_eq!(kept.conversation, anonymous.conversation, "the page keeps the anonymous visitor");
    let mut known_there = known(stage, &answer);
    assert_ne!(known_there.conversation, anonymous.conversation);
    let (mut line, welcome) = known_there.connect(Codec::Json, None);
    assert_eq!(welcome.head.0, 0, "what was said before stays the anonymous visitor's");
    known_there.say(&mut line, "written by Anna");
    let seen = |visitor: &Visitor| keeper.agent.clone().connect(visitor.conversation).1.presence.identity;
    assert_eq!(seen(&anonymous), None, "agents are not told that it was Anna");
    let kept = Visitor::of_session(stage, kept.token, kept.conversation);
    let _ = kept.connect(Codec::Json, None);
    assert_eq!(seen(&kept), None, "nor when the page's own visitor comes back");
    assert_eq!(seen(&known_there).and_then(|identity| identity.user).as_deref(), Some("anna"));
    // On another device.
    let known_here = known(stage, &keeper.session("", &anna));
    assert_eq!(known_here.conversation, known_there.conversation);
    let (_, welcome) = known_here.connect(Codec::Json, None);
    assert_eq!(welcome.head.0, 1, "her history is there");
    // Somebody else, another site, and a page that claims to be her.
    let ben = known(stage, &keeper.session("", &with_token(&signer.token("ben", &json!(null)))));
    assert_ne!(ben.conversation, known_here.conversation);
    let (elsewhere, its_signer) = Keeper::identified(stage, "optional");
    let anna_elsewhere =
        known(stage, &elsewhere.session("", &with_token(&its_signer.token("anna", &json!(null)))));
    assert_ne!(anna_elsewhere.conversation, known_here.conversation);
    let claimed = json!({ "id": "anna", "email": "anna@example.com" });
    let claimed: SessionAnswer = keeper.session("", &claimed).json();
    assert_ne!(claimed.conversation, known_here.conversation);
    // A known session is not renewed by its token: who has proven who they are proves it again.
    let again: SessionAnswer = keeper.session(&known_here.token, &json!(null)).json();
    assert!(again.known.is_none());
    assert_ne!(again.conversation, known_here.conversation);
    for stranger in [ben, anna_elsewhere] {
        let mut line = stranger.open_to(known_here.conversation, Codec::Json).expect("open");
        line.send(&ClientFrame::Hello(stranger.hello(None)));
        assert_eq!(line.until_closed(), Some(protocol::CloseCode::NotFound.number()));
    }
}

fn what_agents_see(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let stated = |text: &str, is_verified| Some(Stated { text: text.to_owned(), is_verified });
    let seen = |visitor: &mut Visitor| -> Option<VisitorIdentity> {
        let (mut line, _) = visitor.connect(Codec::Json, None);
        visitor.say(&mut line, "who am I?");
        keeper.agent.clone().connect(visitor.conversation).1.presence.identity
    };
    let claims = json!({ "id": "anna", "name": "Anna", "email": "ben@example.com" });
    let answer: SessionAnswer = keeper.session("", &claims).json();
    let mut claimed = Visitor::of_session(stage, answer.token.clone(), answer.conversation);
    let expected =
        VisitorIdentity { user: None, name: stated("Anna", false), email: stated("ben@example.com", false) };
    assert_eq!(seen(&mut claimed), Some(expected), "claims are claims");
    let renamed: SessionAnswer = keeper.session(&answer.token, &json!({ "name": "Annie" })).json();
    let mut renamed = Visitor::of_session(stage, renamed.token, renamed.conversation);
    assert_eq!(renamed.conversation, claimed.conversation);
    assert_eq!(
        seen(&mut renamed).and_then(|who| who.name),
        stated("Annie", false),
        "the newest claim counts"
    );

    let token = signer.token("anna", &json!({ "name": "Anna" }));
    let user = json!({ "email": "ben@example.com", "proof": { "jwt": token } });
    let mut proven = known(stage, &keeper.session("", &user));
    let expected = VisitorIdentity {
        user: Some("anna".to_owned()),
        name: stated("Anna", true),
        email: stated("ben@example.com", false),
    };
    assert_eq!(seen(&mut proven), Some(expected), "only what is signed is verified");
    let answer: SessionAnswer = keeper.session("", &json!(null)).json();
    let mut nobody = Visitor::of_session(stage, answer.token, answer.conversation);
    assert_eq!(seen(&mut nobody), None);
}

fn what_the_list_calls_them(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let (mut feed, _) = keeper.agent.watch_feed();
    let claimed: SessionAnswer = keeper.session("", &json!({ "name": "Anna" })).json();
    let mut visitor = Visitor::of_session(stage, claimed.token.clone(), claimed.conversation);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "hello");
    let stated = |text: &str, is_verified| Some(Stated { text: text.to_owned(), is_verified });
    let name = |entry: &IndexEntry| entry.identity.as_ref().and_then(|identity| identity.name.clone());
    let listed = entry(&mut feed, visitor.conversation, |_| true);
    assert_eq!(name(&listed), stated("Anna", false));

    let renamed: SessionAnswer = keeper.session(&claimed.token, &json!({ "name": "Annie" })).json();
    let renamed = Visitor::of_session(stage, renamed.token, renamed.conversation);
    let (_line, _) = renamed.connect(Codec::Json, None);
    let listed_again = entry(&mut feed, visitor.conversation, |entry| name(entry) == stated("Annie", false));
    assert_eq!((listed_again.unread, listed_again.began_at), (1, listed.began_at));

    let token = signer.token("anna", &json!({ "name": "Anna" }));
    let mut proven = known(stage, &keeper.session("", &with_token(&token)));
    let (mut line, _) = proven.connect(Codec::Json, None);
    proven.say(&mut line, "it is me");
    let listed = entry(&mut feed, proven.conversation, |_| true);
    assert_eq!(name(&listed), stated("Anna", true));
}
