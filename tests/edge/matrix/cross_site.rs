//! Asks every route that changes something as a page of another site would: with the cookie of somebody who may (SPEC AP7).

use protocol::Code;
use tests::Stage;
use tests::http::request;

use super::mixed::state;
use super::routes::{Needs, ROUTES};
use super::world::Team;

/// Open to whoever has an invitation, for the account of the session.
const ACCEPT: &str = "/api/invitations/accept";
/// What takes the bytes of a picture, and so no JSON.
const PICTURES: [&str; 2] = ["/picture", "/logo"];

pub(super) fn sweep(stage: &Stage) {
    let mut team = Team::found(stage);
    let own = stage.base_url();
    let json = "application/json";
    let sites = [("https://evil.example", json), ("null", json), ("", json), (own, "text/plain")];
    let names: Vec<_> = ROUTES
        .iter()
        .filter(|route| route.method != "GET" && (route.needs != Needs::Nothing || route.path == ACCEPT))
        .map(|route| (route, team.names(stage, route.path)))
        .collect();
    assert!(names.len() > 50, "{} routes change something", names.len());
    let before = state(&team);
    for (route, names) in names {
        let address = format!("{own}{}", names.fill(route.path));
        let body = (route.body)(&names).to_string();
        let takes_json = !PICTURES.iter().any(|end| route.path.ends_with(end));
        for (origin, kind) in sites.iter().filter(|(_, kind)| takes_json || *kind == json) {
            let headers =
                [("Origin", *origin), ("Content-Type", *kind), ("Cookie", &team.owner.person.cookie)];
            let answer = request(route.method, &address, &headers, Some(&body));
            let asked = format!("{} {} from {origin:?} as {kind}", route.method, route.path);
            assert_eq!((answer.status, answer.code()), (403, Code::Forbidden), "{asked}: {}", answer.body);
            assert!(answer.header("set-cookie").is_none(), "{asked}");
        }
    }
    assert_eq!(state(&team), before);
}
