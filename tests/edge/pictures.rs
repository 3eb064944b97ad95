//! Pictures that people show of themselves: what is taken, who sees them, and what is left of them.

use std::time::Duration;

use protocol::http::account::Me;
use protocol::http::workspace::WorkspaceView;
use protocol::limits::OWN_PICTURE_BYTES;
use protocol::{AgentId, Code, PictureId};
use serde_json::json;
use tests::file::{Bytes, exchange};
use tests::{Case, Person, Stage, random};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AP29 what is no such picture, or comes from elsewhere, is refused and leaves nothing", refused),
    ("AP30 a picture is seen at its agent's address, changed, and gone with its person", seen),
    ("AP30 an agent without a picture and one that there is not are the same to the last byte", absent),
];

/// A still WebP of 256 by 256 pixels, as far as its header says.
pub(crate) fn webp(flags: u8, rest: &[u8]) -> Vec<u8> {
    let head = [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0", &[flags, 0, 0, 0, 0xff, 0, 0, 0xff, 0, 0][..]].concat();
    [&head, rest].concat()
}

fn send(stage: &Stage, person: &Person, bytes: &[u8]) -> Bytes {
    let headers = [("Origin", stage.base_url()), ("Cookie", person.cookie.as_str())];
    // What a client says of the kind counts for nothing.
    let headers = [headers[0], headers[1], ("Content-Type", "text/html")];
    exchange("POST", &format!("{}/api/account/picture", stage.base_url()), &headers, Some(bytes))
}

fn at(stage: &Stage, path: &str) -> Bytes {
    exchange("GET", &format!("{}{path}", stage.base_url()), &[], None)
}

fn face(stage: &Stage, agent: AgentId) -> Bytes {
    at(stage, &format!("/faces/{agent}"))
}

fn shown(answer: &Bytes) -> PictureId {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice::<Me>(&answer.body).expect("who it is").picture.expect("a picture")
}

/// Asks again until it is so: what others see follows by jobs.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..100 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("not within ten seconds: {what}");
}

fn refused(stage: &Stage) {
    let person = Person::sign_up(stage);
    let kept = stage.kept_files();
    let large = webp(0, &vec![0; OWN_PICTURE_BYTES]);
    let cases: [(&str, &[u8], u16, Code); 5] = [
        ("nothing", b"", 400, Code::Empty),
        ("too much", &large, 413, Code::TooLarge),
        ("markup", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 415, Code::UnsupportedFile),
        ("with Exif", &webp(0x08, b""), 415, Code::UnsupportedFile),
        ("another kind of file", b"%PDF-1.7", 415, Code::UnsupportedFile),
    ];
    for (name, bytes, status, code) in cases {
        let answer = send(stage, &person, bytes);
        assert_eq!((answer.status, answer.code()), (status, code), "{name}");
    }
    let url = format!("{}/api/account/picture", stage.base_url());
    let good = webp(0, b"");
    for origin in [None, Some("https://evil.example"), Some("null")] {
        let headers = [("Cookie", person.cookie.as_str()), ("Origin", origin.unwrap_or_default())];
        let headers = if origin.is_some() { &headers[..] } else { &headers[..1] };
        let answer = exchange("POST", &url, headers, Some(&good));
        assert_eq!((answer.status, answer.code()), (403, Code::Forbidden), "{origin:?}");
    }
    assert_eq!(stage.kept_files(), kept);
    assert_eq!(person.get("/api/account/me").json::<Me>().picture, None);
}

fn seen(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let workspace = person.post("/api/workspaces", &json!({ "name": "Fernwood" }));
    let agent = workspace.json::<WorkspaceView>().me.id;
    let bytes = webp(0x10, b"the first");
    let first = shown(&send(stage, &person, &bytes));
    let leads_to = |answer: &Bytes| (answer.status, answer.header("location").map(str::to_owned));
    let to = |picture: PictureId| (307, Some(format!("/pictures/{picture}")));
    until("the picture is seen", || leads_to(&face(stage, agent)) == to(first));

    let picture = at(stage, &format!("/pictures/{first}"));
    assert_eq!((picture.status, picture.body.as_slice()), (200, bytes.as_slice()));
    let headers = [
        ("content-type", "image/webp"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("access-control-allow-origin", ""),
    ];
    for (name, value) in headers {
        assert_eq!(picture.header(name).unwrap_or_default(), value, "{name}");
    }
    let policy = picture.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("; sandbox"), "{policy}");
    assert_eq!(face(stage, agent).header("cache-control"), Some("public, max-age=600"));

    // Another workspace sees the same person with the same picture; another picture takes its place everywhere.
    let second = person.post("/api/workspaces", &json!({ "name": "Fernwood" })).json::<WorkspaceView>().me.id;
    until("it is seen there too", || leads_to(&face(stage, second)) == to(first));
    let next = shown(&send(stage, &person, &webp(0, b"the next")));
    assert_ne!(first, next);
    until("the next is seen", || leads_to(&face(stage, agent)) == to(next));
    until("the first is gone", || at(stage, &format!("/pictures/{first}")).status == 404);
    assert_eq!(person.get("/api/account/me").json::<Me>().picture, Some(next));

    let none = person.send("DELETE", "/api/account/picture", &json!({}));
    assert_eq!((none.status, none.json::<Me>().picture), (200, None));
    until("none is seen", || face(stage, agent).status == 204 && face(stage, second).status == 204);
    until("the next is gone", || at(stage, &format!("/pictures/{next}")).status == 404);
}

fn absent(stage: &Stage) {
    let mut person = Person::sign_up(stage);
    let view: WorkspaceView = person.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
    let without = face(stage, view.me.id);
    assert_eq!((without.status, without.body.len()), (204, 0));
    assert_eq!(without, face(stage, AgentId::from_bytes(random())));
    let unknown = at(stage, &format!("/pictures/{}", PictureId::from_bytes(random())));
    assert_eq!((unknown.status, unknown.code()), (404, Code::NotFound));
    for path in ["/pictures/x", "/pictures/..%2Ffaces", "/faces/x"] {
        assert_eq!(at(stage, path), unknown, "{path}");
    }
}
