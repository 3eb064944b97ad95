//! Canned responses: what they may say, and who may have them.

use protocol::http::canned::CannedText;
use protocol::{Code, MessageText, limits};

/// What a response may say, as it is kept (SPEC WS30).
///
/// # Errors
/// [`Code::BadField`] for a code that is none, or a text that nobody could send; [`Code::TooLarge`] for a text that is too
/// long.
pub fn canned_text(draft: &CannedText) -> Result<CannedText, Code> {
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
    Ok(CannedText { shortcode, text: text.as_str().to_owned() })
}

/// Decides whether there is room for one more beside those that there are.
///
/// # Errors
/// [`Code::TooLarge`].
pub fn canned_fits(is_shared: bool, there: usize) -> Result<(), Code> {
    let limit = if is_shared { limits::SHARED_CANNED } else { limits::OWN_CANNED };
    if there < limit { Ok(()) } else { Err(Code::TooLarge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shortcode: &str, text: &str) -> Result<(String, String), Code> {
        let draft = CannedText { shortcode: shortcode.to_owned(), text: text.to_owned() };
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
    fn ws30_there_are_so_many_at_most() {
        assert_eq!((canned_fits(true, 199), canned_fits(true, 200)), (Ok(()), Err(Code::TooLarge)));
        assert_eq!((canned_fits(false, 99), canned_fits(false, 100)), (Ok(()), Err(Code::TooLarge)));
    }
}
