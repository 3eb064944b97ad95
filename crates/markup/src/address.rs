//! Addresses: which ones may be followed, and where one ends.

/// Counts the bytes of the address that a text begins with, for an address without marks around it; zero if there is none.
pub(crate) fn bare_length(text: &str) -> usize {
    let length = reach(text, |_| false);
    let word = text.get(..length).unwrap_or_default();
    let mut unclosed = parentheses(word);
    // What ends a sentence is seldom part of the address.
    let kept = word.trim_end_matches(|character| match character {
        ')' if unclosed >= 0 => false,
        ')' => {
            unclosed = unclosed.saturating_add(1);
            true
        }
        _ => ".,;:!?}'*_~".contains(character),
    });
    if is_address(kept) { kept.len() } else { 0 }
}

/// Counts the bytes of the address that a text begins with, up to the parenthesis that closes a link; `None` if there is
/// no such address.
pub(crate) fn enclosed_length(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    let length = reach(text, |character| match character {
        '(' => {
            open = open.saturating_add(1);
            false
        }
        ')' if open == 0 => true,
        ')' => {
            open = open.saturating_sub(1);
            false
        }
        _ => false,
    });
    let is_closed = text.get(length..).is_some_and(|after| after.starts_with(')'));
    (is_closed && text.get(..length).is_some_and(is_address)).then_some(length)
}

/// Takes off what need not be shown of an address.
pub(crate) fn without_scheme(address: &str) -> &str {
    scheme(address).and_then(|length| address.get(length..)).unwrap_or(address).trim_end_matches('/')
}

/// Whether a character turns the direction of what follows, and so could make an address look like another one.
pub(crate) const fn turns_direction(character: char) -> bool {
    matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How far an address could reach; none is looked at twice, as it ends before the next bracket.
fn reach(text: &str, mut is_end: impl FnMut(char) -> bool) -> usize {
    if scheme(text).is_none() {
        return 0;
    }
    let ends = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || turns_direction(character)
            || "<>\"`[]".contains(character)
            || is_end(character)
    };
    text.find(ends).unwrap_or(text.len())
}

fn is_address(text: &str) -> bool {
    let after = scheme(text).and_then(|length| text.get(length..)).unwrap_or_default();
    after.starts_with(|character: char| character.is_ascii_alphanumeric() || !character.is_ascii())
}

/// Counts the bytes of the scheme of an address that may be followed.
fn scheme(text: &str) -> Option<usize> {
    ["https://", "http://", "mailto:"]
        .into_iter()
        .map(str::len)
        .zip(["https://", "http://", "mailto:"])
        .find(|(length, scheme)| text.get(..*length).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        .map(|(length, _)| length)
}

/// Opening parentheses less closing ones.
fn parentheses(word: &str) -> isize {
    let count = |wanted| word.matches(wanted).count().try_into().unwrap_or(isize::MAX);
    let (open, closing): (isize, isize) = (count('('), count(')'));
    open.saturating_sub(closing)
}
