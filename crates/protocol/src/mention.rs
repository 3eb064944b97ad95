//! People who are named in a text: an at sign and their whole name.

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::ids::AgentId;
use crate::index::IndexEntry;
use crate::seq::Timestamp;

/// A conversation in which an agent was named by another one, as the feed tells the one who was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionEntry {
    /// How it stands.
    pub entry: IndexEntry,
    /// When what names them last was said.
    pub at: Timestamp,
    /// Whether they have not seen the conversation since.
    pub is_unread: bool,
}

/// Somebody who is named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Who.
    pub agent: AgentId,
    /// Where in the text the at sign stands, in bytes.
    pub at: usize,
    /// Bytes from there to the end of the name.
    pub length: usize,
}

/// Finds who of some people is named in a text, in its order (SPEC PC9): letters may be capital or small, the longest name
/// counts, and neither a letter nor a digit stands right before or after it.
#[must_use]
pub fn mentions(text: &str, people: &[AgentProfile]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut before = None;
    for (at, character) in text.char_indices() {
        if character == '@' && !before.is_some_and(char::is_alphanumeric) {
            let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
            let named = people.iter().filter_map(|person| Some((named(rest, &person.name)?, person.id)));
            if let Some((length, agent)) = named.max_by_key(|(length, _)| *length) {
                found.push(Mention { agent, at, length: length.saturating_add(1) });
            }
        }
        before = Some(character);
    }
    found
}

/// Whether somebody is named in a text that may name others too.
#[must_use]
pub fn is_mentioned(text: &str, agent: AgentId, people: &[AgentProfile]) -> bool {
    text.contains('@') && mentions(text, people).iter().any(|mention| mention.agent == agent)
}

/// The bytes of a name that a text begins with.
fn named(text: &str, name: &str) -> Option<usize> {
    let mut rest = text.chars();
    let mut length = 0_usize;
    for wanted in name.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        length = length.saturating_add(found.len_utf8());
    }
    let ends = !rest.next().is_some_and(char::is_alphanumeric);
    (length > 0 && ends).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pc9_the_longest_whole_name_after_an_at_sign_is_a_mention() {
        let person = |byte: u8, name: &str| AgentProfile {
            id: AgentId::from_bytes([byte; 16]),
            name: name.to_owned(),
        };
        let people = [person(1, "Anna"), person(2, "Anna Berg"), person(3, "Özil"), person(4, "李")];
        let named = |text: &str| {
            mentions(text, &people).iter().map(|mention| mention.agent.as_bytes()[0]).collect::<Vec<_>>()
        };
        assert_eq!(named("@anna, look"), [1]);
        assert_eq!(named("@Anna Berg and @Anna"), [2, 1]);
        assert_eq!(named("(@özil) @李"), [3, 4]);
        for nobody in ["Anna", "@Annabel", "a@anna", "anna@anna.example", "@", "@ Anna", "@Ann"] {
            assert_eq!(named(nobody), Vec::<u8>::new(), "{nobody}");
        }
        let text = "hi @Anna Berg!";
        let [mention] = mentions(text, &people)[..] else { panic!("one") };
        assert_eq!(&text[mention.at..mention.at + mention.length], "@Anna Berg");
        assert!(is_mentioned(text, AgentId::from_bytes([2; 16]), &people));
        assert!(!is_mentioned(text, AgentId::from_bytes([1; 16]), &people));
    }
}
