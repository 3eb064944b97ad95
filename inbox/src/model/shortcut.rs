//! What keys ask for, and the palette as well.

use protocol::Shelf;
use protocol::permission::{Permission, Permissions};

use super::composition::Mode;

/// What a key asks for, or a line of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Focus the following conversation.
    Next,
    /// Focus the one before.
    Previous,
    /// Open the focused conversation.
    Open,
    /// Write to the visitor.
    Reply,
    /// Write to the team.
    Note,
    /// Mark the conversation as done.
    Resolve,
    /// Open it again.
    Reopen,
    /// Go back to the list.
    Back,
    /// Show the keys.
    Help,
    /// Choose who sees to the conversation.
    Assign,
    /// See to it oneself.
    AssignToMe,
    /// Choose which team sees to it.
    HandTo,
    /// Choose when it comes up again.
    Snooze,
    /// Choose what it is about.
    Label,
    /// Choose how urgent it is.
    Prioritize,
    /// Choose several steps to take in one.
    Macro,
    /// Take back what was done last.
    Undo,
    /// Show or hide the details.
    Details,
    /// Wait for the second key of a way.
    Go,
    /// Show a view of the list.
    Show(Shelf),
    /// Look for something.
    Search,
    /// Find whatever can be done by its name.
    Palette,
    /// Mark the conversation as done and open the one after it.
    ResolveAndNext,
    /// Show the settings.
    Settings,
    /// Show who is on the sites.
    Visitors,
    /// Choose files to send.
    Attach,
    /// Choose an emoji.
    Emoji,
    /// Save what was said as a text.
    SaveTranscript,
    /// Keep the visitor out, or let them in again.
    Block,
    /// Make a filter.
    NewFilter,
    /// Select the row, or no longer.
    Select,
    /// Select the rows from the last one to this one.
    SelectThrough,
    /// Select every row that is shown.
    SelectAll,
}

impl Shortcut {
    /// Whether it does something that somebody with these permissions may do.
    pub(crate) fn is_offered(self, permissions: Permissions) -> bool {
        match self {
            Self::Reply
            | Self::Resolve
            | Self::Reopen
            | Self::ResolveAndNext
            | Self::Assign
            | Self::AssignToMe
            | Self::HandTo
            | Self::Snooze
            | Self::Label
            | Self::Prioritize
            | Self::Macro
            | Self::Undo
            | Self::Block
            | Self::Select
            | Self::SelectThrough
            | Self::SelectAll => permissions.contains(Permission::AnswerVisitors),
            Self::Note => permissions.contains(Permission::WriteNotes),
            Self::Visitors => permissions.contains(Permission::ReadConversations),
            Self::Attach | Self::Emoji => !Mode::offered(permissions).is_empty(),
            Self::Next
            | Self::Previous
            | Self::Open
            | Self::Back
            | Self::Help
            | Self::Details
            | Self::Go
            | Self::Show(_)
            | Self::NewFilter
            | Self::Search
            | Self::Palette
            | Self::Settings
            | Self::SaveTranscript => true,
        }
    }
}

/// A key that went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct KeyDown<'a> {
    /// What it types.
    pub(crate) key: &'a str,
    /// Where it is on the keyboard, as the American layout names it.
    pub(crate) code: &'a str,
    /// Whether Control or Meta is down, and Alt is not: such keys work in fields too.
    pub(crate) control: bool,
    /// Whether Control, Alt or Meta is down.
    pub(crate) modified: bool,
    /// Whether Shift is down.
    pub(crate) shift: bool,
    /// Whether it belongs to a word that an input method is making.
    pub(crate) composing: bool,
    /// Whether the focus is in something that takes text.
    pub(crate) in_field: bool,
    /// Whether the focus is on a link or button, which Enter belongs to.
    pub(crate) on_control: bool,
}

/// Reads a key: by what it types, or by its place where the layout has no Latin letters.
pub(crate) fn shortcut(down: KeyDown<'_>) -> Option<Shortcut> {
    if down.composing {
        return None;
    }
    if down.control {
        return match (letter(down)?, down.shift) {
            ('k', false) => Some(Shortcut::Palette),
            ('e', true) => Some(Shortcut::ResolveAndNext),
            (_, false | true) => None,
        };
    }
    if down.modified {
        return None;
    }
    if down.in_field {
        return (down.key == "Escape").then_some(Shortcut::Back);
    }
    match (down.key, down.shift) {
        ("?", _) => return Some(Shortcut::Help),
        ("]", _) => return Some(Shortcut::Details),
        ("/", _) => return Some(Shortcut::Search),
        ("Escape", _) => return Some(Shortcut::Back),
        ("Enter", false) => return (!down.on_control).then_some(Shortcut::Open),
        _ => {}
    }
    let letter = letter(down)?;
    match (letter, down.shift) {
        ('j', false) => Some(Shortcut::Next),
        ('k', false) => Some(Shortcut::Previous),
        ('o', false) => Some(Shortcut::Open),
        ('r', false) => Some(Shortcut::Reply),
        ('n', false) => Some(Shortcut::Note),
        ('e', false) => Some(Shortcut::Resolve),
        ('e', true) => Some(Shortcut::Reopen),
        ('u', false) => Some(Shortcut::Back),
        ('a', false) => Some(Shortcut::Assign),
        ('i', false) => Some(Shortcut::AssignToMe),
        ('t', false) => Some(Shortcut::HandTo),
        ('h', false) => Some(Shortcut::Snooze),
        ('l', false) => Some(Shortcut::Label),
        ('p', false) => Some(Shortcut::Prioritize),
        ('m', false) => Some(Shortcut::Macro),
        ('z', false) => Some(Shortcut::Undo),
        ('g', false) => Some(Shortcut::Go),
        ('x', false) => Some(Shortcut::Select),
        ('x', true) => Some(Shortcut::SelectThrough),
        ('a', true) => Some(Shortcut::SelectAll),
        (_, false | true) => None,
    }
}

/// Milliseconds for which the second key of a way is waited for.
pub(crate) const GO_MS: f64 = 1_000.0;

/// Reads the second key of a way, after [`Shortcut::Go`]; any other key is what it always is.
pub(crate) fn way(down: KeyDown<'_>) -> Option<Shortcut> {
    if down.modified || down.composing || down.in_field || down.shift {
        return None;
    }
    match letter(down)? {
        'm' => Some(Shortcut::Show(Shelf::Mine)),
        'u' => Some(Shortcut::Show(Shelf::Unassigned)),
        'a' | 'i' => Some(Shortcut::Show(Shelf::Open)),
        'p' => Some(Shortcut::Show(Shelf::Pending)),
        'h' => Some(Shortcut::Show(Shelf::Snoozed)),
        'e' => Some(Shortcut::Show(Shelf::Resolved)),
        'n' => Some(Shortcut::Show(Shelf::Mentions)),
        's' => Some(Shortcut::Settings),
        'v' => Some(Shortcut::Visitors),
        _ => None,
    }
}

fn letter(down: KeyDown<'_>) -> Option<char> {
    let mut typed = down.key.chars();
    let (Some(first), None) = (typed.next(), typed.next()) else {
        return None;
    };
    if first.is_ascii() {
        return Some(first.to_ascii_lowercase());
    }
    let place = down.code.strip_prefix("Key")?.chars().next()?;
    Some(place.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib30_whoever_only_reads_is_offered_no_key_that_writes() {
        let reads = Permissions::of(&[Permission::ReadConversations]);
        for shortcut in [
            Shortcut::Reply,
            Shortcut::Note,
            Shortcut::Resolve,
            Shortcut::Assign,
            Shortcut::Macro,
            Shortcut::Block,
            Shortcut::Attach,
        ] {
            assert!(!shortcut.is_offered(reads), "{shortcut:?}");
            assert!(shortcut.is_offered(Permissions::all()), "{shortcut:?}");
        }
        for shortcut in [Shortcut::Next, Shortcut::Back, Shortcut::Search, Shortcut::SaveTranscript] {
            assert!(shortcut.is_offered(reads), "{shortcut:?}");
        }
        let notes = Permissions::of(&[Permission::ReadConversations, Permission::WriteNotes]);
        assert!(Shortcut::Note.is_offered(notes) && Shortcut::Attach.is_offered(notes));
        assert!(!Shortcut::Reply.is_offered(notes));
    }

    fn plain(key: &str) -> KeyDown<'_> {
        KeyDown { key, ..KeyDown::default() }
    }

    #[test]
    fn ib8_keys_ask_for_what_the_help_says() {
        assert_eq!(shortcut(plain("j")), Some(Shortcut::Next));
        assert_eq!(shortcut(plain("e")), Some(Shortcut::Resolve));
        assert_eq!(shortcut(KeyDown { shift: true, ..plain("E") }), Some(Shortcut::Reopen));
        assert_eq!(shortcut(KeyDown { shift: true, ..plain("?") }), Some(Shortcut::Help));
        assert_eq!(shortcut(KeyDown { shift: true, ..plain("J") }), None);
        assert_eq!(shortcut(plain("Enter")), Some(Shortcut::Open));
        assert_eq!(shortcut(KeyDown { on_control: true, ..plain("Enter") }), None);
        assert_eq!(shortcut(plain("Tab")), None);
    }

    #[test]
    fn ib8_a_layout_without_latin_letters_goes_by_place() {
        assert_eq!(shortcut(KeyDown { code: "KeyJ", ..plain("о") }), Some(Shortcut::Next));
        assert_eq!(
            shortcut(KeyDown { code: "KeyK", ..plain("j") }),
            Some(Shortcut::Next),
            "Dvorak types what it types"
        );
    }

    #[test]
    fn ib8_keys_are_ignored_in_fields_during_composition_and_with_modifiers() {
        for down in [
            KeyDown { in_field: true, ..plain("j") },
            KeyDown { in_field: true, ..plain("Enter") },
            KeyDown { composing: true, ..plain("j") },
            KeyDown { composing: true, ..plain("Escape") },
            KeyDown { modified: true, ..plain("e") },
        ] {
            assert_eq!(shortcut(down), None, "{down:?}");
        }
        assert_eq!(shortcut(KeyDown { in_field: true, ..plain("Escape") }), Some(Shortcut::Back));
    }

    #[test]
    fn ib75_control_asks_for_the_palette_wherever_the_focus_is() {
        let control = |key| KeyDown { control: true, modified: true, ..plain(key) };
        for (down, right) in [
            (control("k"), Some(Shortcut::Palette)),
            (KeyDown { in_field: true, ..control("k") }, Some(Shortcut::Palette)),
            (KeyDown { code: "KeyK", ..control("л") }, Some(Shortcut::Palette)),
            (KeyDown { shift: true, in_field: true, ..control("E") }, Some(Shortcut::ResolveAndNext)),
            (KeyDown { composing: true, ..control("k") }, None),
            (KeyDown { shift: true, ..control("K") }, None),
            (control("e"), None),
            (KeyDown { modified: true, ..plain("k") }, None),
        ] {
            assert_eq!(shortcut(down), right, "{down:?}");
        }
    }

    #[test]
    fn ib106_keys_select_rows() {
        for (key, shift, right) in [
            ("x", false, Shortcut::Select),
            ("X", true, Shortcut::SelectThrough),
            ("A", true, Shortcut::SelectAll),
        ] {
            let down = KeyDown { shift, ..plain(key) };
            assert_eq!(shortcut(down), Some(right), "{key}");
            assert_eq!(shortcut(KeyDown { in_field: true, ..down }), None, "{key}");
            assert_eq!(shortcut(KeyDown { composing: true, ..down }), None, "{key}");
        }
    }

    #[test]
    fn ib49_keys_handle_a_conversation_and_lead_to_views() {
        for (key, right) in [
            ("a", Shortcut::Assign),
            ("i", Shortcut::AssignToMe),
            ("t", Shortcut::HandTo),
            ("h", Shortcut::Snooze),
            ("l", Shortcut::Label),
            ("p", Shortcut::Prioritize),
            ("m", Shortcut::Macro),
            ("z", Shortcut::Undo),
            ("]", Shortcut::Details),
            ("g", Shortcut::Go),
            ("/", Shortcut::Search),
        ] {
            assert_eq!(shortcut(plain(key)), Some(right), "{key}");
            assert_eq!(shortcut(KeyDown { composing: true, ..plain(key) }), None, "{key}");
            assert_eq!(shortcut(KeyDown { in_field: true, ..plain(key) }), None, "{key}");
        }
        assert_eq!(way(plain("m")), Some(Shortcut::Show(Shelf::Mine)));
        assert_eq!(way(KeyDown { key: "ь", code: "KeyM", ..KeyDown::default() }), way(plain("m")));
        assert_eq!(way(KeyDown { composing: true, ..plain("m") }), None);
        assert_eq!(way(plain("s")), Some(Shortcut::Settings));
        assert_eq!(way(plain("x")), None);
    }
}
