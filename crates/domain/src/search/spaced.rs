//! Letters of languages that write without spaces, each as a word of its own.

/// Stands between such letters; the engine takes it for a space, and nobody sees it.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// A text with such a space on both sides of each of those letters.
#[must_use]
pub fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut was_wordlike = false;
    for letter in text.chars().filter(|letter| *letter != ZERO_WIDTH_SPACE && !is_mark_of_a_hit(*letter)) {
        let is_word = is_word_by_itself(letter);
        if is_word || was_wordlike {
            spaced.push(ZERO_WIDTH_SPACE);
        }
        spaced.push(letter);
        was_wordlike = is_word;
    }
    spaced
}

/// The text again, as it is shown.
#[must_use]
pub fn unspaced(text: &str) -> String {
    text.replace(ZERO_WIDTH_SPACE, "")
}

const fn is_mark_of_a_hit(letter: char) -> bool {
    matches!(letter, super::HIT_BEGINS | super::HIT_ENDS)
}

/// Han, Hiragana, Katakana, Bopomofo, Yi; Thai, Lao, Tibetan, Myanmar, Khmer: the blocks of Unicode 16 (Blocks.txt) whose
/// line breaks need a dictionary (UAX #14, classes ID, CJ and SA).
const fn is_word_by_itself(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}'
        | '\u{1a20}'..='\u{1aaf}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn se2_letters_of_languages_without_spaces_are_words() {
        assert_eq!(spaced("Hello, world"), "Hello, world");
        assert_eq!(spaced("申请退款ok"), "\u{200b}申\u{200b}请\u{200b}退\u{200b}款\u{200b}ok");
        for text in ["カタカナ と ひらがな", "สวัสดี 12", "plain", ""] {
            assert_eq!(unspaced(&spaced(text)), text);
        }
    }
}
