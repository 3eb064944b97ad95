//! Names that people give themselves, workspaces, sites and roles.

use protocol::{Code, limits};

/// Accepts a name: white space around it is dropped, what is left is visible and short enough and holds no character
/// that changes how the text around it is read (SPEC WS16).
///
/// # Errors
/// [`Code::BadField`].
pub fn name(text: &str) -> Result<String, Code> {
    let text = text.trim();
    let is_plain = text.chars().all(|character| !character.is_control() && !is_formatting(character));
    let is_visible = text.chars().any(|character| !character.is_whitespace());
    if is_plain && is_visible && text.len() <= limits::NAME_BYTES {
        Ok(text.to_owned())
    } else {
        Err(Code::BadField)
    }
}

/// Marks of direction (Unicode Standard Annex 9), and characters without width but the joiners, which some scripts and
/// emoji are written with.
pub(crate) const fn is_formatting(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws16_a_name_is_visible_short_and_plain() {
        assert_eq!(name("  Anna 👩‍💻 "), Ok("Anna 👩‍💻".to_owned()));
        assert_eq!(name(&"a".repeat(80)), Ok("a".repeat(80)));
        let long = "a".repeat(81);
        for bad in
            ["", "  ", "\u{200b}", "a\nb", "a\u{1b}[31mb", "a\u{202e}b", "a\u{2066}b", "\u{feff}a", &long]
        {
            assert_eq!(name(bad), Err(Code::BadField), "{bad:?}");
        }
    }
}
