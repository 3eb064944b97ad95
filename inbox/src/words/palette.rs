//! Words of the palette.

use super::{account, details, emoji, help, sites, team, thread, visitors, you};
use crate::model::palette::Words;
use crate::model::shortcut::Shortcut;
use crate::words::{blocking, bulk, composer, desk, filters, macros, search};

pub(crate) const TITLE: &str = "Commands";
pub(crate) const FIELD: &str = "What do you want to do?";
pub(crate) const NOTHING: &str = "Nothing of that name";
/// The keys that open it.
pub(crate) const KEYS: &str = "Ctrl k";

/// The names of what it offers.
pub(crate) const WORDS: Words = Words {
    shortcut,
    section: team::section,
    site_part: sites::part,
    account_part: you::part,
    search: |words| format!("Search conversations for “{words}”"),
    conversation: "Conversation",
    macros: macros::MACRO,
    selected: bulk::selected,
    view: desk::VIEW,
    settings: account::SETTINGS,
    account: account::ACCOUNT,
    choice: desk::choice,
    availability: desk::AVAILABILITY,
    workspace: "Workspace",
    new_site: sites::NEW,
    new_workspace: account::NEW_WORKSPACE,
    switch_keys: "Turn single-key shortcuts on or off",
    density: you::density,
    densities: you::DENSITY,
    sign_out: account::SIGN_OUT,
};

/// What a key does, in a few words, and the key.
const fn shortcut(shortcut: Shortcut) -> (&'static str, &'static str) {
    match shortcut {
        Shortcut::Next => ("Next conversation", "j"),
        Shortcut::Previous => ("Previous conversation", "k"),
        Shortcut::Open => ("Open the conversation", "o"),
        Shortcut::Reply => ("Write a reply", "r"),
        Shortcut::Note => ("Write a note to your team", "n"),
        Shortcut::Resolve => (thread::RESOLVE, "e"),
        Shortcut::ResolveAndNext => ("Resolve and open the next", "Ctrl Shift e"),
        Shortcut::Reopen => (thread::REOPEN, "Shift e"),
        Shortcut::Back => (thread::BACK, "Esc"),
        Shortcut::Help => (help::TITLE, "?"),
        Shortcut::Assign => ("Assign to somebody", "a"),
        Shortcut::AssignToMe => ("Assign to yourself", "i"),
        Shortcut::HandTo => ("Hand to a team", "t"),
        Shortcut::Snooze => (desk::SNOOZE, "h"),
        Shortcut::Label => (desk::LABELS, "l"),
        Shortcut::Prioritize => (desk::PRIORITY, "p"),
        Shortcut::Macro => (macros::RUN, "m"),
        Shortcut::Undo => ("Undo what you did last", "z"),
        Shortcut::Details => ("Show or hide the details", "]"),
        Shortcut::Go => ("Go to", "g"),
        Shortcut::Show(shelf) => (desk::view(shelf), desk::view_keys(shelf)),
        Shortcut::Search => (search::NAME, "/"),
        Shortcut::Palette => (TITLE, KEYS),
        Shortcut::Settings => (account::SETTINGS, "g s"),
        Shortcut::Visitors => (visitors::GO, "g v"),
        Shortcut::Attach => (composer::ATTACH, ""),
        Shortcut::Emoji => (emoji::BUTTON, ""),
        Shortcut::SaveTranscript => (details::TRANSCRIPT, ""),
        Shortcut::Block => (blocking::COMMAND, ""),
        Shortcut::NewFilter => (filters::NEW, ""),
        Shortcut::Select => ("Select the conversation", "x"),
        Shortcut::SelectThrough => ("Select up to the conversation", "Shift x"),
        Shortcut::SelectAll => ("Select all conversations shown", "Shift a"),
    }
}
