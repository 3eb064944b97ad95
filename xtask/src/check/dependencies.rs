//! Which package may know which: the arrows of `docs/ARCHITECTURE.md`, read off what cargo resolved.

use std::collections::{BTreeMap, BTreeSet};

use crate::cargo::Metadata;

/// The packages of the workspace that each package may name; a package that is not listed may name all.
const ARROWS: [(&str, &[&str]); 16] = [
    ("markup", &[]),
    ("mutant", &[]),
    ("protocol", &["markup"]),
    ("domain", &["mutant", "protocol"]),
    ("store", &["mutant", "protocol", "domain"]),
    ("object", &["mutant", "protocol", "domain", "store"]),
    ("look", &["protocol"]),
    ("mail", &["protocol"]),
    ("words", &["protocol"]),
    ("edge", &["protocol", "domain", "store", "object", "look", "mail", "words"]),
    ("sync", &["mutant", "protocol"]),
    ("sync-web", &["markup", "protocol", "sync"]),
    ("widget", &["markup", "protocol", "sync", "sync-web", "words"]),
    ("inbox", &["look", "markup", "protocol", "sync", "sync-web"]),
    ("api-document", &["protocol"]),
    ("xtask", &["api-document", "protocol", "words"]),
];

/// Packages that are pure, and what they must not be linked with: platforms, clocks, randomness, async.
const PURE: [&str; 6] = ["domain", "look", "mail", "markup", "sync", "words"];
const IMPURE: [&str; 10] = [
    "chrono",
    "getrandom",
    "js-sys",
    "leptos",
    "rand",
    "tokio",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
    "worker",
];

/// Libraries that only some packages may name.
const RESERVED: [(&str, &[&str]); 3] =
    [("worker", &["edge"]), ("web-sys", &["sync-web", "widget", "inbox"]), ("leptos", &["widget", "inbox"])];

/// All that the widget may name: every byte of it is loaded by every visitor who opens the chat.
const WIDGET_LIST: [&str; 13] = [
    "console_error_panic_hook",
    "gloo",
    "js-sys",
    "leptos",
    "markup",
    "postcard",
    "protocol",
    "serde",
    "sync",
    "sync-web",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];

/// What is known about one package.
#[derive(Debug, Default, Clone)]
struct Known {
    /// What its manifest names for its code.
    named: BTreeSet<String>,
    /// What its manifest names for code, tests and build.
    named_anywhere: BTreeSet<String>,
    /// Everything its code is linked with.
    linked: BTreeSet<String>,
}

/// Returns a sentence for each broken rule.
pub(super) fn violations(metadata: &Metadata) -> Vec<String> {
    let known = metadata.members().into_iter().map(|package| {
        let known = Known {
            named: metadata.direct(&package, false),
            named_anywhere: metadata.direct(&package, true),
            linked: metadata.linked(&package),
        };
        (package, known)
    });
    broken_rules(&known.collect())
}

fn broken_rules(workspace: &BTreeMap<String, Known>) -> Vec<String> {
    let mut broken = Vec::new();
    for (package, known) in workspace {
        if let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == package) {
            // A package may name itself: its tests then have a feature that its users choose.
            let inner =
                known.named_anywhere.iter().filter(|name| *name != package && workspace.contains_key(*name));
            let wrong = inner.filter(|name| !allowed.contains(&name.as_str()));
            broken
                .extend(wrong.map(|name| format!("{package} must not know {name}: arrows only point down")));
        }
        if PURE.contains(&package.as_str()) {
            let wrong = known.linked.iter().filter(|name| IMPURE.contains(&name.as_str()));
            broken.extend(wrong.map(|name| format!("{package} is pure and must not be linked with {name}")));
        }
        for (library, allowed) in RESERVED {
            if known.named.contains(library) && !allowed.contains(&package.as_str()) {
                broken.push(format!("{package} must not name {library}: only {} may", allowed.join(", ")));
            }
        }
        if package == "widget" {
            let wrong = known.named.iter().filter(|name| !WIDGET_LIST.contains(&name.as_str()));
            broken.extend(wrong.map(|name| format!("widget must not name {name}: its list is closed")));
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(package: &str, named: &[&str], linked: &[&str]) -> Vec<String> {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let mut workspace: BTreeMap<String, Known> =
            ARROWS.iter().map(|(name, _)| ((*name).to_owned(), Known::default())).collect();
        let known = Known { named: names(named), named_anywhere: names(named), linked: names(linked) };
        workspace.insert(package.to_owned(), known);
        broken_rules(&workspace)
    }

    #[test]
    fn arrows_point_down() {
        assert!(check("store", &["domain", "protocol"], &[]).is_empty());
        assert_eq!(check("domain", &["store"], &[]), ["domain must not know store: arrows only point down"]);
        assert_eq!(check("sync", &["domain"], &[]).len(), 1);
    }

    #[test]
    fn pure_packages_stay_pure_however_far_away_the_platform_is() {
        assert_eq!(check("domain", &["serde"], &["serde", "getrandom"]).len(), 1);
        assert!(check("sync-web", &["web-sys"], &["web-sys", "js-sys"]).is_empty());
    }

    #[test]
    fn platforms_belong_to_their_packages() {
        assert_eq!(check("store", &["worker"], &[]), ["store must not name worker: only edge may"]);
        assert_eq!(check("edge", &["web-sys"], &[]).len(), 1);
    }

    #[test]
    fn the_list_of_the_widget_is_closed() {
        assert!(check("widget", &["leptos", "postcard"], &[]).is_empty());
        assert_eq!(
            check("widget", &["serde_json"], &[]),
            ["widget must not name serde_json: its list is closed"]
        );
    }
}
