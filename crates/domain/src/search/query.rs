//! What somebody typed, as the engine is asked it.

use protocol::{SearchField, limits};

use super::spaced::spaced;

/// Bytes from which on a word may go on: three Latin letters, of which the engine keeps the beginnings (`store::workspace`),
/// or one of Hangul, where words go on with particles.
const BEGINNING_BYTES: usize = 3;

/// The expression for what somebody typed, in the syntax of SQLite's FTS5; `None` if there is no word in it.
///
/// Nothing that is typed is an operator: each word goes between quotation marks, which it cannot hold, so that no input is
/// an error (T22). All words must be there. Those of three letters may go on, but for what was typed between quotation marks.
#[must_use]
pub fn expression(typed: &str, within: Option<SearchField>) -> Option<String> {
    let typed: String = typed.chars().take(limits::SEARCH_CHARACTERS).collect();
    let quoted_or_not = typed.split('"').enumerate();
    let terms = quoted_or_not.flat_map(|(index, part)| {
        let is_quoted = index % 2 == 1;
        let words: Vec<&str> = if is_quoted { vec![part] } else { part.split_whitespace().collect() };
        words.into_iter().filter(|word| word.chars().any(char::is_alphanumeric)).map(move |word| {
            let goes_on = if is_quoted || word.len() < BEGINNING_BYTES { "" } else { "*" };
            format!("\"{}\"{goes_on}", spaced(word).replace('\0', " "))
        })
    });
    let terms: Vec<String> = terms.take(limits::SEARCH_WORDS).collect();
    if terms.is_empty() {
        return None;
    }
    let columns = match within {
        None => "{said noted contact}",
        Some(SearchField::Messages) => "{said}",
        Some(SearchField::Notes) => "{noted}",
        Some(SearchField::Contacts) => "{contact}",
    };
    Some(format!("{columns} : ({})", terms.join(" AND ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> String {
        expression(typed, None).unwrap_or_default()
    }

    #[test]
    fn se3_every_word_is_looked_for_and_may_go_on() {
        assert_eq!(asked("refund  order"), "{said noted contact} : (\"refund\"* AND \"order\"*)");
        assert_eq!(asked("\"my order\" late"), "{said noted contact} : (\"my order\" AND \"late\"*)");
        assert_eq!(expression("x", Some(SearchField::Notes)).as_deref(), Some("{noted} : (\"x\")"));
    }

    #[test]
    fn se3_nothing_that_is_typed_is_an_operator() {
        assert_eq!(asked("\"unterminated"), "{said noted contact} : (\"unterminated\")");
        assert_eq!(asked("NEAR(a AND"), "{said noted contact} : (\"NEAR(a\"* AND \"AND\"*)");
        for typed in ["", "   ", "*", "\"\"", "( ) ^ : -", "\"\"\"\""] {
            assert_eq!(expression(typed, None), None, "{typed}");
        }
    }

    #[test]
    fn se3_what_is_too_long_is_cut() {
        let many = "a ".repeat(10_000);
        assert_eq!(asked(&many).matches("\"a\"").count(), limits::SEARCH_WORDS);
        let long = "a".repeat(10_000);
        assert!(asked(&long).len() < 300);
    }
}
