//! Every word the panel shows, in the language that it speaks at the moment. The rest of the widget takes words from
//! [`strings`] only.
//!
//! The texts are in `crates/words/locales`. `boot.js` has those of one language, with what the page says in their place,
//! and hands them over by their place in the file.

use std::cell::Cell;

use leptos::prelude::*;
#[cfg(debug_assertions)]
use leptos::reactive::diagnostics::SpecialNonReactiveZone;
use protocol::Stars;
#[cfg(not(test))]
use wasm_bindgen::prelude::*;

#[cfg(test)]
use self::tests::{number, word};

#[cfg(not(test))]
#[wasm_bindgen]
extern "C" {
    /// Set by `boot.js`.
    #[wasm_bindgen(js_namespace = porchlightWords)]
    fn word(index: usize) -> String;

    /// Set by `boot.js`: a number as the visitor's region writes it.
    #[wasm_bindgen(js_namespace = porchlightWords)]
    fn number(value: u8) -> String;
}

/// Declares the words, in the order of the files.
macro_rules! strings {
    ($($name:ident)*) => {
        /// The words of one language.
        pub(crate) struct Strings {
            $(pub(crate) $name: &'static str,)*
        }

        impl Strings {
            fn read() -> Self {
                let [$($name,)*] = core::array::from_fn(text);
                Self { $($name,)* }
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

strings! {
    chat
    close_chat
    messages
    message
    write_a_message
    send
    attach
    retry
    send_as_new
    resend
    edit
    discard
    try_again
    earlier
    new_messages
    you
    team
    default_greeting
    nobody_here
    is_here
    are_here
    is_typing
    sending
    sent
    seen
    not_on_server
    failed_too_long
    failed_bad_text
    failed_conflict
    failed_otherwise
    lost
    too_long
    reconnecting
    reconnecting_unkept
    refused_page
    refused_version
    refused_tabs
    refused_session
    refused_identity
    guest
    refused_otherwise
    resolved
    resolved_write
    reopened
    options
    own_options
    delete
    delete_message
    keep
    edited
    deleted
    saving
    editing
    cancel
    too_late
    failed_change
    reply
    replying
    quote
    earlier_message
    ended
    ended_write
    rated
    of_five
    how_was_it
    say_more
    send_rating
    menu
    end_chat
    save_transcript
    mail_transcript
    mute
    unmute
    stored_here
    end_surely
    go_on
    emoji
    joined
    left
    not_loaded
    away
    away_until
    leave_email
    bad_email
    has_email
}

/// What is shown, and a signal of its changes.
struct Current {
    words: Cell<&'static Strings>,
    changes: ArcRwSignal<u32>,
}

thread_local! {
    static CURRENT: Current =
        Current { words: Cell::new(Box::leak(Box::new(Strings::read()))), changes: ArcRwSignal::new(0) };
}

/// Returns the words to show; whoever shows them is told when there are others.
pub(crate) fn strings() -> &'static Strings {
    CURRENT.with(|current| {
        // Outside of what is shown nobody is to be told, nor warned of that.
        #[cfg(debug_assertions)]
        let _zone = SpecialNonReactiveZone::enter();
        current.changes.track();
        current.words.get()
    })
}

/// Takes the words that `boot.js` has by now. Those before stay in memory: a page changes its language a few times at most.
pub(crate) fn renew() {
    CURRENT.with(|current| {
        current.words.set(Box::leak(Box::new(Strings::read())));
        current.changes.update(|changes| *changes += 1);
    });
}

/// Puts values where a text names them in braces. Each is kept apart from the direction of what is around it, where that
/// may be another one.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    for part in text.split(['{', '}']) {
        match values.iter().find(|(name, _)| *name == part) {
            Some((_, value)) if text.is_ascii() && value.is_ascii() => filled.push_str(value),
            Some((_, value)) => {
                for piece in ["\u{2068}", value, "\u{2069}"] {
                    filled.push_str(piece);
                }
            }
            None => filled.push_str(part),
        }
    }
    filled
}

/// Puts what somebody has given, and the most that they could, where a text names them.
pub(crate) fn fill_stars(text: &str, stars: Stars) -> String {
    fill(text, &[("stars", &number(stars.number())), ("most", &number(Stars::ALL.len() as u8))])
}

#[inline(never)]
fn text(index: usize) -> &'static str {
    Box::leak(word(index).into_boxed_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use words::{Entry, LANGUAGES, Text};

    use super::*;

    #[test]
    fn lo3_the_panel_reads_its_words_by_their_place() {
        for language in &LANGUAGES {
            let names: Vec<_> = language.entries().into_iter().map(|entry| entry.name).collect();
            assert_eq!(names[..NAMES.len()], *NAMES, "{}", language.name);
            let rest = &names[NAMES.len()..];
            assert!(rest.iter().all(|name| {
                ["form_", "home_", "wait_", "launcher_", "file_"].iter().any(|part| name.starts_with(part))
            }));
        }
    }

    #[test]
    fn lo4_what_is_renamed_by_what_it_says_differs_in_every_language() {
        let script = include_str!("../boot.js");
        let renamed = script.split_once("const NAMES =").and_then(|(_, rest)| rest.split('"').nth(1));
        let renamed: BTreeSet<_> = renamed.expect("the names").split(' ').collect();
        assert!(renamed.iter().all(|name| NAMES.contains(name)), "{renamed:?}");
        for language in &LANGUAGES {
            let entries =
                language.entries().into_iter().filter(|entry| renamed.contains(entry.name.as_str()));
            let texts: BTreeSet<_> = entries.map(|entry| format!("{:?}", entry.text)).collect();
            assert_eq!(texts.len(), renamed.len(), "{}", language.name);
        }
    }

    #[test]
    fn lo3_values_stand_where_a_text_names_them() {
        let named = |text| fill(text, &[("name", "Anna"), ("other", "Ben")]);
        assert_eq!(named("{name} and {other} are here"), "Anna and Ben are here");
        assert_eq!(named("{other}, {name}"), "Ben, Anna");
        assert_eq!(named("nobody {here}"), "nobody here");
        assert_eq!(named("{name} معك"), "\u{2068}Anna\u{2069} معك");
        assert_eq!(fill("{name} is here", &[("name", "محمد")]), "\u{2068}محمد\u{2069} is here");
        assert_eq!(fill("Reply to: {text}", &[("text", "{name}")]), "Reply to: {name}");
    }

    /// A number as English writes it.
    pub(super) fn number(value: u8) -> String {
        value.to_string()
    }

    /// The English words.
    pub(super) fn word(index: usize) -> String {
        let english = LANGUAGES.iter().find(|language| language.name == "en").expect("there is English");
        let Entry { text, .. } = english.entries().swap_remove(index);
        match text {
            Text::One(text) => text,
            Text::Counted(_) => panic!("the panel counts nothing"),
        }
    }
}
