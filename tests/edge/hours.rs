//! Office hours, and the address that a visitor leaves outside of them.

use protocol::http::SessionAnswer;
use protocol::http::reception::Welcoming;
use protocol::{Code, Codec, ConversationId};
use serde_json::{Value, json};
use tests::http::{Answer, post};
use tests::{Case, Stage, Visitor};

use crate::own_site::Site;

const PAGE_ORIGIN: &str = "http://localhost:8080";
const DAY_MS: i64 = 86_400_000;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("OH1 OH2 OH3 a session tells when the team comes and goes by the clock of its zone", told),
    ("OH7 an address that a visitor leaves is kept with them and shown as claimed", left),
];

impl Site<'_> {
    fn keeps(&self, hours: &Value) -> Answer {
        self.receives(&json!({ "hours": hours }))
    }

    fn session_of(&self, token: &str, email: Option<&str>) -> Answer {
        let body = json!({ "site": self.view.keys[0].key, "token": token, "email": email }).to_string();
        post(&format!("{}/api/visitor/session", self.stage.base_url()), &[("Origin", PAGE_ORIGIN)], &body)
    }

    fn welcoming(&self) -> Option<Welcoming> {
        self.session_of("", None).json::<SessionAnswer>().reception
    }
}

/// Every day from one time to another.
fn daily(zone: &str, from: u16, until: u16) -> Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let week = days.map(|day| json!({ "day": day, "from": from, "until": until }));
    json!({ "zone": zone, "week": week, "holidays": [] })
}

fn told(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(site.welcoming().map(|told| told.hours), Some(None), "nothing until somebody says it");
    for bad in [
        daily("Europe/Nowhere", 540, 1_020),
        daily("UTC", 540, 540),
        daily("UTC", 540, 1_441),
        daily("", 540, 600),
    ] {
        let answer = site.keeps(&bad);
        assert_eq!((answer.status, answer.code()), (400, Code::BadField), "{bad}");
    }
    assert_eq!(site.welcoming().map(|told| told.hours), Some(None));

    // Zones whose clocks are never changed, on both sides of UTC and off the full hour.
    for (zone, ahead_minutes) in
        [("UTC", 0), ("Asia/Tokyo", 540), ("Asia/Kathmandu", 345), ("America/Phoenix", -420)]
    {
        assert_eq!(site.keeps(&daily(zone, 540, 1_020)).status, 200, "{zone}");
        let told = site.welcoming().expect("it says something");
        let hours = told.hours.expect("it says when");
        let wall = (told.now.0 + ahead_minutes * 60_000).rem_euclid(DAY_MS) / 60_000;
        assert_eq!(hours.open, (540..1_020).contains(&wall), "{zone} at {wall}");
        // Eight spans; of one that lasts only the end is to come.
        assert_eq!(hours.changes.len(), if hours.open { 15 } else { 16 }, "{zone}");
        for (index, change) in hours.changes.iter().enumerate() {
            let minute = (change.0 + ahead_minutes * 60_000).rem_euclid(DAY_MS);
            let opens = hours.open == (index % 2 == 1);
            assert_eq!(minute, if opens { 540 } else { 1_020 } * 60_000, "{zone} {index}");
        }
        assert!(told.asks_email);
    }
    let none = site.keeps(&json!(null));
    assert_eq!(none.status, 200);
    assert_eq!(site.welcoming().map(|told| told.hours), Some(None));
}

fn left(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(site.keeps(&daily("UTC", 0, 1_440)).status, 200);
    let first: SessionAnswer = site.session_of("", None).json();
    for bad in ["anna", "", "anna\u{202e}@example.com"] {
        let answer = site.session_of(&first.token, Some(bad));
        assert_eq!((answer.status, answer.code()), (400, Code::BadField), "{bad:?}");
    }
    let mut visitor = Visitor::of_session(stage, first.token.clone(), first.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Is anybody there?");
    assert_eq!(email_of(&site, first.conversation), None);

    let second: SessionAnswer = site.session_of(&first.token, Some("Anna@Example.com")).json();
    assert_eq!(second.conversation, first.conversation, "it is the same visitor");
    assert_eq!(second.reception.map(|told| told.asks_email), Some(false));
    let mut visitor = Visitor::of_session(stage, second.token.clone(), second.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    assert_eq!(email_of(&site, first.conversation), Some(("anna@example.com".to_owned(), false)));
    visitor.say(&mut line, "You can reach me.");
    let third: SessionAnswer = site.session_of(&second.token, None).json();
    assert_eq!(third.reception.map(|told| told.asks_email), Some(false), "and it stays so");
}

/// The address that agents see, and whether it is proven.
fn email_of(site: &Site<'_>, conversation: ConversationId) -> Option<(String, bool)> {
    let presence = site.agent.clone().connect(conversation).1.presence;
    presence.identity?.email.map(|stated| (stated.text, stated.is_verified))
}
