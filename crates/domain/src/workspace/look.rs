//! What may be chosen of a site's look.

use protocol::Code;
use protocol::http::look::{Look, Offset};
use protocol::limits::{LANGUAGE_TAG_BYTES, LAUNCHER_LABEL_CHARACTERS, LAUNCHER_OFFSET};

use crate::name::name;

/// Puts a look into its one spelling (SPEC LK1).
///
/// # Errors
/// [`Code::BadField`] for a text beside the sign that no name could be or that is too long, for a launcher farther from an
/// edge than [`LAUNCHER_OFFSET`], and for a language that is no tag.
pub fn tidied_look(look: Look) -> Result<Look, Code> {
    let is_near = |offset: Offset| offset.x <= LAUNCHER_OFFSET && offset.y <= LAUNCHER_OFFSET;
    if !is_near(look.offset) || !is_near(look.phone_offset) || !is_tag(&look.language) {
        return Err(Code::BadField);
    }
    Ok(Look { label: label(&look.label)?, ..look })
}

fn label(text: &str) -> Result<String, Code> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    if text.chars().count() > LAUNCHER_LABEL_CHARACTERS {
        return Err(Code::BadField);
    }
    name(text)
}

/// Whether a text is empty or has the form of a language tag. One that nobody speaks does no harm.
fn is_tag(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.len() <= LANGUAGE_TAG_BYTES && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut Look)) -> Look {
        let mut look = Look::default();
        change(&mut look);
        look
    }

    #[test]
    fn lk1_a_look_has_one_spelling() {
        let typed = with(|look| look.label = "  Ask us ".to_owned());
        assert_eq!(tidied_look(typed), Ok(with(|look| look.label = "Ask us".to_owned())));
        assert_eq!(tidied_look(with(|look| look.label = "  ".to_owned())), Ok(Look::default()));
        assert_eq!(tidied_look(Look::default()), Ok(Look::default()));
    }

    #[test]
    fn lk1_what_cannot_be_chosen_is_refused() {
        let cases = [
            (with(|look| look.label = "é".repeat(30)), true),
            (with(|look| look.label = "é".repeat(31)), false),
            (with(|look| look.label = "a\u{202e}b".to_owned()), false),
            (with(|look| look.label = "a\nb".to_owned()), false),
            (with(|look| look.offset.x = 200), true),
            (with(|look| look.offset.x = 201), false),
            (with(|look| look.phone_offset.y = 201), false),
            (with(|look| look.language = "pt-BR".to_owned()), true),
            (with(|look| look.language = "a".repeat(36)), false),
            (with(|look| look.language = "de\"".to_owned()), false),
        ];
        for (look, is_taken) in cases {
            assert_eq!(tidied_look(look.clone()).is_ok(), is_taken, "{look:?}");
        }
    }
}
