//! Who is named in the notes of a conversation.

use std::collections::BTreeMap;

use protocol::mention::mentions;
use protocol::{AgentId, AgentProfile, Author, PassageLine, Seq, Timestamp};

/// Whether who is named must be looked for: whoever asks need not know the people otherwise.
#[must_use]
pub fn may_name_somebody(lines: &[PassageLine]) -> bool {
    lines.iter().any(|line| line.is_private && line.text.as_ref().is_some_and(|text| text.contains('@')))
}

/// Who of some people is named by somebody else in what agents alone may read, where last, and when (SPEC WS43).
#[must_use]
pub fn named_in(lines: &[PassageLine], people: &[AgentProfile]) -> BTreeMap<AgentId, (Seq, Timestamp)> {
    let mut named = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_private) {
        for mention in mentions(line.text.as_deref().unwrap_or_default(), people) {
            let is_own = matches!(&line.author, Author::Agent(author) if author.id == mention.agent);
            let last = named.entry(mention.agent);
            if !is_own {
                let told = last.or_insert((line.seq, line.at));
                *told = (*told).max((line.seq, line.at));
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(byte: u8, name: &str) -> AgentProfile {
        AgentProfile { id: AgentId::from_bytes([byte; 16]), name: name.to_owned() }
    }

    fn line(seq: u64, author: &AgentProfile, text: &str) -> PassageLine {
        PassageLine {
            seq: Seq(seq),
            at: Timestamp(i64::try_from(seq).unwrap_or_default() * 10),
            author: Author::Agent(author.clone()),
            is_private: true,
            text: Some(text.to_owned()),
        }
    }

    #[test]
    fn ws43_who_is_named_in_a_note_by_somebody_else_is_mentioned_where_that_was_last() {
        let (ada, ben) = (person(1, "Ada"), person(2, "Ben"));
        let people = [ada.clone(), ben.clone()];
        let to_visitor = PassageLine { is_private: false, ..line(5, &ada, "@Ben said so") };
        let deleted = PassageLine { text: None, ..line(6, &ada, "") };
        let lines = [
            line(1, &ada, "@ben, do you know? @Ada does not."),
            line(3, &ben, "@Ada: no"),
            line(2, &ada, "@Ben?"),
            to_visitor,
            deleted,
        ];
        assert!(may_name_somebody(&lines));
        let named = named_in(&lines, &people);
        assert_eq!(named.get(&ben.id), Some(&(Seq(2), Timestamp(20))), "not where a visitor reads");
        assert_eq!(named.get(&ada.id), Some(&(Seq(3), Timestamp(30))), "not by herself");
        assert!(!may_name_somebody(&[line(1, &ada, "nobody")]));
    }
}
