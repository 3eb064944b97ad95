//! How a site looks: what its people choose, and what a page is told of it.

use protocol::http::look::KeptLogo;
use protocol::http::site::SiteView;
use protocol::{Code, PictureId};
use serde_json::{Value, json};
use tests::file::{Bytes, exchange};
use tests::http::{Answer, get};
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Stage};

use crate::pictures::{until, webp};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("LK1 a look is kept as it was chosen, and what cannot be chosen is refused", chosen),
    ("LK3 LK4 a page is told the launcher's rules and the panel's properties, in 1,000 bytes", told),
    ("LO7 a site's language is spoken to who asks for none that there is", spoken),
    (
        "LK7 a logo is kept for its site, told once its look says so, and gone when it says so no more",
        branded,
    ),
    ("LK7 what is no such picture, or comes from elsewhere, is no logo and leaves nothing", unbranded),
    ("HP23 a page wishes a colour, and what is none is ignored", coloured),
    ("LK6 only the inbox shows the preview, which may load the panel's frame and nothing else", framed),
];

/// The most that the configuration of a site may weigh, in bytes after brotli.
const CONFIG_BUDGET: usize = 1_000;

/// A site of its own, and the owner.
struct Site<'a> {
    stage: &'a Stage,
    agent: Agent,
    view: SiteView,
}

impl<'a> Site<'a> {
    fn new(stage: &'a Stage) -> Self {
        let agent = Agent::sign_in(stage);
        let view = agent.ask_of_sites("POST", "", &settings(&json!({}))).json();
        Self { stage, agent, view }
    }

    fn looks(&self, look: &Value) -> Answer {
        self.agent.ask_of_sites("PUT", &format!("/{}", self.view.id), &settings(look))
    }

    fn config(&self, query: &str, accepted: &str) -> Answer {
        let url = format!("{}/api/sites/{}/config{query}", self.stage.base_url(), self.view.keys[0].key);
        get(&url, &[("Origin", PAGE_ORIGIN), ("Accept-Language", accepted)])
    }
}

fn settings(look: &Value) -> Value {
    json!({
        "config": { "name": "Fernwood", "accent": "#ffd500", "greeting": "Hello! How can we help?" },
        "allowed_origins": [], "allow_localhost": true, "identity": "off", "look": look,
    })
}

/// A look of which nothing is as it is without a choice.
fn full() -> Value {
    json!({
        "scheme": "dark", "corners": "small", "font": "rounded", "side": "left",
        "offset": { "x": 137, "y": 61 }, "phone_offset": { "x": 9, "y": 71 },
        "icon": "dots", "label": "Fragen Sie uns, wir sind da.", "language": "de",
        "logo": "000102030405060708090a0b0c0d0e0f",
    })
}

fn chosen(stage: &Stage) {
    let site = Site::new(stage);
    let kept = site.looks(&full());
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert_eq!(kept.json::<Value>()["settings"]["look"], full());
    for (name, bad) in [
        ("scheme", json!("blue")),
        ("corners", json!("12px")),
        ("font", json!("Comic Sans;")),
        ("icon", json!("<svg>")),
        ("offset", json!({ "x": -1, "y": 0 })),
        ("offset", json!({ "x": 0, "y": 0, "z": 0 })),
    ] {
        let mut look = full();
        look[name] = bad;
        let answer = site.looks(&look);
        assert_eq!((answer.status, answer.code()), (400, Code::BadFrame), "{name}: {}", answer.body);
    }
    for (name, bad) in [
        ("offset", json!({ "x": 201, "y": 0 })),
        ("label", json!("x".repeat(31))),
        ("label", json!("a\u{202e}b")),
        ("language", json!("de;")),
    ] {
        let mut look = full();
        look[name] = bad;
        let answer = site.looks(&look);
        assert_eq!((answer.status, answer.code()), (400, Code::BadField), "{name}: {}", answer.body);
    }
    let told: Value = site.config("", "").json();
    assert_eq!(told["scheme"], "dark", "it stays");
}

fn told(stage: &Stage) {
    let site = Site::new(stage);
    let plain: Value = site.config("", "").json();
    assert_eq!(plain["style"], "button{background:#ffd500;color:#000000}button:hover{background:#ffda1e}");
    assert_eq!(plain["panel"]["--on-accent"], "#000000", "black is read on yellow");
    assert_eq!(plain["words"]["launcher_open"], "Open chat");

    assert_eq!(site.looks(&full()).status, 200);
    let answer = site.config("?lang=ar", "");
    let told: Value = answer.json();
    assert_eq!(told["launcher"], json!({ "position": "left", "offset": { "x": 137, "y": 61 } }));
    assert_eq!(
        told["words"]["launcher_open"], "Fragen Sie uns, wir sind da.",
        "what stands on a button is its name"
    );
    let style = told["style"].as_str().expect("a style sheet");
    assert!(
        style.contains("left:137px") && style.contains("content:\"Fragen Sie uns, wir sind da.\""),
        "{style}"
    );
    let mut weighed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    brotli::BrotliCompress(&mut answer.body.as_bytes(), &mut weighed, &parameters).expect("memory");
    assert!(weighed.len() <= CONFIG_BUDGET, "{} bytes: {}", weighed.len(), answer.body);
}

fn spoken(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(site.looks(&full()).status, 200);
    for (query, accepted, language) in [
        ("?lang=fr", "ja", "fr"),
        ("?lang=tlh", "ja", "ja"),
        ("?lang=", "", "de"),
        ("?lang=tlh", "tlh", "de"),
    ] {
        let told: Value = site.config(query, accepted).json();
        assert_eq!(told["language"], language, "{query} {accepted}");
    }
    let page = get(&format!("{}/chat/{}", stage.base_url(), site.view.keys[0].key), &[]).body;
    assert!(page.contains("<html lang=\"de\""), "{page}");
    assert_eq!(site.looks(&json!({ "language": "tlh" })).status, 200);
    assert_eq!(site.config("", "").json::<Value>()["language"], "en", "one that nobody speaks does no harm");
}

/// Sends a logo up for a site, from our own page unless it is said where from.
fn send_logo(site: &Site<'_>, origin: &str, bytes: &[u8]) -> Bytes {
    let person = site.agent.person();
    let (base, workspace, id) = (site.stage.base_url(), site.agent.workspace, site.view.id);
    let headers = [("Origin", origin), ("Cookie", person.cookie.as_str())];
    exchange("POST", &format!("{base}/api/workspaces/{workspace}/sites/{id}/logo"), &headers, Some(bytes))
}

fn kept(answer: &Bytes) -> PictureId {
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice::<KeptLogo>(&answer.body).expect("its name").logo
}

fn branded(stage: &Stage) {
    let site = Site::new(stage);
    let at = |logo: PictureId| {
        exchange("GET", &format!("{}/logos/{}/{logo}", stage.base_url(), site.view.id), &[], None)
    };
    let first = kept(&send_logo(&site, stage.base_url(), &webp(0x10, b"the first")));
    let frame = || get(&format!("{}/widget/{}/frame", stage.base_url(), site.view.keys[0].key), &[]).body;
    assert!(frame().contains("data-logo=\"\""), "nobody is told before");
    assert_eq!(site.looks(&json!({ "logo": first })).status, 200);
    assert!(frame().contains(&format!("data-logo=\"/logos/{}/{first}\"", site.view.id)), "{}", frame());
    let picture = at(first);
    assert_eq!((picture.status, picture.body), (200, webp(0x10, b"the first")));
    let policy =
        picture.headers.iter().find(|(name, _)| name == "content-security-policy").expect("a policy");
    assert!(policy.1.starts_with("default-src 'none'") && policy.1.ends_with("; sandbox"), "{policy:?}");

    // One that is never saved gives way to the next; the one that is shown stays until another one is.
    let unsaved = kept(&send_logo(&site, stage.base_url(), &webp(0x10, b"unsaved")));
    let next = kept(&send_logo(&site, stage.base_url(), &webp(0x10, b"the next")));
    assert_eq!([first, unsaved, next].map(|logo| at(logo).status), [200, 404, 200]);
    assert_eq!(site.looks(&json!({ "logo": next })).status, 200);
    until("the first is gone", || at(first).status == 404);
    assert_eq!(at(next).status, 200);
    assert_eq!(site.looks(&json!({})).status, 200);
    until("none is left", || at(next).status == 404);

    let last = kept(&send_logo(&site, stage.base_url(), &webp(0x10, b"the last")));
    let removed = site.agent.ask_of_sites("DELETE", &format!("/{}", site.view.id), &json!({}));
    assert_eq!(removed.status, 204, "{}", removed.body);
    until("it has gone with its site", || at(last).status == 404);
}

fn unbranded(stage: &Stage) {
    let site = Site::new(stage);
    let before = stage.kept_files();
    let good = webp(0x10, b"");
    let cases: [(&str, &str, &[u8], u16, Code); 4] = [
        ("nothing", stage.base_url(), b"", 400, Code::Empty),
        (
            "markup",
            stage.base_url(),
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            415,
            Code::UnsupportedFile,
        ),
        ("with Exif", stage.base_url(), &webp(0x08, b""), 415, Code::UnsupportedFile),
        ("from another page", "https://evil.example", &good, 403, Code::Forbidden),
    ];
    for (name, origin, bytes, status, code) in cases {
        let answer = send_logo(&site, origin, bytes);
        assert_eq!((answer.status, answer.code()), (status, code), "{name}");
    }
    assert_eq!(stage.kept_files(), before);
}

fn coloured(stage: &Stage) {
    let site = Site::new(stage);
    let told = |query: &str| site.config(query, "").json::<Value>();
    let wished = told("?lang=de&accent=1f6f5c");
    assert_eq!((&wished["accent"], &wished["ink"]), (&json!("#1f6f5c"), &json!("#ffffff")));
    assert_eq!(wished["panel"]["--accent"], "#1f6f5c");
    assert_eq!(wished["language"], "de");
    for none in
        ["&accent=", "&accent=red", "&accent=%231f6f5c", "&accent=1f6f5c;}", "&accent=1f6f5c&accent=1f6f5c"]
    {
        assert_eq!(told(&format!("?lang=de{none}"))["accent"], "#ffd500", "{none}");
    }
}

fn framed(stage: &Stage) {
    let here = stage.base_url();
    let page = get(&format!("{here}/widget/preview"), &[]);
    let policy = page.header("content-security-policy").expect("a policy");
    let parts: Vec<_> = policy.split(';').map(str::trim).collect();
    for part in
        ["default-src 'none'", "script-src 'self'", &format!("frame-src {here}"), "frame-ancestors 'self'"]
    {
        assert!(parts.contains(&part), "{part} is missing: {policy}");
    }
    assert!(!policy.contains("connect-src") && !policy.contains("unsafe"), "{policy}");
    let inbox = get(&format!("{here}/inbox/"), &[]);
    let policy = inbox.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-src 'self';"), "{policy}");
}
