//! Finds web addresses in what people write.

/// A piece of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// An `http:` or `https:` address.
    Link(&'a str),
}

/// Splits a message into text and addresses; joined again, the pieces are the message.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut plain = 0;
    while let Some(found) = rest.get(plain..).and_then(|tail| tail.find("http")) {
        let start = plain + found;
        let (Some(before), Some(tail)) = (rest.get(..start), rest.get(start..)) else {
            break;
        };
        let length = address_length(tail);
        let (Some(address), Some(after)) = (tail.get(..length), tail.get(length..)) else {
            break;
        };
        if address.is_empty() || before.ends_with(is_part_of_a_word) {
            plain = start + "http".len();
            continue;
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Link(address));
        rest = after;
        plain = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Not by Unicode's tables, which are larger than this module.
fn is_part_of_a_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || !character.is_ascii()
}

/// Counts the bytes of the address that a text begins with; zero if it begins with none.
fn address_length(text: &str) -> usize {
    let Some(host) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
        return 0;
    };
    if !host.starts_with(is_part_of_a_word) {
        return 0;
    }
    let end = text.find(|character: char| character.is_whitespace() || "<>\"`".contains(character));
    let word = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    // What ends a sentence is seldom part of the address.
    word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '_']).len()
}

#[cfg(test)]
mod tests {
    use super::Piece::{Link, Text};
    use super::*;

    #[test]
    fn wg15_only_web_addresses_become_links_and_no_letter_is_lost() {
        let cases: [(&str, &[Piece<'_>]); 9] = [
            ("", &[]),
            ("hello", &[Text("hello")]),
            ("https://a.example", &[Link("https://a.example")]),
            ("see https://a.example/x?y=1.", &[Text("see "), Link("https://a.example/x?y=1"), Text(".")]),
            ("(http://a.example)\nhttp", &[Text("("), Link("http://a.example"), Text(")\nhttp")]),
            ("javascript:alert(1) http:// https://-", &[Text("javascript:alert(1) http:// https://-")]),
            ("xhttps://a.example", &[Text("xhttps://a.example")]),
            ("https://ä.example/é!", &[Link("https://ä.example/é"), Text("!")]),
            ("https://a.b https://c.d", &[Link("https://a.b"), Text(" "), Link("https://c.d")]),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
