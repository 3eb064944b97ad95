//! Everybody × every route and every frame × what is theirs, what is somebody else's, and what is nowhere (SPEC AC9).
//!
//! The table of routes is compared with the router's own, so that a route without a line here fails.

mod by_key;
mod cross_site;
mod frames;
mod listed;
mod mixed;
mod persons;
mod routes;
mod sweep;
mod world;

use tests::{Case, Stage};

pub(crate) use self::routes::{ROUTES, used_passkey};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("AC9 every route is in the table of who may ask it", listed::every_route_is_in_the_table),
    ("AP7 what changes something is refused to pages of other sites, whoever asks", cross_site::sweep),
    ("AC9 every route, by everybody, on theirs, on others' and on nothing", sweep::sweep),
    ("AC9 every operation of the API, by every key, on theirs, on others' and on nothing", by_key::sweep),
    ("AC4 ids of two workspaces in one request change nothing in either", mixed::ids_of_two_workspaces),
    ("AC9 what a right does not open is in no answer", mixed::hidden_fields),
    ("AC9 sessions and passkeys of another account are as good as none", persons::of_accounts),
    ("AC9 what is a colleague's alone is as good as none", persons::within_a_workspace),
    ("AC9 every frame, by everybody, on theirs, on others' and on nothing", frames::sweep),
];
