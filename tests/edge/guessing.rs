//! What one part of the network may ask for in vain, and how much at all.

use std::collections::BTreeMap;

use protocol::codec::Codec;
use protocol::http::Problem;
use protocol::{ClientFrame, Code, ConversationId, SiteKey, VisitorFrame, VisitorRequest, WorkspaceId};
use serde_json::json;
use tests::adapted::{forwardable, put_forward};
use tests::http::{ADDRESS, Answer, get, post, some_address};
use tests::stage::PAGE_ORIGIN;
use tests::visitor::VisitorLine;
use tests::{Case, Line, Stage, Visitor, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AC10 who asks in vain twenty times in a minute waits, and nobody else does", twenty_in_vain),
    ("AC10 twenty guesses at conversations wake nothing, and the next is not looked at", conversations),
    ("AP12 what a header says of an address counts for nothing where it is not to be believed", not_believed),
    ("AC11 a flood from one part of the network is refused in front of everything", flood),
    ("AC11 without a limiter nobody is shut out", no_limiter),
];

const PORT: u16 = 8_933;

fn from(stage: &Stage, address: &str, path: &str) -> Answer {
    get(&format!("{}{path}", stage.base_url()), &[(ADDRESS, address), ("Origin", PAGE_ORIGIN)])
}

fn twenty_in_vain(_: &Stage) {
    let stage = Stage::start_adapted_with("guessing", PORT, &[("TRUST_CF", "1")], forwardable);
    let unknown = SiteKey { workspace: WorkspaceId::from_bytes(random()), ..stage.site_key() };
    let real = format!("/api/sites/{}/config", stage.site_key());
    let paths = [
        format!("/api/sites/{unknown}/config"),
        "/api/sites/pk_nonsense/config".to_owned(),
        format!("/widget/{unknown}/frame"),
        format!("/chat/{unknown}"),
        format!("/api/visitor/conversations/{}/socket", ConversationId::from_bytes(random())),
    ];
    for (number, path) in paths.iter().cycle().take(20).enumerate() {
        let answer = from(&stage, &format!("2001:db8:7::{number:x}"), path);
        assert_eq!(answer.status, 404, "{number} {path}");
    }
    for path in paths.iter().chain([&real]) {
        let answer = from(&stage, "2001:db8:7::ffff", path);
        let problem: Problem = answer.json();
        assert_eq!((answer.status, problem.code), (429, Code::RateLimited), "{path}");
        let wait = problem.retry_after.expect("how long");
        assert!((30_000..=60_000).contains(&wait), "{wait}");
        let seconds: u32 = answer.header("retry-after").expect("how long").parse().expect("seconds");
        assert_eq!(seconds, wait.div_ceil(1_000));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "a page's console can say why");
    }
    for path in ["/healthz", "/widget.js", "/inbox/"] {
        assert_eq!(from(&stage, "2001:db8:7::1", path).status, 200, "{path} names nothing");
    }
    for elsewhere in ["2001:db8:7:1::1", "203.0.113.7"] {
        assert_eq!(from(&stage, elsewhere, &real).status, 200, "{elsewhere}");
        assert_eq!(from(&stage, elsewhere, &paths[0]).status, 404, "{elsewhere}");
    }
    put_forward(stage.base_url(), 61_000);
    assert_eq!(from(&stage, "2001:db8:7::1", &real).status, 200, "the minute is over");
    assert_eq!(from(&stage, "2001:db8:7::1", &paths[0]).status, 404);
}

fn conversations(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let address = some_address();
    let open = |conversation: ConversationId| -> Result<VisitorLine, u16> {
        let path = format!("/api/visitor/conversations/{conversation}/socket");
        Line::<VisitorRequest, VisitorFrame>::open(
            stage.port(),
            &path,
            Codec::Json,
            &[("Origin", "null"), (ADDRESS, &address)],
        )
    };
    let codes: Vec<_> = (0..1_000).map(|_| open(ConversationId::from_bytes(random())).err()).collect();
    assert!(codes[..20].iter().all(|code| *code == Some(404)), "{codes:?}");
    assert!(codes[20..].iter().all(|code| *code == Some(429)), "{codes:?}");
    assert_eq!(open(visitor.conversation).err(), Some(429), "also one that is there");
    let mut line = visitor.open(Codec::Json).expect("from another network");
    line.send(&ClientFrame::Hello(visitor.hello(None)));
    line.until(|frame| matches!(frame, protocol::ServerFrame::Welcome(_)).then_some(()));
}

/// On one's own machine, and wherever nothing stands in front that would write the header.
fn not_believed(_: &Stage) {
    let stage = Stage::start_bare("not-believed", PORT);
    let unknown =
        format!("/chat/{}", SiteKey { workspace: WorkspaceId::from_bytes(random()), ..stage.site_key() });
    for address in ["203.0.113.7", "<b>x</b>", "", &"1".repeat(4_096)] {
        for number in 0..25 {
            assert_eq!(from(&stage, address, &unknown).status, 404, "{number} {address}");
        }
    }
    let body = json!({ "email": "nobody@example.com" }).to_string();
    let url = format!("{}/api/account/reset", stage.base_url());
    for number in 0..25 {
        let headers =
            [("Origin", stage.base_url()), ("Content-Type", "application/json"), (ADDRESS, "203.0.113.7")];
        assert_eq!(post(&url, &headers, &body).status, 202, "{number}");
    }
}

/// How often each status comes.
fn statuses(stage: &Stage, address: &str, requests: u32) -> BTreeMap<u16, u32> {
    let mut counted = BTreeMap::new();
    for _ in 0..requests {
        *counted.entry(from(stage, address, "/healthz").status).or_default() += 1;
    }
    counted
}

fn flood(stage: &Stage) {
    let address = some_address();
    // The limiter counts by the minutes of the clock: of so many, one minute sees more than it allows.
    let counted = statuses(stage, &address, 1_300);
    let (let_through, refused) = (counted.get(&200).copied(), counted.get(&429).copied());
    assert!(let_through.is_some_and(|count| (600..=1_200).contains(&count)), "{counted:?}");
    assert_eq!(let_through.unwrap_or_default() + refused.unwrap_or_default(), 1_300, "{counted:?}");
    let answer = loop {
        let answer = from(stage, &address, "/widget.js");
        if answer.status == 429 {
            break answer;
        }
    };
    assert_eq!((answer.code(), answer.header("retry-after")), (Code::RateLimited, Some("60")));
    assert_eq!(from(stage, &some_address(), "/widget.js").status, 200, "others are not meant");
}

fn no_limiter(_: &Stage) {
    let stage = Stage::start_adapted_with("no-limiter", PORT, &[("TRUST_CF", "1")], str::to_owned);
    assert_eq!(statuses(&stage, &some_address(), 700), BTreeMap::from([(200, 700)]));
}
