//! Copies of the built Worker's JavaScript that do more than what is shipped, which has no hook for it.

use std::collections::BTreeMap;

use crate::http::get;

/// What is put before the Worker so that it counts the objects that it makes.
const MADE: &str = include_str!("made.js");

/// What is put before the Worker so that its clock can be put forward.
const FORWARD: &str = include_str!("forward.js");

/// Puts a prelude before the Worker and exports what its `wrapExport` makes of each class.
///
/// # Panics
/// If the Worker does not end with its exports.
#[must_use]
pub fn wrapped(prelude: &str, glue: &str) -> String {
    let (body, exports) = glue.rsplit_once("export").expect("the Worker exports its classes");
    let names = exports.trim().trim_end_matches(';').trim_start_matches('{').trim_end_matches('}');
    let mut text = format!("{prelude}\n{body}\n");
    for (index, name) in names.split(',').enumerate() {
        let (inner, outer) = name.trim().split_once(" as ").expect("an export has two names");
        text += &format!("const wrappedExport{index} = wrapExport(\"{outer}\", {inner});\n");
        text += &format!("export {{ wrappedExport{index} as {outer} }};\n");
    }
    text
}

/// Makes the Worker's clock one that [`put_forward`] moves.
#[must_use]
pub fn forwardable(glue: &str) -> String {
    wrapped(FORWARD, glue)
}

/// Puts the clock forward, until the Worker is started again.
///
/// # Panics
/// If the Worker has no such clock.
pub fn put_forward(base_url: &str, milliseconds: u64) {
    let answer = get(&format!("{base_url}/test/forward?by={milliseconds}"), &[]);
    assert_eq!(answer.body, "put forward");
}

/// Makes the Worker count the objects that it makes: each anew after it slept.
#[must_use]
pub fn counted(glue: &str) -> String {
    wrapped(MADE, glue)
}

/// How many conversations' objects a Worker that counts them has made since it was started.
///
/// # Panics
/// If the Worker does not count.
#[must_use]
pub fn conversations_made(base_url: &str) -> u32 {
    let made: BTreeMap<String, u32> = get(&format!("{base_url}/test/made"), &[]).json();
    made["ConversationObject"]
}
