//! Messages and statuses, as programs make them and as people see them.

use protocol::api::Operation;
use protocol::{AgentKind, Author, PrivateKind, PublicKind, ServerFrame};
use serde_json::json;
use tests::visitor::text_of;
use tests::{Agent, Stage};

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
