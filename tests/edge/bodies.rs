//! Bodies with more in them than was asked for: another field, or one twice (OWASP ASVS 5.0, 15.3.3 and 15.3.7).

use std::collections::BTreeSet;
use std::path::Path;

use protocol::{AgentId, Code, ConversationId, WorkspaceId};
use serde_json::{Map, Value, json};
use tests::http::{Answer, post, request};
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Person, Stage};
use xtask::project::Project;

use crate::matrix::{ROUTES, used_passkey};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("PR15 every route that takes a body is in the table", every_body_is_in_the_table),
    ("PR15 a field that nobody asked for is refused, whatever a column is called", unknown_fields),
    ("PR15 a field that is there twice is refused", doubled_fields),
    ("PR15 what a page says of its visitor beyond what is asked for is not taken up", ignored_claims),
    ("PR15 of two cookies the first that can be one counts", two_cookies),
];

const PORT: u16 = 8_936;

/// Stands for a field's name while a body is put together.
const MARK: &str = "\u{1}";

/// A name that no object holds.
fn somewhere() -> String {
    WorkspaceId::from_bytes([7; 16]).to_string()
}

/// Every body, as method, path and an example that is whole.
fn bodies() -> Vec<(&'static str, String, Value)> {
    let link = "A".repeat(64);
    let newcomer = json!({ "name": "Anna", "password": "a password", "language": "en", "time_zone": "" });
    let mail = json!({ "email": "anna@example.com", "language": "en" });
    let site = json!({
        "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "Hello!" },
        "allowed_origins": [], "allow_localhost": true, "identity": "off",
        "look": {
            "scheme": "auto", "corners": "large", "font": "system", "side": "end", "offset": { "x": 20, "y": 20 },
            "phone_offset": { "x": 20, "y": 20 }, "icon": "porch", "label": "", "language": "",
        },
    });
    let role = json!({ "name": "Reader", "permissions": ["read_conversations"] });
    let of_workspace = |path: &str| format!("/api/workspaces/{}{path}", somewhere());
    let id = somewhere();
    vec![
        ("POST", "/api/account/sign-up".to_owned(), mail.clone()),
        ("POST", "/api/account/sign-up/finish".to_owned(), json!({ "token": link, "newcomer": newcomer })),
        (
            "POST",
            "/api/account/sign-in".to_owned(),
            json!({ "email": "anna@example.com", "password": "x", "code": "1" }),
        ),
        ("POST", "/api/account/sign-in-link".to_owned(), mail.clone()),
        ("POST", "/api/account/sign-in-link/finish".to_owned(), json!({ "token": link, "code": "1" })),
        ("POST", "/api/account/reset".to_owned(), mail.clone()),
        (
            "POST",
            "/api/account/reset/finish".to_owned(),
            json!({ "token": link, "password": "x", "code": "1" }),
        ),
        (
            "PUT",
            "/api/account/profile".to_owned(),
            json!({ "name": "Anna", "language": "en", "time_zone": "" }),
        ),
        ("POST", "/api/account/deletion".to_owned(), json!({ "email": "anna@example.com" })),
        ("POST", "/api/account/prove".to_owned(), json!({ "password": "x", "code": "1" })),
        ("POST", "/api/account/password".to_owned(), json!({ "password": "x" })),
        ("POST", "/api/account/second-factor/finish".to_owned(), json!({ "code": "1" })),
        ("POST", "/api/account/new-address".to_owned(), mail),
        ("POST", "/api/account/new-address/finish".to_owned(), json!({ "token": link })),
        (
            "POST",
            "/api/account/passkey-sign-in/finish".to_owned(),
            json!({ "user": "AQ", "passkey": used_passkey() }),
        ),
        ("POST", "/api/account/prove/passkey/finish".to_owned(), used_passkey()),
        (
            "POST",
            "/api/account/passkeys/finish".to_owned(),
            json!({ "client_data": "e30", "attestation": "oA" }),
        ),
        ("PATCH", format!("/api/account/passkeys/{id}"), json!({ "name": "Laptop" })),
        ("POST", "/api/workspaces".to_owned(), json!({ "name": "Fernwood" })),
        ("PATCH", of_workspace(""), json!({ "name": "Fernwood" })),
        ("PUT", of_workspace("/retention"), json!({ "days": 90 })),
        ("POST", of_workspace("/transfer"), json!({ "to": AgentId::from_bytes([7; 16]) })),
        ("PATCH", of_workspace(&format!("/agents/{id}")), json!({ "role": "agent" })),
        (
            "POST",
            of_workspace("/invitations"),
            json!({ "email": "anna@example.com", "role": "agent", "language": "en" }),
        ),
        (
            "POST",
            of_workspace("/api-keys"),
            json!({ "name": "Export", "scopes": ["settings:read"], "expires_at": null }),
        ),
        (
            "POST",
            of_workspace("/canned"),
            json!({ "shortcode": "hello", "text": "Hello", "is_shared": false }),
        ),
        ("PUT", of_workspace(&format!("/canned/{id}")), json!({ "shortcode": "hello", "text": "Hello" })),
        (
            "POST",
            of_workspace("/canned"),
            json!({ "shortcode": "Later", "text": "", "is_shared": false, "steps": [
                { "say": "Hello" }, "assign_to_me", { "snooze_for": { "minutes": 5 } },
                { "take": { "handle": { "hand_to": { "team": null } } } },
            ] }),
        ),
        (
            "PUT",
            of_workspace(&format!("/canned/{id}")),
            json!({ "shortcode": "Later", "text": "", "steps": [{ "take": "resolve" }] }),
        ),
        (
            "POST",
            of_workspace("/filters"),
            json!({ "name": "Late", "is_shared": false, "rule": { "join": "any", "groups": [
                { "join": "all", "conditions": [
                    { "fact": { "status": "open" }, "is_not": true }, { "fact": { "assignee": "me" } },
                    { "fact": { "team": "none" } }, { "fact": { "label": "VIP" } },
                    { "fact": { "priority": "high" } }, { "fact": "unread" },
                    { "fact": { "active_within": { "days": 7 } } }, { "fact": { "begun_since": 1 } },
                ] },
            ] } }),
        ),
        (
            "PUT",
            of_workspace(&format!("/filters/{id}")),
            json!({ "name": "Late", "rule": { "join": "all", "groups": [] } }),
        ),
        ("POST", of_workspace("/filters/count"), json!({ "join": "all", "groups": [] })),
        (
            "POST",
            of_workspace("/handling"),
            json!({ "steps": [{
                "conversation": ConversationId::from_bytes([7; 32]), "client_message_id": id,
                "step": { "handle": { "assign": { "to": null } } },
            }] }),
        ),
        ("POST", of_workspace("/teams"), json!({ "name": "Support", "members": [] })),
        ("PUT", of_workspace(&format!("/teams/{id}")), json!({ "name": "Support", "members": [] })),
        ("PUT", of_workspace("/assignments"), json!({ "way": "by_hand", "limit": null })),
        (
            "PUT",
            of_workspace(&format!("/teams/{id}/assignment")),
            json!({ "way": "round_robin", "limit": 3 }),
        ),
        (
            "POST",
            of_workspace("/private-chats"),
            json!({ "with": [AgentId::from_bytes([7; 16])], "group": { "name": "Night", "nonce": id } }),
        ),
        (
            "POST",
            of_workspace(&format!("/private-chats/{id}/members")),
            json!({ "agent": AgentId::from_bytes([7; 16]) }),
        ),
        ("PUT", of_workspace(&format!("/private-chats/{id}/name")), json!({ "name": "Night" })),
        ("POST", of_workspace("/roles"), role.clone()),
        ("PUT", of_workspace(&format!("/roles/{id}")), role),
        ("POST", of_workspace("/sites"), site.clone()),
        ("PUT", of_workspace(&format!("/sites/{id}")), site),
        ("POST", of_workspace(&format!("/sites/{id}/check")), json!({ "address": "https://shop.example" })),
        ("POST", "/api/invitations/look".to_owned(), json!({ "token": link })),
        ("POST", "/api/invitations/accept".to_owned(), json!({ "token": link, "newcomer": newcomer })),
        ("POST", "/api/agent/ticket".to_owned(), json!({ "workspace": id, "target": "feed" })),
        (
            "POST",
            "/api/setup".to_owned(),
            json!({
                "email": "anna@example.com", "workspace": "W", "site_name": "S", "allowed_origins": [],
                "allow_localhost": true,
            }),
        ),
        (
            "PUT",
            of_workspace(&format!("/sites/{id}/reception")),
            json!({ "hours": {
                "zone": "Europe/Berlin",
                "week": [{ "day": "monday", "from": 540, "until": 1_020 }],
                "holidays": [{ "day": 20_812, "name": "Christmas", "spans": [{ "from": 540, "until": 720 }] }],
            }, "questions": [{
                "kind": "text", "label": "Your name", "is_required": true, "choices": [], "link": "",
            }] }),
        ),
        (
            "POST",
            format!("/api/sites/{id}/conversations/{id}/answers"),
            json!({ "answers": [{ "label": "Your name", "text": "Anna" }] }),
        ),
        (
            "POST",
            of_workspace("/search"),
            json!({
                "text": "hello", "within": "notes", "site": id, "status": "open", "since": 1, "until": 2, "after": 3,
            }),
        ),
        (
            "POST",
            format!("/api/sites/{id}/visits"),
            json!({
                "pass": "x", "visit": id, "seconds": 1, "url": "", "title": "", "source": "", "campaign": "", "visits": 1,
                "chat": "x", "is_private": false, "is_leaving": false, "shown": id,
            }),
        ),
        ("POST", format!("/api/sites/{id}/opening"), json!({ "token": "x", "shown": { "proactive": 1 } })),
        (
            "POST",
            of_workspace("/visits"),
            json!({
                "site": id, "country": "DE", "page": "x", "in_chat": true, "after": { "since": 1, "visit": id },
            }),
        ),
        ("PUT", of_workspace(&format!("/sites/{id}/visits/{id}/opener")), json!({ "text": "x" })),
        (
            "POST",
            of_workspace("/contacts"),
            json!({
                "filter": { "text": "anna", "site": id, "acquaintance": "verified" },
                "after": { "last_seen_at": 1, "visitor": id },
            }),
        ),
        (
            "POST",
            of_workspace("/contacts/export"),
            json!({ "text": "anna", "site": id, "acquaintance": "claimed" }),
        ),
        (
            "POST",
            of_workspace("/report"),
            json!({
                "since": 1, "until": 2, "site": id, "agent": id, "label": "Late order",
                "clock": [{ "since": 0, "minutes": 60 }], "team": id,
            }),
        ),
        (
            "POST",
            "/api/visitor/session".to_owned(),
            json!({ "site": "pk_x", "token": "", "user": null, "email": null, "conversation": "new" }),
        ),
    ]
}

/// Routes that change something and read no body, or one that is no JSON.
const WITHOUT_BODY: [&str; 21] = [
    "POST /mailbox",
    "POST /api/account/sign-out",
    "POST /api/account/sign-out-everywhere",
    "POST /api/account/second-factor",
    "POST /api/account/picture",
    "POST /api/workspaces/{}/sites/{}/logo",
    "POST /api/sites/{}/conversations/{}/transcript",
    "POST /api/account/recovery-codes",
    "POST /api/account/passkey-sign-in",
    "POST /api/account/prove/passkey",
    "POST /api/account/passkeys",
    "POST /api/workspaces/{}/deletion",
    "POST /api/workspaces/{}/second-factor",
    "POST /api/workspaces/{}/canned/{}/used",
    "PUT /api/workspaces/{}/blocked/{}",
    "POST /api/workspaces/{}/sites/{}/key",
    "POST /api/workspaces/{}/sites/{}/identity-secret",
    "DELETE",
    "GET",
    "HEAD",
    "OPTIONS",
];

fn every_body_is_in_the_table(_: &Stage) {
    let nameless = |path: &str| {
        let id = somewhere();
        let parts = path.split('/').map(|part| if part.starts_with('{') || part == id { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let listed: BTreeSet<_> =
        bodies().iter().map(|(method, path, _)| format!("{method} {}", nameless(path))).collect();
    for route in ROUTES {
        let name = format!("{} {}", route.method, nameless(route.path));
        let has_none = WITHOUT_BODY.iter().any(|without| *without == name || *without == route.method);
        assert_ne!(has_none, listed.contains(&name), "{name}");
    }
}

/// Sends a body to a route as somebody who is signed in, on whichever page may send it.
fn send(stage: &Stage, cookie: &str, method: &str, path: &str, body: &str) -> Answer {
    let origin = if path == "/api/visitor/session" { PAGE_ORIGIN } else { stage.base_url() };
    let authorization = format!("Bearer {}", stage.setup_token());
    let headers = [
        ("Origin", origin),
        ("Content-Type", "application/json"),
        ("Cookie", cookie),
        ("Authorization", &authorization),
    ];
    request(method, &format!("{}{path}", stage.base_url()), &headers, Some(body))
}

fn refused_whole(stage: &Stage, cookie: &str, method: &str, path: &str, body: &str) {
    let answer = send(stage, cookie, method, path, body);
    assert_eq!((answer.status, answer.code()), (400, Code::BadFrame), "{method} {path} {body}");
}

fn unknown_fields(_: &Stage) {
    let columns = columns();
    assert!(columns.len() > 60 && columns.contains("proven_at"), "the columns are read: {columns:?}");
    let stage = Stage::start_bare("bodies", PORT);
    let person = Agent::sign_in(&stage).person();
    let before = person.get("/api/account/me").body;
    for (method, path, body) in bodies() {
        let known = names(&body);
        let fields = columns.iter().map(String::as_str).chain(["__proto__", "constructor", "", "$where"]);
        for field in fields.filter(|field| !known.contains(*field)) {
            for marked in marked(&body) {
                let text = marked.to_string().replace(&json!(MARK).to_string(), &json!(field).to_string());
                refused_whole(&stage, &person.cookie, method, &path, &text);
            }
        }
    }
    assert_eq!(person.get("/api/account/me").body, before);
}

fn doubled_fields(_: &Stage) {
    let stage = Stage::start_bare("bodies", PORT);
    let person = Agent::sign_in(&stage).person();
    for (method, path, body) in bodies() {
        for field in names(&body) {
            for marked in marked(&body) {
                // In another object than its own it is one that nobody asked for.
                let text = marked.to_string().replace(&json!(MARK).to_string(), &json!(field).to_string());
                refused_whole(&stage, &person.cookie, method, &path, &text);
            }
        }
    }
}

fn ignored_claims(stage: &Stage) {
    let body = json!({
        "site": stage.site_key(),
        "user": { "name": "Vera", "role": "owner", "visitor": somewhere(), "proof": { "admin": true } },
    });
    let url = format!("{}/api/visitor/session", stage.base_url());
    let answer = post(&url, &[("Origin", PAGE_ORIGIN)], &body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
    let session: Value = answer.json();
    assert_eq!(session["known"], Value::Null);
    let fields: BTreeSet<_> = session.as_object().expect("an object").keys().map(String::as_str).collect();
    let told = ["conversation", "further", "known", "notice", "others", "reception", "token", "work"];
    assert_eq!(fields, BTreeSet::from(told));
}

fn two_cookies(stage: &Stage) {
    let (one, other) = (Person::sign_up(stage), Person::sign_up(stage));
    let me = |cookie: &str| {
        let person = Person::with_cookie(stage.base_url(), "", cookie);
        person.get("/api/account/me").body
    };
    assert_eq!(me(&format!("{}; {}", one.cookie, other.cookie)), me(&one.cookie));
    assert_eq!(me(&format!("{}; {}", other.cookie, one.cookie)), me(&other.cookie));
    assert_eq!(me(&format!("__Host-session=null; {}", one.cookie)), me(&one.cookie));
    assert_ne!(me(&one.cookie), me(&other.cookie));
}

/// Copies of a body, each with a field of the name [`MARK`] in another of its objects.
fn marked(body: &Value) -> Vec<Value> {
    let Value::Object(fields) = body else { return Vec::new() };
    let with = |name: &str, value: Value| {
        let mut fields = fields.clone();
        fields.insert(name.to_owned(), value);
        Value::Object(fields)
    };
    let mut copies = vec![with(MARK, json!("x"))];
    for (name, value) in fields {
        copies.extend(marked(value).into_iter().map(|value| with(name, value)));
    }
    copies
}

/// The names of all fields of a body.
fn names(body: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let no_fields = Map::new();
    for (name, value) in body.as_object().unwrap_or(&no_fields) {
        found.insert(name.clone());
        found.extend(names(value));
    }
    found
}

/// The names of all columns of all tables, read off the statements that make them.
fn columns() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    gather(&Project::find().expect("the project's folder").path("crates/store/src"), &mut found);
    found
}

fn gather(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources").flatten() {
        if entry.path().is_dir() {
            gather(&entry.path(), found);
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("a source");
        for table in text.split("CREATE TABLE").skip(1) {
            let table = table.split("STRICT").next().unwrap_or_default();
            let table = table.split_once('(').map_or("", |(_, columns)| columns);
            for column in table.split([',', '\n']) {
                let name = column.split_whitespace().next().unwrap_or_default();
                if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
                    found.insert(name.to_owned());
                }
            }
        }
    }
}
