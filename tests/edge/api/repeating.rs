//! Requests that are sent again.

use protocol::api::Operation;
use serde_json::{Value, json};
use tests::Stage;

use super::desk;

const REPLAYED: &str = "idempotency-replayed";

pub(super) fn once(stage: &Stage) {
    let mut desk = desk(stage);
    let requests = [
        (Operation::CreateSite, Some(json!({ "name": "Once" }))),
        (Operation::RotateSiteKey, None),
        (Operation::CreateMessage, Some(json!({ "kind": "note", "text": "Once" }))),
    ];
    for (operation, body) in &requests {
        let ask = || {
            let call = desk.api.call(*operation).at_all(&desk.ids()).header("Idempotency-Key", "order-1742");
            match body {
                Some(body) => call.json(body).expect(201),
                None => call.expect(201),
            }
        };
        let first = ask();
        assert_eq!(first.header(REPLAYED), None, "{operation:?}");
        for _ in 0..2 {
            let again = ask();
            assert_eq!(again.body, first.body, "{operation:?}");
            assert_eq!(again.header("location"), first.header("location"), "{operation:?}");
            assert_eq!(again.header(REPLAYED), Some("true"), "{operation:?}");
        }
        if *operation == Operation::CreateSite {
            // Each operation has names of its own only with a key of its own.
            let key =
                desk.key(&["settings:write", "settings:read", "conversations:write", "conversations:read"]);
            desk.api = desk.api.with_key(Some(&key));
        }
    }
    let sites = desk.api.call(Operation::ListSites).done();
    assert_eq!(sites["data"].as_array().map(Vec::len), Some(2), "one was made");
    let site = desk.api.call(Operation::GetSite).at_all(&desk.ids()).done();
    assert_eq!(site["keys"].as_array().map(Vec::len), Some(2), "one key was added");
    let messages = desk.api.call(Operation::ListMessages).at_all(&desk.ids()).done();
    assert_eq!(messages["data"].as_array().map(Vec::len), Some(2), "one was written");
}

pub(super) fn conflict(stage: &Stage) {
    let desk = desk(stage);
    let site = |name: &str, status: u16| {
        let call = desk.api.call(Operation::CreateSite).header("Idempotency-Key", "k");
        call.json(&json!({ "name": name })).expect(status)
    };
    let refused = site(" ", 422);
    assert_eq!(refused.json::<Value>()["code"], "invalid_field", "a refused request uses no key up");
    let _ = site("One", 201);
    assert_eq!(site("Two", 422).json::<Value>()["code"], "idempotency_conflict");
    let rotate = desk.api.call(Operation::RotateSiteKey).at_all(&desk.ids()).header("Idempotency-Key", "k");
    assert_eq!(rotate.expect(422).json::<Value>()["code"], "idempotency_conflict");
    let message = |text: &str, status: u16| {
        let call = desk.api.call(Operation::CreateMessage).at_all(&desk.ids());
        call.header("Idempotency-Key", "k").json(&json!({ "kind": "reply", "text": text })).expect(status)
    };
    let _ = message("One", 201);
    assert_eq!(message("Two", 422).json::<Value>()["code"], "idempotency_conflict");
}
