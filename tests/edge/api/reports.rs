//! Reports.

use std::time::UNIX_EPOCH;

use protocol::api::{Operation, Prefixed};
use protocol::{Report, Spread, Team};
use serde_json::{Value, json};
use tests::Stage;
use tests::api::wait_for;

use super::desk;

pub(super) fn read(stage: &Stage) {
    let mut desk = desk(stage);
    let reports = desk.key(&["reports:read"]);
    let others = desk.key(&["conversations:read", "settings:read", "contacts:read"]);
    let teams = format!("/api/workspaces/{}/teams", desk.workspace);
    let team: Team = desk.person.post(&teams, &json!({ "name": "Support", "members": [] })).json();
    let team = Prefixed(team.id).to_string();
    let reply = json!({ "kind": "reply", "text": "It is on its way." });
    let _ = desk.api.call(Operation::CreateMessage).at_all(&desk.ids()).json(&reply).done();
    let resolved = json!({ "status": "resolved" });
    let _ = desk.api.call(Operation::UpdateConversation).at_all(&desk.ids()).json(&resolved).done();

    let api = desk.api.with_key(Some(&reports));
    let narrowed = |query: &[(&str, &str)]| {
        let call =
            query.iter().fold(api.call(Operation::GetReport), |call, (name, value)| call.query(name, value));
        call.done()
    };
    let report = wait_for(|| {
        let report = narrowed(&[]);
        (report["total"]["resolved"] == 1).then_some(report)
    });
    let total = &report["total"];
    assert_eq!((&total["conversations"], &total["messages_of_visitors"]), (&json!(1), &json!(1)));
    let now = UNIX_EPOCH.elapsed().expect("later").as_millis();
    let asked = json!({ "since": now - 86_400_000, "until": now + 86_400_000 });
    let path = format!("/api/workspaces/{}/report", desk.workspace);
    let shown = desk.person.post(&path, &asked).json::<Report>().total;
    let spread = |spread: Option<Spread>| {
        let Spread { median, ninth_decile } = spread.expect("it was answered and resolved");
        json!({ "median_ms": median, "ninth_decile_ms": ninth_decile })
    };
    assert_eq!(total["messages_of_agents"], shown.answered);
    assert_eq!(total["first_response"], spread(shown.first_response));
    assert_eq!(total["resolution"], spread(shown.resolution));
    assert_eq!(report["days"].as_array().map(Vec::len), Some(30));
    assert_eq!(report["hours"].as_array().map(Vec::len), Some(168));
    assert_eq!((&report["sites"][0]["id"], &report["sites"][0]["figures"]), (&json!(desk.site), total));
    assert_eq!((&report["teams"], &report["labels"]), (&json!([]), &json!([])), "with none");

    let count = |query: &[(&str, &str)]| narrowed(query)["total"]["conversations"].clone();
    assert_eq!(count(&[("site", &desk.site)]), 1);
    assert_eq!(count(&[("team", &team)]), 0);
    assert_eq!(count(&[("label", "Late%20order")]), 0);
    assert_eq!(count(&[("first_day", "2020-01-01"), ("last_day", "2020-01-31")]), 0);
    let today = report["days"][29]["day"].as_str().expect("a day").to_owned();
    let one = narrowed(&[("first_day", &today), ("last_day", &today)]);
    assert_eq!(one["days"].as_array().map(Vec::len), Some(1));

    let faults = [
        ("first_day", "2026-02-30"),
        ("last_day", "yesterday"),
        ("first_day", "1970-01-01"),
        ("first_day", "9999-12-31"),
        ("team", &desk.site),
        ("label", ""),
    ];
    for (name, value) in faults {
        let problem: Value = api.call(Operation::GetReport).query(name, value).expect(422).json();
        assert_eq!((&problem["code"], &problem["param"]), (&json!("invalid_field"), &json!(name)), "{value}");
    }
    let _ = desk.api.with_key(Some(&others)).call(Operation::GetReport).expect(403);
}
