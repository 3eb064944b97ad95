//! Lists, a page at a time.

use protocol::api::Operation;
use protocol::codec::Codec;
use serde_json::{Value, json};
use tests::api::{Api, wait_for};
use tests::{Stage, Visitor};

use super::desk;

pub(super) fn pages(stage: &Stage) {
    let desk = desk(stage);
    for number in 0..4 {
        let _ =
            desk.api.call(Operation::CreateSite).json(&json!({ "name": format!("Shop {number}") })).done();
        let note = json!({ "kind": "note", "text": format!("Note {number}") });
        let _ = desk.api.call(Operation::CreateMessage).at_all(&desk.ids()).json(&note).done();
    }
    for (operation, count) in [
        (Operation::ListSites, 5),
        (Operation::ListMessages, 5),
        (Operation::ListAgents, 1),
        (Operation::ListConversations, 1),
        (Operation::ListContacts, 1),
        (Operation::ListContactConversations, 1),
    ] {
        let ascending = all(&desk.api, operation, &desk.ids(), "asc");
        let mut descending = all(&desk.api, operation, &desk.ids(), "desc");
        descending.reverse();
        assert_eq!(ascending.len(), count, "{operation:?}");
        assert_eq!(ascending, descending, "{operation:?}");
        let whole = desk.api.call(operation).at_all(&desk.ids()).query("limit", "100").done();
        let mut whole: Vec<String> = ids_of(&whole);
        let mut ascending = ascending;
        whole.sort();
        ascending.sort();
        assert_eq!(whole, ascending, "{operation:?}");
    }
    let messages = all(&desk.api, Operation::ListMessages, &desk.ids(), "asc");
    assert!(messages.is_sorted(), "the ids of messages sort as the messages do");
}

pub(super) fn filters(stage: &Stage) {
    let desk = desk(stage);
    let site = desk.api.call(Operation::GetSite).at_all(&desk.ids()).done();
    let site_key = site["keys"][0]["key"].as_str().expect("a key").parse().expect("a site key");
    let mut other = Visitor::arrive_at(stage, site_key);
    let (mut line, _) = other.connect(Codec::Json, None);
    other.say(&mut line, "Do you ship to Norway?");
    let list = |name: &str, value: &str| {
        ids_of(&desk.api.call(Operation::ListConversations).query(name, value).done())
    };
    wait_for(|| (list("limit", "100").len() == 2).then_some(()));
    let resolved = json!({ "status": "resolved" });
    let _ = desk.api.call(Operation::UpdateConversation).at_all(&desk.ids()).json(&resolved).done();
    wait_for(|| (list("status", "resolved") == [desk.conversation.clone()]).then_some(()));
    assert_eq!(list("status", "open").len(), 1);
    assert_eq!(list("site", &desk.site).len(), 2);
    assert_eq!(list("site", &format!("site_{}", "0".repeat(32))).len(), 0);
    assert_eq!(list("contact", &desk.contact), std::slice::from_ref(&desk.conversation));

    let page = desk.api.call(Operation::ListConversations).query("limit", "1").done();
    let cursor = page["next_cursor"].as_str().expect("a second page");
    for operation in [Operation::ListSites, Operation::ListAgents, Operation::ListMessages] {
        let answer = desk.api.call(operation).at_all(&desk.ids()).query("cursor", cursor).expect(422);
        assert_eq!(answer.json::<Value>()["param"], "cursor", "{operation:?}");
    }
}

/// The ids of a list, read two at a time.
fn all(api: &Api, operation: Operation, ids: &[(&str, String)], order: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let call = api.call(operation).at_all(ids).query("limit", "2").query("order", order);
        let call = match &cursor {
            Some(cursor) => call.query("cursor", cursor),
            None => call,
        };
        let page = call.done();
        found.extend(ids_of(&page));
        assert_eq!(page["has_more"].as_bool(), Some(page["next_cursor"].is_string()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return found,
        }
    }
}

fn ids_of(page: &Value) -> Vec<String> {
    let items = page["data"].as_array().expect("a list");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}
