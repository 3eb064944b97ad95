//! Text that was typed and not sent, for each conversation and mode.

use std::collections::BTreeMap;

use protocol::ConversationId;
use serde::{Deserialize, Serialize};

use super::composition::Mode;

/// Drafts that are kept at most; the conversation that was left longest ago goes first.
const KEPT: usize = 50;

/// What was left in the composers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Drafts {
    turn: u64,
    kept: BTreeMap<ConversationId, Draft>,
}

/// What was left in one composer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Draft {
    turn: u64,
    /// The tab that was chosen.
    pub(crate) mode: Mode,
    /// For the visitor.
    pub(crate) reply: String,
    /// For the team.
    pub(crate) note: String,
}

impl Draft {
    /// The text of a mode.
    pub(crate) fn text(&self, mode: Mode) -> &str {
        match mode {
            Mode::Reply => &self.reply,
            Mode::Note => &self.note,
        }
    }

    /// Replaces the text of a mode.
    pub(crate) fn set_text(&mut self, mode: Mode, text: String) {
        match mode {
            Mode::Reply => self.reply = text,
            Mode::Note => self.note = text,
        }
    }

    /// Takes a text back, before what is in its mode, and chooses that mode.
    pub(crate) fn take_back(&mut self, mode: Mode, text: &str) {
        let written = self.text(mode);
        let between = if written.is_empty() { "" } else { "\n" };
        self.set_text(mode, format!("{text}{between}{written}"));
        self.mode = mode;
    }
}

impl Drafts {
    /// What was left in a conversation; empty if nothing was.
    pub(crate) fn get(&self, conversation: ConversationId) -> Draft {
        self.kept.get(&conversation).cloned().unwrap_or_default()
    }

    /// Keeps a draft; an empty one is dropped.
    pub(crate) fn put(&mut self, conversation: ConversationId, draft: Draft) {
        if draft.reply.is_empty() && draft.note.is_empty() {
            self.kept.remove(&conversation);
            return;
        }
        self.turn += 1;
        self.kept.insert(conversation, Draft { turn: self.turn, ..draft });
        if self.kept.len() > KEPT {
            let oldest =
                self.kept.iter().min_by_key(|(_, draft)| draft.turn).map(|(conversation, _)| *conversation);
            oldest.and_then(|conversation| self.kept.remove(&conversation));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(number: u8) -> ConversationId {
        ConversationId::from_bytes([number; 32])
    }

    fn draft(text: &str) -> Draft {
        Draft { reply: text.to_owned(), ..Draft::default() }
    }

    #[test]
    fn ib12_drafts_are_kept_per_conversation_and_mode() {
        let mut drafts = Drafts::default();
        let mut both = draft("hello");
        both.set_text(Mode::Note, "check the order".to_owned());
        drafts.put(conversation(1), both);
        drafts.put(conversation(2), draft("other"));

        assert_eq!(drafts.get(conversation(1)).text(Mode::Reply), "hello");
        assert_eq!(drafts.get(conversation(1)).text(Mode::Note), "check the order");
        assert_eq!(drafts.get(conversation(2)).text(Mode::Reply), "other");
        assert_eq!(drafts.get(conversation(3)), Draft::default());

        let text = serde_json::to_string(&drafts).expect("serializes");
        assert_eq!(serde_json::from_str::<Drafts>(&text).ok(), Some(drafts));
    }

    #[test]
    fn ib22_a_text_comes_back_before_what_is_written_in_its_mode() {
        let mut draft = draft("later");
        draft.take_back(Mode::Reply, "earlier");
        assert_eq!((draft.mode, draft.text(Mode::Reply)), (Mode::Reply, "earlier\nlater"));
        draft.take_back(Mode::Note, "for us");
        assert_eq!((draft.mode, draft.text(Mode::Note)), (Mode::Note, "for us"));
        assert_eq!(draft.text(Mode::Reply), "earlier\nlater");
    }

    #[test]
    fn ib12_the_oldest_draft_goes_first_and_an_empty_one_at_once() {
        let mut drafts = Drafts::default();
        for number in 0..=50 {
            drafts.put(conversation(number), draft("x"));
        }
        assert_eq!(drafts.get(conversation(0)), Draft::default());
        assert_eq!(drafts.get(conversation(50)).reply, "x");
        drafts.put(conversation(50), Draft::default());
        assert!(!drafts.kept.contains_key(&conversation(50)));
    }
}
