//! Who is on a site: told by its pages, seen by its team, who say something first.

use protocol::http::SessionAnswer;
use protocol::http::question::AnswersView;
use protocol::http::visit::{BeatAnswer, Opening, OpeningBy, Visit, VisitPage};
use protocol::{Code, Codec, VisitId};
use serde_json::{Value, json};
use tests::http::{Answer, get, post};
use tests::stage::PAGE_ORIGIN;
use tests::{Case, Stage, Visitor, random};

use crate::own_site::Site;
use crate::pictures::until;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("VN1 VN2 a site tells its pages of it only where it is switched on, and to its own pages", switched),
    ("VN3 VN4 VN8 VN9 who is there is listed, narrowed down, and gone once they leave", listed),
    ("VN6 beats go on where the workspace knows nothing of the site any more: it is not asked", unasked),
    ("VN2 PV5 of who asks not to be followed the page of their chat is seen, and nothing else", private),
    ("VN10 a country comes from the edge of the network alone, and no address is kept", countries),
    ("VN11 VN13 an agent says something first, and the conversation that answers it says so", said_first),
    ("VN13 a proactive message that is answered stands with the conversation", proactive_answered),
    ("VN3 a pass that is none, and what is no beat, are refused", refused),
];

/// A site that shows its team who is there.
struct Shown<'a> {
    site: Site<'a>,
    pass: String,
}

impl<'a> Shown<'a> {
    fn new(stage: &'a Stage) -> Self {
        let site = Site::new(stage);
        assert_eq!(site.receives(&json!({ "visits": true })).status, 200);
        let pass = pass(&site).expect("a pass");
        Self { site, pass }
    }

    fn url(&self, what: &str) -> String {
        format!("{}/api/sites/{}/{what}", self.site.stage.base_url(), self.site.view.keys[0].key)
    }

    fn beat_with(&self, headers: &[(&str, &str)], visit: VisitId, change: &Value) -> Answer {
        let mut beat = json!({
            "pass": self.pass, "visit": visit, "seconds": 30, "url": "http://localhost:9/lamps?token=secret",
            "title": "Lamps", "source": "search.example", "campaign": "spring", "visits": 2,
        });
        for (name, value) in change.as_object().into_iter().flatten() {
            beat[name] = value.clone();
        }
        let headers = [&[("Origin", PAGE_ORIGIN)], headers].concat();
        post(&self.url("visits?lang=de"), &headers, &beat.to_string())
    }

    fn beat(&self, visit: VisitId, change: &Value) -> BeatAnswer {
        let answer = self.beat_with(&[], visit, change);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        answer.json()
    }

    fn list(&self, query: &Value) -> VisitPage {
        let path = format!("/api/workspaces/{}/visits", self.site.agent.workspace);
        let answer = self.site.agent.person().post(&path, query);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    fn here(&self) -> VisitPage {
        self.list(&json!({ "site": self.site.view.id }))
    }

    fn say(&self, visit: VisitId, text: &str) -> Answer {
        let path = format!(
            "/api/workspaces/{}/sites/{}/visits/{visit}/opener",
            self.site.agent.workspace, self.site.view.id
        );
        self.site.agent.person().send("PUT", &path, &json!({ "text": text }))
    }

    fn session(&self) -> SessionAnswer {
        let body = json!({ "site": self.site.view.keys[0].key }).to_string();
        post(
            &format!("{}/api/visitor/session", self.site.stage.base_url()),
            &[("Origin", PAGE_ORIGIN)],
            &body,
        )
        .json()
    }

    /// The visitor writes, and the team reads what that answers.
    fn opening_of(&self, session: &SessionAnswer, shown: &Value) -> Option<Opening> {
        let body = json!({ "token": session.token, "shown": shown }).to_string();
        let told = post(&self.url("opening"), &[("Origin", PAGE_ORIGIN)], &body);
        assert_eq!(told.status, 204, "{}", told.body);
        let stage = self.site.stage;
        let mut visitor = Visitor::of_session(stage, session.token.clone(), session.conversation);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, "Yes, please");
        let path = format!(
            "/api/workspaces/{}/conversations/{}/answers",
            self.site.agent.workspace, session.conversation
        );
        let late = post(&self.url("opening"), &[("Origin", PAGE_ORIGIN)], &body);
        assert_eq!((late.status, late.code()), (409, Code::TooLate));
        self.site.agent.person().get(&path).json::<AnswersView>().opening
    }
}

/// What the site's configuration gives its pages.
fn pass(site: &Site<'_>) -> Option<String> {
    let url = format!("{}/api/sites/{}/config", site.stage.base_url(), site.view.keys[0].key);
    let config: Value = get(&url, &[("Origin", PAGE_ORIGIN)]).json();
    config.get("visits").map(|pass| pass.as_str().expect("a text").to_owned())
}

fn one() -> VisitId {
    VisitId::from_bytes(random())
}

fn switched(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(pass(&site), None, "off unless somebody says so, and not a byte of it");
    assert_eq!(site.receives(&json!({ "visits": true })).status, 200);
    assert!(pass(&site).is_some());
    let url = format!("{}/api/sites/{}/config", stage.base_url(), site.view.keys[0].key);
    assert_eq!(get(&url, &[("Origin", "https://elsewhere.example")]).code(), Code::OriginNotAllowed);
    assert_eq!(site.receives(&json!({ "visits": false })).status, 200);
    assert_eq!(pass(&site), None);
}

fn listed(stage: &Stage) {
    let shown = Shown::new(stage);
    assert_eq!(shown.here().visits, []);
    let (first, second) = (one(), one());
    assert_eq!(shown.beat(first, &json!({})).opener, None);
    shown.beat(second, &json!({ "seconds": 0, "url": "http://localhost:9/chairs", "title": "Chairs" }));
    let page = shown.here();
    let ids = |page: &VisitPage| page.visits.iter().map(|visit| visit.visit).collect::<Vec<_>>();
    assert_eq!(ids(&page), [second, first]);
    assert!(page.sites.contains(&shown.site.view.id) && page.is_filling);
    let Visit { url, title, source, campaign, visits, since, chat, .. } = &page.visits[1];
    assert_eq!(url, "http://localhost:9/lamps", "what stands behind the question mark is nobody's");
    assert_eq!((title.as_str(), source.as_str(), campaign.as_str()), ("Lamps", "search.example", "spring"));
    assert_eq!((visits, chat), (&Some(2), &None));
    let lasted = page.now.since(*since);
    assert!((30_000..90_000).contains(&lasted), "{lasted}");
    let site = shown.site.view.id;
    assert_eq!(ids(&shown.list(&json!({ "site": site, "page": "LAMP" }))), [first]);
    assert_eq!(ids(&shown.list(&json!({ "site": site, "in_chat": true }))), []);
    // Once they have written, the list leads to their conversation.
    let session = shown.session();
    shown.beat(first, &json!({ "chat": session.token }));
    let chat = shown.here().visits[1].chat.clone().expect("a chat");
    assert_eq!((chat.conversation, chat.has_begun), (session.conversation, false));
    let mut visitor = Visitor::of_session(stage, session.token.clone(), session.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Hello");
    let begun = || shown.here().visits[1].chat.as_ref().is_some_and(|chat| chat.has_begun);
    until("the workspace knows of it", begun);
    assert_eq!(ids(&shown.list(&json!({ "site": site, "in_chat": true }))), [first]);
    assert_eq!(shown.here().counts.in_chat, 1);
    // A token of another site says nothing here.
    let other = Shown::new(stage).session();
    shown.beat(second, &json!({ "chat": other.token }));
    assert_eq!(shown.here().visits[0].chat, None);
    // Nobody sees it where it was switched off.
    assert_eq!(shown.site.receives(&json!({ "visits": false })).status, 200);
    assert_eq!(shown.here().visits, []);
    assert_eq!(shown.say(second, "May I help?").code(), Code::NotFound);
}

fn unasked(stage: &Stage) {
    let shown = Shown::new(stage);
    let removed = shown.site.agent.ask_of_sites("DELETE", &format!("/{}", shown.site.view.id), &Value::Null);
    assert_eq!(removed.status, 204, "{}", removed.body);
    for _ in 0..3 {
        assert_eq!(shown.beat(one(), &json!({})).opener, None);
    }
    assert_eq!(shown.here().visits, [], "and nobody sees it");
}

fn private(stage: &Stage) {
    let shown = Shown::new(stage);
    let visit = one();
    for header in ["Sec-GPC", "DNT"] {
        assert_eq!(shown.beat_with(&[(header, "1")], one(), &json!({})).status, 200);
    }
    shown.beat(one(), &json!({ "is_private": true }));
    assert_eq!(shown.here().visits, [], "nobody who has not opened the chat");
    let session = shown.session();
    let chat = json!({ "chat": session.token });
    assert_eq!(shown.beat_with(&[("Sec-GPC", "1"), ("CF-IPCountry", "DE")], visit, &chat).status, 200);
    let moved = json!({ "chat": session.token, "is_private": true, "url": "http://localhost:9/secret" });
    shown.beat(visit, &moved);
    let page = shown.here();
    let [seen] = page.visits.as_slice() else { panic!("{page:?}") };
    assert!(seen.is_private);
    assert_eq!(seen.url, "http://localhost:9/lamps");
    assert_eq!((seen.source.as_str(), seen.campaign.as_str()), ("", ""));
    assert_eq!((seen.visits, seen.country.as_deref()), (None, None));
    assert_eq!(shown.say(visit, "May I help?").code(), Code::Forbidden);
}

fn countries(stage: &Stage) {
    let shown = Shown::new(stage);
    let visit = one();
    let headers = [("CF-IPCountry", "DE"), ("CF-Connecting-IP", "203.0.113.9")];
    assert_eq!(shown.beat_with(&headers, visit, &json!({})).status, 200);
    let page = shown.here();
    // The platform of the test says where it is itself, and that goes before what stands in a header.
    let country = page.visits[0].country.as_deref().expect("a country");
    assert!(country.len() == 2 && country != "DE", "{country}");
    assert_eq!(page.countries.len(), 1);
    assert!(!serde_json::to_string(&page).expect("a page").contains("203.0.113.9"));
}

fn said_first(stage: &Stage) {
    let shown = Shown::new(stage);
    let visit = one();
    assert_eq!(shown.say(visit, "May I help?").code(), Code::NotFound, "nobody is there");
    shown.beat(visit, &json!({}));
    for (bad, code) in
        [("", Code::BadField), ("a\u{202e}b", Code::BadField), (&"x".repeat(401), Code::BadField)]
    {
        assert_eq!(shown.say(visit, bad).code(), code, "{bad}");
    }
    assert_eq!(shown.say(visit, " May I help? ").status, 204);
    let waiting = shown.here().visits[0].opener.clone().expect("it waits");
    assert_eq!((waiting.text.as_str(), waiting.is_shown), ("May I help?", false));
    let opener = shown.beat(visit, &json!({})).opener.expect("it is brought");
    assert_eq!((opener.text.as_str(), opener.name.as_str()), ("May I help?", waiting.by.name.as_str()));
    assert_eq!(opener.words.reply, "Antworten");
    assert_eq!(shown.beat(one(), &json!({})).opener, None, "to nobody else");
    assert!(shown.beat(visit, &json!({})).opener.is_some(), "until it was shown");
    assert_eq!(shown.beat(visit, &json!({ "shown": opener.id })).opener, None);
    let kept = shown.here().visits.into_iter().find(|one| one.visit == visit).and_then(|one| one.opener);
    assert!(kept.is_some_and(|kept| kept.is_shown));
    let session = shown.session();
    let unknown =
        json!({ "token": session.token, "shown": { "opener": { "visit": one(), "id": opener.id } } });
    let unknown = post(&shown.url("opening"), &[("Origin", PAGE_ORIGIN)], &unknown.to_string());
    assert_eq!(unknown.code(), Code::NotFound);
    let opening = shown.opening_of(&session, &json!({ "opener": { "visit": visit, "id": opener.id } }));
    let expected = Opening { text: "May I help?".to_owned(), by: OpeningBy::Agent(waiting.by) };
    assert_eq!(opening, Some(expected));
}

fn proactive_answered(stage: &Stage) {
    let shown = Shown::new(stage);
    let message = json!([{
        "id": 7, "name": "Prices", "text": "Any questions?", "is_enabled": true, "triggers": { "seconds": 1 },
    }]);
    assert_eq!(shown.site.receives(&json!({ "proactive": message })).status, 200);
    let session = shown.session();
    let body = json!({ "token": session.token, "shown": { "proactive": 8 } }).to_string();
    let absent = post(&shown.url("opening"), &[("Origin", PAGE_ORIGIN)], &body);
    assert_eq!(absent.code(), Code::NotFound);
    let opening = shown.opening_of(&session, &json!({ "proactive": 7 }));
    let expected = Opening { text: "Any questions?".to_owned(), by: OpeningBy::Site("Prices".to_owned()) };
    assert_eq!(opening, Some(expected));
    // Another site's token is nobody's here.
    let other = Shown::new(stage);
    let body = json!({ "token": other.session().token, "shown": { "proactive": 7 } }).to_string();
    assert_eq!(post(&shown.url("opening"), &[("Origin", PAGE_ORIGIN)], &body).code(), Code::NotFound);
}

fn refused(stage: &Stage) {
    let shown = Shown::new(stage);
    let bad = |change: Value| shown.beat_with(&[], one(), &change).code();
    assert_eq!(bad(json!({ "pass": "nonsense" })), Code::Unauthenticated);
    assert_eq!(bad(json!({ "pass": shown.session().token })), Code::Unauthenticated, "of another kind");
    assert_eq!(bad(json!({ "ip": "203.0.113.9" })), Code::BadFrame);
    assert_eq!(bad(json!({ "visit": "x" })), Code::BadFrame);
    assert_eq!(shown.here().visits, []);
    let body = json!({ "token": "x", "shown": { "proactive": 1 } }).to_string();
    assert_eq!(post(&shown.url("opening"), &[], &body).code(), Code::Unauthenticated);
}
