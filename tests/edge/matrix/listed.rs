//! The table against the router's source.

use std::collections::BTreeSet;

use protocol::api::Operation;
use tests::Stage;

use super::by_key::BY_KEY;
use super::frames::SOCKETS;
use super::routes::ROUTES;
use crate::files::ROUTES as FILES;

const ROUTER: &str = include_str!("../../../edge/src/routes/mod.rs");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) fn every_route_is_in_the_table(_: &Stage) {
    let routed = routed(ROUTER);
    assert!(routed.len() > 20, "the router is read");
    let names = |method: &str, path: &str| (method.to_owned(), without_names(path));
    let listed: BTreeSet<_> = ROUTES.iter().map(|route| names(route.method, route.path)).collect();
    let sockets = SOCKETS.iter().map(|path| names("GET", path));
    let by_key = BY_KEY.map(operation_route);
    let files = FILES.map(|(method, path)| names(method, path));
    let listed: BTreeSet<_> = listed.into_iter().chain(sockets).chain(by_key).chain(files).collect();
    let missing: Vec<_> = routed.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&routed).collect();
    assert!(missing.is_empty(), "routes without a line in the table: {missing:?}");
    assert!(gone.is_empty(), "lines without a route: {gone:?}");
}

/// The methods and paths of a router's source, through the routers that are nested in it.
fn routed(source: &str) -> BTreeSet<(String, String)> {
    let mut routes = BTreeSet::new();
    gather(source, "router", "", &mut routes);
    routes
}

/// Adds the routes of one function under a prefix.
fn gather(source: &str, function: &str, prefix: &str, routes: &mut BTreeSet<(String, String)>) {
    let (_, body) = source.split_once(&format!("fn {function}(")).expect("the function is there");
    let body = body.split("\n}").next().unwrap_or_default();
    for call in body.split("\n        .").skip(1) {
        if let Some(route) = call.strip_prefix("route(") {
            let (path, handlers) = argument(route);
            for method in METHODS {
                if handlers.match_indices(&format!("{method}(")).any(|(at, _)| stands_alone(handlers, at)) {
                    routes.insert((method.to_uppercase(), without_names(&join(prefix, path))));
                }
            }
        } else if let Some(nest) = call.strip_prefix("nest(") {
            let (path, inner) = argument(nest);
            if path == "Operation::BASE" {
                // These routes are made from the list; what they are called is in the document (SPEC RA1).
                routes.extend(Operation::ALL.map(operation_route));
                continue;
            }
            let inner = inner.trim_start_matches([',', ' ']).split('(').next().unwrap_or_default();
            gather(source, inner, &join(prefix, path), routes);
        }
    }
}

/// The method and path of an operation of the REST API.
fn operation_route(operation: Operation) -> (String, String) {
    let path = format!("{}{}", Operation::BASE, operation.path());
    (operation.method().name().to_owned(), without_names(&path))
}

/// The first argument of a call, which is a path, and the rest.
fn argument(call: &str) -> (&str, &str) {
    let (first, rest) = call.split_once(',').expect("two arguments");
    match first.trim().trim_matches('"') {
        "HEALTH" => ("/healthz", rest),
        path => (path, rest),
    }
}

/// A path within a nested router.
fn join(prefix: &str, path: &str) -> String {
    let path = if prefix.is_empty() { path } else { path.trim_end_matches('/') };
    format!("{prefix}{path}")
}

/// Whether no letter stands before, as in `budget(`.
fn stands_alone(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|character: char| character.is_alphanumeric() || character == '_')
}

/// A path whose parts have no names, since the table has other names than the router.
fn without_names(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
