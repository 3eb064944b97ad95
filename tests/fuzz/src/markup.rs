//! How messages are read: any text, of which nothing is lost and nothing made that could harm.

use markup::{Node, parse, plain};

/// Elements within each other: quotes, lists and marks have each a bound of their own.
const DEEPEST: usize = 40;

/// Any text becomes a tree of bounded depth, whose links may be followed, and which says what was typed (SPEC MK4, MK8).
pub fn markup(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    look_at(&parse(&text), 0);
    let said = plain(&text);
    assert_eq!(said.trim().is_empty(), text.trim().is_empty(), "nothing is left");
    // A named link hides its address, and a fence the name of a language.
    if !text.contains("](") && !text.contains("```") {
        assert_eq!(letters(&said), letters(&text), "a letter is lost");
    }
    let _ = markup::is_only_emoji(&text);
}

fn look_at(nodes: &[Node<'_>], depth: usize) {
    assert!(depth < DEEPEST);
    for node in nodes {
        match node {
            Node::Text(_) => {}
            Node::Element(_, children) => look_at(children, depth + 1),
            Node::Link { label, address, is_named } => {
                let lower = address.to_ascii_lowercase();
                assert!(["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)));
                let turns =
                    |character| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                assert!(!address.contains(|character: char| character.is_whitespace() || turns(character)));
                assert!(*is_named || address.contains(label), "who reads it is told where it leads");
            }
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}
