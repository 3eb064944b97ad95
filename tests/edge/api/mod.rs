//! The REST API: every operation, every refusal, and that the document is true of all of them.

mod changes;
mod lists;
mod repeating;
mod reports;
mod talking;
mod walk;

use tests::{Case, Desk, Person, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("RA1 every operation answers as the document says, and refuses as it says", walk::every_operation),
    ("RA1 the document knows every route and no other", walk::nothing_else),
    ("RA2 who has no key learns nothing of what is wrong with a request", walk::key_first),
    ("RA4 pages of a list hold every item once", lists::pages),
    ("RA4 conversations are filtered, and a cursor is good for its own list", lists::filters),
    (
        "RA5 a program's message is told to visitor and agents at once, its note to agents alone",
        talking::told,
    ),
    ("RA5 a conversation is resolved and reopened in the name of who made the key", talking::status),
    ("RA11 a file of a message is downloaded by its id, and no other", talking::files),
    ("RA13 a program answers a message, changes and deletes its own, and no other", talking::amended),
    ("RA14 a person whom a site knows is written to before they come", talking::reached),
    ("RA6 what is wrong with a request is named", walk::named_faults),
    ("RA15 a key gives roles and removes people up to what it may do itself", changes::people),
    ("RA16 a request for another version of the API is refused", walk::other_version),
    ("RA17 a key reads the report that the inbox shows, narrowed down as it can be", reports::read),
    ("RA7 what is asked under one Idempotency-Key is done once", repeating::once),
    ("RA7 another request under the same Idempotency-Key is a conflict", repeating::conflict),
    ("RA8 a change that is meant for another version is not made", changes::versions),
    ("RA9 a key's rate is told, and refused beyond", changes::rates),
    ("RA10 the page of the document runs nothing and is framed by nobody", changes::page),
];

/// A workspace of its own with something of everything.
fn desk(stage: &Stage) -> Desk {
    let mut person = Person::sign_up(stage);
    let made = person.post("/api/workspaces", &serde_json::json!({ "name": "Fernwood" }));
    assert_eq!(made.status, 201, "{}", made.body);
    let view: protocol::http::workspace::WorkspaceView = made.json();
    Desk::set_up(stage, person, view.id)
}
