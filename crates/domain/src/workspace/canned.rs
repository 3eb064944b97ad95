//! Canned responses and macros: what they may say, and who may have them.

use protocol::http::canned::{Canned, CannedText};
use protocol::{Code, MessageText, limits};

use super::macros::macro_text;

/// What a response or a macro may say, as it is kept (SPEC WS30, MA2).
///
/// # Errors
/// [`Code::BadField`] for a code or a name that is none, a text that nobody could send, or a step that no macro takes;
/// [`Code::TooLarge`] for texts that are too long, and too many steps.
pub fn canned_text(draft: &CannedText) -> Result<CannedText, Code> {
    if !draft.steps.is_empty() {
        return macro_text(draft);
    }
    let shortcode = draft.shortcode.trim().to_lowercase();
    let count = shortcode.chars().count();
    let is_code = shortcode.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    if !is_code || !(1..=limits::SHORTCODE_CHARACTERS).contains(&count) {
        return Err(Code::BadField);
    }
    if draft.text.len() > limits::CANNED_BYTES {
        return Err(Code::TooLarge);
    }
    let text = MessageText::parse(&draft.text).map_err(|_| Code::BadField)?;
    Ok(CannedText { shortcode, text: text.as_str().to_owned(), steps: Vec::new() })
}

/// Decides whether there is room for one more beside those that somebody can use: of each sort there are so many, shared
/// and their own (SPEC WS30, MA1).
///
/// # Errors
/// [`Code::TooLarge`].
pub fn canned_fits(is_macro: bool, is_shared: bool, there: &[Canned]) -> Result<(), Code> {
    let limit = match (is_macro, is_shared) {
        (false, true) => limits::SHARED_CANNED,
        (false, false) => limits::OWN_CANNED,
        (true, true) => limits::SHARED_MACROS,
        (true, false) => limits::OWN_MACROS,
    };
    let alike = there.iter().filter(|one| one.is_macro() == is_macro && one.is_shared == is_shared);
    if alike.count() < limit { Ok(()) } else { Err(Code::TooLarge) }
}

#[cfg(test)]
mod tests {
    use protocol::{CannedId, MacroStep};

    use super::*;

    fn check(shortcode: &str, text: &str) -> Result<(String, String), Code> {
        let draft = CannedText { shortcode: shortcode.to_owned(), text: text.to_owned(), steps: Vec::new() };
        canned_text(&draft).map(|kept| (kept.shortcode, kept.text))
    }

    #[test]
    fn ws30_a_code_is_one_word_and_a_text_could_be_sent() {
        let right = ("rückgabe-2".to_owned(), "Hello {{contact.name}}".to_owned());
        assert_eq!(check(" Rückgabe-2 ", "Hello {{contact.name}}"), Ok(right));
        let long = "x".repeat(41);
        for bad in ["", " ", "two words", "a/b", "a.b", "\u{202e}a", long.as_str()] {
            assert_eq!(check(bad, "text"), Err(Code::BadField), "{bad}");
        }
        for bad in ["", "  \n", "a\u{7}"] {
            assert_eq!(check("ok", bad), Err(Code::BadField), "{bad:?}");
        }
        assert!(check("ok", &"x".repeat(4_000)).is_ok());
        assert_eq!(check("ok", &"x".repeat(4_001)), Err(Code::TooLarge));
    }

    #[test]
    fn ws30_ma1_there_are_so_many_of_each_sort_at_most() {
        let response = Canned {
            id: CannedId::from_bytes([1; 16]),
            shortcode: "hello".to_owned(),
            text: "Hello".to_owned(),
            is_shared: true,
            used: 0,
            steps: Vec::new(),
        };
        let steps = vec![MacroStep::AssignToMe];
        for (is_macro, is_shared, limit) in
            [(false, true, 200), (false, false, 100), (true, true, 100), (true, false, 50)]
        {
            let steps = if is_macro { steps.clone() } else { Vec::new() };
            let mut there = vec![Canned { is_shared, steps, ..response.clone() }; limit - 1];
            assert_eq!(canned_fits(is_macro, is_shared, &there), Ok(()));
            there.extend(there.first().cloned());
            assert_eq!(canned_fits(is_macro, is_shared, &there), Err(Code::TooLarge));
            assert_eq!(canned_fits(!is_macro, is_shared, &there), Ok(()), "each sort has its own room");
            assert_eq!(canned_fits(is_macro, !is_shared, &there), Ok(()));
        }
    }
}
