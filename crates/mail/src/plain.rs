//! Text from outside, made harmless for one line of a letter.

/// Characters of the longest address (RFC 5321, 4.5.3.1).
const LONGEST: usize = 254;

/// Returns the text without characters that end a line, cannot be seen, or turn the direction of what follows (UAX #9).
pub(crate) fn one_line(text: &str) -> String {
    let is_seen = |character: &char| !character.is_control() && !is_invisible(*character);
    text.chars().filter(is_seen).take(LONGEST).collect()
}

/// Returns a text of several lines, each made harmless in the same way and kept whole.
pub(crate) fn lines(text: &str) -> String {
    let is_seen =
        |character: &char| *character == '\n' || !character.is_control() && !is_invisible(*character);
    text.chars().filter(is_seen).collect()
}

/// The same as a word that keeps its own direction in a sentence of any other.
pub(crate) fn isolated(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", one_line(text))
}

const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ml3_what_ends_or_turns_a_line_is_left_out() {
        assert_eq!(one_line("a@b.example"), "a@b.example");
        assert_eq!(one_line("a\r\nBcc: b@c.example\u{2028}x"), "aBcc: b@c.examplex");
        assert_eq!(one_line("\u{202e}gro.evil\u{200b}\u{2066}"), "gro.evil");
        assert_eq!(one_line(&"a".repeat(1_000)).len(), LONGEST);
        assert_eq!(lines("a\r\nb\u{202e}\u{0}\n\n\tc"), "a\nb\n\nc");
        assert_eq!(lines(&"a".repeat(1_000)).len(), 1_000);
    }
}
