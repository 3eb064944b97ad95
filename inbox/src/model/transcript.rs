//! A conversation as a text to keep.

use protocol::{AgentKind, Author, PrivateKind, PublicKind, Timestamp};
use sync::{Item, SendState};

/// The words that it is written in.
pub(crate) trait TranscriptWords {
    /// Day and time.
    fn moment(&self, at: Timestamp) -> String;
    /// Who did something.
    fn author(&self, author: &Author) -> String;
    /// That a note is one.
    fn note(&self) -> &'static str;
    /// That something was changed.
    fn edited(&self) -> &'static str;
    /// That something was deleted.
    fn deleted(&self) -> &'static str;
    /// That somebody resolved the conversation, or its visitor ended it.
    fn resolved(&self, author: &Author) -> String;
    /// That the conversation is open again.
    fn reopened(&self, author: &Author) -> String;
    /// How the visitor found it.
    fn rated(&self, stars: u8) -> String;
}

/// Writes what is stored of a conversation, as it reads by now, a paragraph each.
pub(crate) fn transcript(title: &str, items: &[Item<AgentKind>], words: &impl TranscriptWords) -> String {
    let stored = items.iter().filter(|item| matches!(item.state, SendState::Sent | SendState::Seen));
    let paragraphs = stored.filter_map(|item| paragraph(item, words));
    let mut text = [title.to_owned()].into_iter().chain(paragraphs).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn paragraph(item: &Item<AgentKind>, words: &impl TranscriptWords) -> Option<String> {
    let own = |of: &protocol::ClientMessageId| *of == item.client_message_id;
    let (said, note, edited) = match &item.kind {
        AgentKind::Public(PublicKind::Message { text, edited, .. }) => {
            (text.as_str().to_owned(), false, *edited)
        }
        AgentKind::Private(PrivateKind::Note { text, edited, .. }) => {
            (text.as_str().to_owned(), true, *edited)
        }
        AgentKind::Public(PublicKind::File(file)) => (format!("[{}]", file.name.as_str()), false, false),
        AgentKind::Private(PrivateKind::File(file)) => (format!("[{}]", file.name.as_str()), true, false),
        AgentKind::Public(PublicKind::Deleted { of }) if own(of) => {
            (words.deleted().to_owned(), false, false)
        }
        AgentKind::Private(PrivateKind::NoteDeleted { of }) if own(of) => {
            (words.deleted().to_owned(), true, false)
        }
        AgentKind::Public(PublicKind::Resolved) => return line(item, words.resolved(&item.author), words),
        AgentKind::Public(PublicKind::Reopened) => return line(item, words.reopened(&item.author), words),
        AgentKind::Public(PublicKind::Rated(rating)) => {
            let comment = rating.comment.as_ref().map(|comment| format!("\n{}", comment.as_str()));
            let said = words.rated(rating.stars.number()) + &comment.unwrap_or_default();
            return line(item, said, words);
        }
        AgentKind::Public(PublicKind::Edited { .. } | PublicKind::Deleted { .. })
        | AgentKind::Private(
            PrivateKind::NoteEdited { .. }
            | PrivateKind::NoteDeleted { .. }
            | PrivateKind::Handled(_)
            | PrivateKind::Gathered(_),
        ) => {
            return None;
        }
    };
    let marks = [note.then(|| words.note()), edited.then(|| words.edited())];
    let marks: String = marks.into_iter().flatten().map(|mark| format!(" ({mark})")).collect();
    Some(format!("{}  {}{marks}\n{said}", words.moment(item.at), words.author(&item.author)))
}

#[expect(clippy::unnecessary_wraps, reason = "it ends a function that may have nothing to say")]
fn line(item: &Item<AgentKind>, said: String, words: &impl TranscriptWords) -> Option<String> {
    Some(format!("{}  {said}", words.moment(item.at)))
}

#[cfg(test)]
mod tests {
    use protocol::{ClientMessageId, MessageText, Rating, Stars};

    use super::*;
    use crate::model::thread_row::tests::{item, line, message};

    struct Plain;

    impl TranscriptWords for Plain {
        fn moment(&self, at: Timestamp) -> String {
            at.0.to_string()
        }
        fn author(&self, author: &Author) -> String {
            match author {
                Author::Visitor => "Mia".to_owned(),
                Author::Agent(agent) => agent.name.clone(),
                Author::System => "Porchlight".to_owned(),
            }
        }
        fn note(&self) -> &'static str {
            "note"
        }
        fn edited(&self) -> &'static str {
            "edited"
        }
        fn deleted(&self) -> &'static str {
            "deleted"
        }
        fn resolved(&self, author: &Author) -> String {
            format!("{} ended it", self.author(author))
        }
        fn reopened(&self, _: &Author) -> String {
            "open".to_owned()
        }
        fn rated(&self, stars: u8) -> String {
            format!("{stars} of 5")
        }
    }

    #[test]
    fn ib45_a_transcript_says_what_is_stored_as_it_reads_by_now() {
        let text = |text: &str| MessageText::parse(text).expect("legal");
        let note = PrivateKind::Note { text: text("psst"), edited: true, reply_to: None };
        let of = ClientMessageId::from_bytes([4; 16]);
        let items = [
            message(1, "a **b**\nc"),
            item(2, AgentKind::Private(note)),
            Item { state: SendState::Sending, ..message(3, "not yet") },
            line(4, PublicKind::Deleted { of }),
            line(5, PublicKind::Deleted { of }),
            Item { author: Author::Visitor, ..line(6, PublicKind::Resolved) },
            line(7, PublicKind::Rated(Rating { stars: Stars::ALL[3], comment: Some(text("quick")) })),
        ];
        let expected = "Chat\n\n0  Anna\na **b**\nc\n\n0  Anna (note) (edited)\npsst\n\n0  Anna\ndeleted\n\n\
            0  Mia ended it\n\n0  4 of 5\nquick\n";
        assert_eq!(transcript("Chat", &items, &Plain), expected);
    }
}
