//! Messages and statuses, as programs make them and as people see them.

use protocol::api::{Operation, Prefixed};
use protocol::codec::Codec;
use protocol::http::{KnownSession, SessionAnswer};
use protocol::{
    AgentKind, Author, ClientFrame, PrivateKind, PublicKind, Seq, ServerFrame, SiteId, VisitorCommand,
};
use serde_json::{Value, json};
use tests::api::wait_for;
use tests::file::Sender;
use tests::http::post;
use tests::stage::PAGE_ORIGIN;
use tests::visitor::text_of;
use tests::{Agent, Desk, Signer, Stage, Visitor, random};

use super::desk;

pub(super) fn told(stage: &Stage) {
    let mut desk = desk(stage);
    let mut agent = Agent::of(stage, &desk.person);
    let (mut desk_line, _) = agent.connect(desk.visitor.conversation);
    let write = |kind: &str, text: &str| {
        let draft = json!({ "kind": kind, "text": text });
        desk.api.call(Operation::CreateMessage).at_all(&desk.ids()).json(&draft).done()
    };
    let note = write("note", "A good customer.");
    let reply = write("reply", "It is on its way.\r\nTomorrow.");
    assert_eq!(reply["text"], "It is on its way.\nTomorrow.", "as it is stored");
    assert_eq!(reply["author"]["type"], "agent");
    assert_eq!(reply["author"]["id"].as_str(), Some(desk.agent.as_str()));

    let public = tests::visitor::events(&mut desk.line, 1).remove(0);
    assert_eq!(text_of(&public), Some("It is on its way.\nTomorrow."), "the visitor is told of no note");
    assert_eq!(public.seq.0, 2, "a note leaves no hole in what the visitor sees");
    let mut seen = Vec::new();
    while seen.len() < 3 {
        seen.extend(desk_line.until(|frame| match frame {
            ServerFrame::Events { events } => Some(events.clone()),
            _ => None,
        }));
    }
    assert!(
        matches!(&seen[1].kind, AgentKind::Private(PrivateKind::Note { text, .. }) if text.as_str() == "A good customer.")
    );
    assert!(matches!(&seen[2].kind, AgentKind::Public(PublicKind::Message { .. })));
    assert!(matches!(&seen[2].author, Author::Agent(profile) if profile.name == "Somebody"));

    let listed = desk.api.call(Operation::ListMessages).at_all(&desk.ids()).done();
    let kinds: Vec<_> =
        listed["data"].as_array().expect("a list").iter().map(|message| &message["kind"]).collect();
    assert_eq!(kinds, ["reply", "note", "reply"]);
    for message in [&note, &reply] {
        let id = message["id"].as_str().expect("an id");
        let call = desk.api.call(Operation::GetMessage).at("message", id).at_all(&desk.ids());
        assert_eq!(&call.done(), message);
    }
}

/// A message that answers another one, is changed and deleted; a file that was sent with one.
pub(super) fn amended(stage: &Stage) {
    let mut desk = desk(stage);
    let ids = desk.ids();
    let write = |draft: Value| desk.api.call(Operation::CreateMessage).at_all(&ids).json(&draft);
    let reply =
        write(json!({ "kind": "reply", "text": "It is on its wya.", "reply_to": desk.message })).done();
    assert_eq!(reply["reply_to"].as_str(), Some(desk.message.as_str()));
    let note = write(json!({ "kind": "note", "text": "So they say.", "reply_to": reply["id"] })).done();
    assert_eq!(note["reply_to"], reply["id"]);
    let elsewhere = desk.message.replace("msg_0", "msg_1");
    for (kind, nowhere) in [("reply", note["id"].as_str()), ("note", Some(elsewhere.as_str()))] {
        let refused = write(json!({ "kind": kind, "text": "To whom?", "reply_to": nowhere })).expect(422);
        assert_eq!(refused.json::<Value>()["param"], "reply_to", "{kind}");
    }
    let public = tests::visitor::events(&mut desk.line, 1).remove(0);
    assert!(matches!(public.kind, PublicKind::Message { reply_to: Some(_), .. }));

    let at = |operation, id: &Value| {
        desk.api.call(operation).at("message", id.as_str().expect("an id")).at_all(&ids)
    };
    let change = json!({ "text": "It is on its way." });
    let changed = at(Operation::UpdateMessage, &reply["id"]).json(&change).done();
    assert_eq!((&changed["text"], &changed["edited"]), (&json!("It is on its way."), &json!(true)));
    assert_eq!(changed["reply_to"], reply["reply_to"]);
    let _ = at(Operation::DeleteMessage, &reply["id"]).done();
    let _ = at(Operation::DeleteMessage, &reply["id"]).done();
    let gone = at(Operation::GetMessage, &reply["id"]).done();
    assert_eq!((&gone["text"], &gone["deleted"]), (&json!(""), &json!(true)));
    let refused = at(Operation::UpdateMessage, &reply["id"]).json(&change).expect(409);
    assert_eq!(refused.json::<Value>()["code"], "unchangeable");
    let theirs = json!(desk.message);
    let _ = at(Operation::UpdateMessage, &theirs).json(&change).expect(403);
    let _ = at(Operation::DeleteMessage, &theirs).expect(403);
    let seen = tests::visitor::events(&mut desk.line, 2);
    assert!(matches!(
        (&seen[0].kind, &seen[1].kind),
        (PublicKind::Edited { .. }, PublicKind::Deleted { .. })
    ));
}

pub(super) fn files(stage: &Stage) {
    let mut desk = desk(stage);
    let sender = Sender::visitor(stage, &desk.visitor, desk.visitor.conversation);
    let bytes = b"Two ferns, one pot.";
    let file = sender.up("Order.txt", bytes).file();
    let attachment = Prefixed(file.id).to_string();
    let (api, ids) = (desk.api.clone(), desk.ids());
    let download = || api.call(Operation::GetAttachment).at("attachment", &attachment).at_all(&ids);
    let _ = download().expect(404);
    let submission = desk.visitor.submission(VisitorCommand::File(file));
    let id = submission.client_message_id;
    desk.line.send(&ClientFrame::Submit(submission));
    let _ = tests::visitor::accepted(&mut desk.line, id);
    let listed = desk.api.call(Operation::ListMessages).at_all(&desk.ids()).query("order", "desc").done();
    assert_eq!(listed["data"][0]["attachments"][0]["id"], json!(attachment));
    let answer = download().expect(200);
    assert_eq!(answer.body.as_bytes(), bytes);
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert!(answer.header("content-disposition").is_some_and(|way| way.starts_with("attachment;")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

/// Somebody who comes to the desk's site with a proof.
fn known(stage: &Stage, desk: &Desk, token: &str) -> Visitor {
    let site = desk.api.call(Operation::GetSite).at_all(&desk.ids()).done();
    let user = json!({ "proof": { "jwt": token } });
    let body = json!({ "site": site["keys"][0]["key"], "token": "", "user": user }).to_string();
    let url = format!("{}/api/visitor/session", stage.base_url());
    let known = post(&url, &[("Origin", PAGE_ORIGIN)], &body).json::<SessionAnswer>().known;
    let KnownSession { token, conversation } = known.expect("somebody known");
    Visitor::of_session(stage, token, conversation)
}

/// A person whom the site knows is written to before they have ever come.
pub(super) fn reached(stage: &Stage) {
    let mut desk = desk(stage);
    let site = desk.site.trim_start_matches("site_").to_owned();
    let path = format!("/api/workspaces/{}/sites/{site}/identity-secret", desk.workspace);
    let secret = desk.person.post(&path, &Value::Null);
    let signer = Signer { site, secret: secret.json() };
    let write = |draft: Value| desk.api.call(Operation::CreateConversation).json(&draft);
    let draft =
        |contact: Value| json!({ "site_id": desk.site, "contact": contact, "text": "Your fern is here." });
    let vera = json!({ "external_id": "user-1", "name": "Vera", "email": "vera@example.com" });
    let made = write(draft(vera.clone())).header("Idempotency-Key", "fern-1").expect(201);
    let conversation: Value = made.json();
    assert_eq!(conversation["last_message"]["preview"], "Your fern is here.");
    let again = write(draft(vera)).header("Idempotency-Key", "fern-1").expect(201);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.json::<Value>(), conversation);

    let visitor = known(stage, &desk, &signer.token("user-1", &Value::Null));
    assert_eq!(json!(Prefixed(visitor.conversation).to_string()), conversation["id"]);
    let (_, welcome) = visitor.connect(Codec::Json, None);
    assert_eq!(welcome.head, Seq(1), "it is there when they come, once");

    let more =
        write(draft(json!({ "external_id": "user-1", "name": "Vera Fern", "email": "vera@example.com" })))
            .done();
    assert_eq!(more["id"], conversation["id"], "a person has one conversation on a site");
    let contact = wait_for(|| {
        let call = desk.api.call(Operation::GetContact);
        let answer = call.at("contact", conversation["contact_id"].as_str().expect("an id")).send();
        (answer.status == 200)
            .then(|| answer.json::<Value>())
            .filter(|contact| contact["name"]["value"] == "Vera Fern")
    });
    assert_eq!(contact["external_id"], "user-1");
    assert_eq!(contact["email"], json!({ "value": "vera@example.com", "verified": true }));

    let plain = desk.api.call(Operation::CreateSite).json(&json!({ "name": "Plain" })).done();
    let param = |draft: Value| write(draft).expect(422).json::<Value>()["param"].clone();
    let to = |site: &Value, contact: Value| json!({ "site_id": site, "contact": contact, "text": "Hello" });
    assert_eq!(param(to(&plain["id"], json!({ "external_id": "user-1" }))), "site_id", "it knows nobody");
    let elsewhere = json!(Prefixed(SiteId::from_bytes(random())).to_string());
    assert_eq!(param(to(&elsewhere, json!({ "external_id": "user-1" }))), "site_id");
    let here = json!(desk.site);
    for (contact, field) in [
        (json!({ "external_id": "" }), "contact.external_id"),
        (json!({ "external_id": " user-1" }), "contact.external_id"),
        (json!({ "external_id": "x".repeat(256) }), "contact.external_id"),
        (json!({ "external_id": "user-1", "name": "a\u{202e}b" }), "contact.name"),
        (json!({ "external_id": "user-1", "email": "x".repeat(255) }), "contact.email"),
        (json!({ "name": "Vera" }), "contact.external_id"),
        (json!({ "external_id": "user-1", "role": "owner" }), "contact.role"),
    ] {
        assert_eq!(param(to(&here, contact)), field);
    }
}

pub(super) fn status(stage: &Stage) {
    let mut desk = desk(stage);
    let set = |status: &str| {
        let body = json!({ "status": status });
        desk.api.call(Operation::UpdateConversation).at_all(&desk.ids()).json(&body).done()
    };
    assert_eq!(set("open")["status"], "open", "as it stood");
    assert_eq!(set("resolved")["status"], "resolved");
    assert_eq!(set("resolved")["status"], "resolved", "twice does no harm");
    let events = tests::visitor::events(&mut desk.line, 1);
    assert!(matches!(events[0].kind, PublicKind::Resolved));
    desk.visitor.say(&mut desk.line, "One more thing.");
    let shown = desk.api.call(Operation::GetConversation).at_all(&desk.ids()).done();
    assert_eq!((&shown["status"], &shown["unread_count"]), (&json!("open"), &json!(2)));
    assert_eq!(shown["last_message"]["preview"], "One more thing.");
    let listed = desk.api.call(Operation::ListMessages).at_all(&desk.ids()).done();
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(2), "what nobody says is no message");
}
