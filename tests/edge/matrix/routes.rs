//! The table: every route, and who may ask it.

use serde_json::{Value, json};

use super::world::{
    Names, api_key_draft, by_hand, canned_draft, filter_draft, filter_rule, site_settings, team_draft,
};

/// Who may ask a route for something of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Anybody; what it takes is in the request and tested where it is built.
    Nothing,
    /// A session.
    Session,
    /// To belong to the workspace.
    Membership,
    /// To read conversations.
    ReadConversations,
    /// To answer visitors: what readers may not.
    AnswerVisitors,
    /// To chat privately: what readers may not.
    ChatPrivately,
    /// What admins may and agents may not, of something that everybody sees.
    Sharing,
    /// What admins may and agents may not.
    Administration,
    /// To be the owner.
    Ownership,
}

/// A route as the router knows it.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// With `{w}` for the workspace, `{a}`, `{i}`, `{k}`, `{r}`, `{s}`, `{c}`, `{p}`, `{t}`, `{v}`, `{f}`, `{n}` for an agent, an invitation,
    /// a key of the REST API, a role, a site, a canned response, a private chat, a team, a visitor, a filter of it, a visit to a site.
    pub(crate) path: &'static str,
    pub(super) needs: Needs,
    /// What is sent; `Null` for nothing.
    pub(super) body: fn(&Names) -> Value,
}

/// Every route that answers HTTP. Those of sockets are in `frames`.
pub(crate) const ROUTES: &[Route] = &[
    route("GET", "/", Needs::Nothing, nothing),
    route("GET", "/healthz", Needs::Nothing, nothing),
    route("GET", "/widget.js", Needs::Nothing, nothing),
    route("GET", "/widget.json", Needs::Nothing, nothing),
    route("GET", "/v/{version}/widget.js", Needs::Nothing, nothing),
    route("GET", "/storage.json", Needs::Nothing, nothing),
    route("GET", "/widget/{key}/frame", Needs::Nothing, nothing),
    route("GET", "/widget/preview", Needs::Nothing, nothing),
    route("GET", "/chat/{key}", Needs::Nothing, nothing),
    route("GET", "/inbox", Needs::Nothing, nothing),
    route("GET", "/inbox/", Needs::Nothing, nothing),
    route("GET", "/inbox/{rest}", Needs::Nothing, nothing),
    route("GET", "/pictures/{id}", Needs::Nothing, nothing),
    route("GET", "/faces/{id}", Needs::Nothing, nothing),
    route("GET", "/logos/{s}/{id}", Needs::Nothing, nothing),
    route("GET", "/api/sites/{key}/config", Needs::Nothing, nothing),
    route("GET", "/api/sites/{key}/proactive", Needs::Nothing, nothing),
    route("POST", "/api/sites/{key}/visits", Needs::Nothing, nothing),
    route("POST", "/api/sites/{key}/opening", Needs::Nothing, nothing),
    route("POST", "/api/visitor/session", Needs::Nothing, nothing),
    route("GET", "/api/visitor/conversations", Needs::Nothing, nothing),
    route("GET", "/api/visitor/wait", Needs::Nothing, nothing),
    route(
        "POST",
        "/api/sites/{key}/conversations/{id}/answers",
        Needs::Nothing,
        |_| json!({ "answers": [{ "label": "Name", "text": "Anna" }] }),
    ),
    route("POST", "/api/sites/{key}/conversations/{id}/transcript", Needs::Nothing, nothing),
    route("GET", "/api/workspaces/{w}/conversations/{id}/answers", Needs::Nothing, nothing),
    route("POST", "/api/setup", Needs::Nothing, nothing),
    route("GET", "/api/openapi.json", Needs::Nothing, nothing),
    route("GET", "/docs/api", Needs::Nothing, nothing),
    route("GET", "/mailbox", Needs::Nothing, nothing),
    route("POST", "/mailbox", Needs::Nothing, nothing),
    route("GET", "/mailbox.json", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-up", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-up/finish", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-in", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-in-link", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-in-link/finish", Needs::Nothing, nothing),
    route("POST", "/api/account/reset", Needs::Nothing, nothing),
    route("POST", "/api/account/reset/finish", Needs::Nothing, nothing),
    route("POST", "/api/account/passkey-sign-in", Needs::Nothing, nothing),
    route("POST", "/api/account/passkey-sign-in/finish", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-out", Needs::Nothing, nothing),
    route("POST", "/api/account/sign-out-everywhere", Needs::Nothing, nothing),
    route("POST", "/api/invitations/look", Needs::Nothing, nothing),
    route("POST", "/api/invitations/accept", Needs::Nothing, nothing),
    route("GET", "/api/account/me", Needs::Session, nothing),
    route(
        "PUT",
        "/api/account/profile",
        Needs::Session,
        |_| json!({ "name": "Somebody", "language": "en", "time_zone": "" }),
    ),
    // Of another account than their own, so that everybody is there for the next line.
    route(
        "POST",
        "/api/account/deletion",
        Needs::Session,
        |_| json!({ "email": format!("{}@example.com", fresh("other")) }),
    ),
    route("POST", "/api/account/picture", Needs::Session, nothing),
    route("DELETE", "/api/account/picture", Needs::Session, nothing),
    route("GET", "/api/account/sessions", Needs::Session, nothing),
    route("DELETE", "/api/account/sessions/{id}", Needs::Session, nothing),
    route("POST", "/api/account/prove", Needs::Session, |_| json!({ "password": "wrong" })),
    route("POST", "/api/account/password", Needs::Session, |_| json!({ "password": fresh("password") })),
    route("POST", "/api/account/second-factor", Needs::Session, nothing),
    route("POST", "/api/account/second-factor/finish", Needs::Session, |_| json!({ "code": "000000" })),
    route("DELETE", "/api/account/second-factor", Needs::Session, nothing),
    route("POST", "/api/account/recovery-codes", Needs::Session, nothing),
    route(
        "POST",
        "/api/account/new-address",
        Needs::Session,
        |_| json!({ "email": format!("{}@example.com", fresh("new")) }),
    ),
    route("POST", "/api/account/new-address/finish", Needs::Session, |_| json!({ "token": "wrong" })),
    route("POST", "/api/account/prove/passkey", Needs::Session, nothing),
    route("POST", "/api/account/prove/passkey/finish", Needs::Session, |_| used_passkey()),
    route("GET", "/api/account/passkeys", Needs::Session, nothing),
    route("POST", "/api/account/passkeys", Needs::Session, nothing),
    route(
        "POST",
        "/api/account/passkeys/finish",
        Needs::Session,
        |_| json!({ "client_data": "e30", "attestation": "oA" }),
    ),
    route("PATCH", "/api/account/passkeys/{id}", Needs::Session, |_| json!({ "name": "Laptop" })),
    route("DELETE", "/api/account/passkeys/{id}", Needs::Session, nothing),
    route("POST", "/api/workspaces", Needs::Session, |_| json!({ "name": "Fernwood" })),
    route("GET", "/api/workspaces/{w}", Needs::Membership, nothing),
    route("GET", "/api/workspaces/{w}/people", Needs::Membership, nothing),
    route("GET", "/api/workspaces/{w}/sites", Needs::Membership, nothing),
    route("PATCH", "/api/workspaces/{w}", Needs::Administration, |_| json!({ "name": "Fernwood" })),
    route("GET", "/api/workspaces/{w}/audit", Needs::Administration, nothing),
    route(
        "POST",
        "/api/workspaces/{w}/roles",
        Needs::Administration,
        |_| json!({ "name": fresh("role"), "permissions": [] }),
    ),
    route(
        "PUT",
        "/api/workspaces/{w}/roles/{r}",
        Needs::Administration,
        |_| json!({ "name": fresh("role"), "permissions": [] }),
    ),
    route("DELETE", "/api/workspaces/{w}/roles/{r}", Needs::Administration, nothing),
    route(
        "POST",
        "/api/workspaces/{w}/invitations",
        Needs::Administration,
        |_| json!({ "email": format!("{}@example.com", fresh("invited")), "role": "agent" }),
    ),
    route("DELETE", "/api/workspaces/{w}/invitations/{i}", Needs::Administration, nothing),
    route("PATCH", "/api/workspaces/{w}/agents/{a}", Needs::Administration, |_| json!({ "role": "agent" })),
    route("DELETE", "/api/workspaces/{w}/agents/{a}", Needs::Administration, nothing),
    route("POST", "/api/workspaces/{w}/sites", Needs::Administration, |_| site_settings()),
    route("PUT", "/api/workspaces/{w}/sites/{s}", Needs::Administration, |_| site_settings()),
    route("DELETE", "/api/workspaces/{w}/sites/{s}", Needs::Administration, nothing),
    route("PUT", "/api/workspaces/{w}/sites/{s}/reception", Needs::Administration, |_| json!({})),
    route("POST", "/api/workspaces/{w}/sites/{s}/logo", Needs::Administration, nothing),
    route("POST", "/api/workspaces/{w}/sites/{s}/key", Needs::Administration, nothing),
    route("POST", "/api/workspaces/{w}/sites/{s}/identity-secret", Needs::Administration, nothing),
    route("DELETE", "/api/workspaces/{w}/sites/{s}/key", Needs::Administration, nothing),
    route("DELETE", "/api/workspaces/{w}/sites/{s}/identity-secret", Needs::Administration, nothing),
    route(
        "POST",
        "/api/workspaces/{w}/sites/{s}/check",
        Needs::Administration,
        |_| json!({ "address": "http://127.0.0.1/" }),
    ),
    route("GET", "/api/workspaces/{w}/api-keys", Needs::Administration, nothing),
    route("POST", "/api/workspaces/{w}/api-keys", Needs::Administration, |_| api_key_draft()),
    route("DELETE", "/api/workspaces/{w}/api-keys/{k}", Needs::Administration, nothing),
    route("GET", "/api/workspaces/{w}/teams", Needs::Membership, nothing),
    route("POST", "/api/workspaces/{w}/teams", Needs::Administration, |_| team_draft()),
    route("PUT", "/api/workspaces/{w}/teams/{t}", Needs::Administration, |_| team_draft()),
    route("DELETE", "/api/workspaces/{w}/teams/{t}", Needs::Administration, nothing),
    route("GET", "/api/workspaces/{w}/assignments", Needs::Membership, nothing),
    route("PUT", "/api/workspaces/{w}/assignments", Needs::Administration, |_| by_hand()),
    route("PUT", "/api/workspaces/{w}/teams/{t}/assignment", Needs::Administration, |_| by_hand()),
    // Which steps they may take, each conversation decides.
    route("POST", "/api/workspaces/{w}/handling", Needs::Membership, |_| json!({ "steps": [] })),
    route("GET", "/api/workspaces/{w}/blocked", Needs::ReadConversations, nothing),
    route("GET", "/api/workspaces/{w}/blocked/{v}", Needs::ReadConversations, nothing),
    route("PUT", "/api/workspaces/{w}/blocked/{v}", Needs::AnswerVisitors, nothing),
    route("DELETE", "/api/workspaces/{w}/blocked/{v}", Needs::AnswerVisitors, nothing),
    route("POST", "/api/workspaces/{w}/visits", Needs::ReadConversations, |_| json!({})),
    route(
        "PUT",
        "/api/workspaces/{w}/sites/{s}/visits/{n}/opener",
        Needs::AnswerVisitors,
        |_| json!({ "text": "May I help?" }),
    ),
    route("POST", "/api/workspaces/{w}/contacts", Needs::ReadConversations, |_| json!({})),
    route("POST", "/api/workspaces/{w}/contacts/export", Needs::Administration, |_| json!({})),
    route("GET", "/api/workspaces/{w}/contacts/{v}", Needs::ReadConversations, nothing),
    route("GET", "/api/workspaces/{w}/canned", Needs::Membership, nothing),
    route("POST", "/api/workspaces/{w}/canned", Needs::Membership, |_| canned_draft(false)),
    route(
        "PUT",
        "/api/workspaces/{w}/canned/{c}",
        Needs::Sharing,
        |_| json!({ "shortcode": fresh("canned"), "text": "Hello" }),
    ),
    route("DELETE", "/api/workspaces/{w}/canned/{c}", Needs::Sharing, nothing),
    route("POST", "/api/workspaces/{w}/canned/{c}/used", Needs::Membership, nothing),
    route("GET", "/api/workspaces/{w}/filters", Needs::ReadConversations, nothing),
    route("POST", "/api/workspaces/{w}/filters", Needs::ReadConversations, |_| filter_draft(false)),
    route("POST", "/api/workspaces/{w}/filters/count", Needs::ReadConversations, |_| filter_rule()),
    route(
        "PUT",
        "/api/workspaces/{w}/filters/{f}",
        Needs::Sharing,
        |_| json!({ "name": fresh("filter"), "rule": filter_rule() }),
    ),
    route("DELETE", "/api/workspaces/{w}/filters/{f}", Needs::Sharing, nothing),
    route(
        "POST",
        "/api/workspaces/{w}/private-chats",
        Needs::ChatPrivately,
        |_| json!({ "with": [], "group": { "name": "Night", "nonce": "0f".repeat(16) } }),
    ),
    route(
        "POST",
        "/api/workspaces/{w}/private-chats/{p}/members",
        Needs::ChatPrivately,
        |names| json!({ "agent": names.agent }),
    ),
    route("DELETE", "/api/workspaces/{w}/private-chats/{p}/members/me", Needs::ChatPrivately, nothing),
    route(
        "PUT",
        "/api/workspaces/{w}/private-chats/{p}/name",
        Needs::ChatPrivately,
        |_| json!({ "name": "Day" }),
    ),
    route("POST", "/api/workspaces/{w}/second-factor", Needs::Administration, nothing),
    route("DELETE", "/api/workspaces/{w}/second-factor", Needs::Administration, nothing),
    route("POST", "/api/workspaces/{w}/search", Needs::ReadConversations, |_| json!({ "text": "hello" })),
    route(
        "POST",
        "/api/workspaces/{w}/report",
        Needs::Administration,
        |_| json!({ "since": 1, "until": 2, "site": null, "agent": null, "label": null, "clock": [] }),
    ),
    route("PUT", "/api/workspaces/{w}/retention", Needs::Ownership, |_| json!({ "days": 90 })),
    route("POST", "/api/workspaces/{w}/transfer", Needs::Ownership, |names| json!({ "to": names.agent })),
    route("POST", "/api/workspaces/{w}/deletion", Needs::Ownership, nothing),
    route("DELETE", "/api/workspaces/{w}/deletion", Needs::Ownership, nothing),
    route(
        "POST",
        "/api/agent/ticket",
        Needs::ReadConversations,
        |names| json!({ "workspace": names.workspace, "target": "feed" }),
    ),
];

const fn route(method: &'static str, path: &'static str, needs: Needs, body: fn(&Names) -> Value) -> Route {
    Route { method, path, needs, body }
}

const fn nothing(_: &Names) -> Value {
    Value::Null
}

/// A passkey that nobody used.
pub(crate) fn used_passkey() -> Value {
    json!({ "credential": "AQ", "client_data": "e30", "authenticator_data": "AQ", "signature": "AQ" })
}

/// A name that nothing else has.
fn fresh(kind: &str) -> String {
    format!("{kind}-{}", protocol::TabId::from_bytes(tests::random()))
}
