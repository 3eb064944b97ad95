//! A conversation as a text for the visitor to keep.

use protocol::{Author, ForVisitors, PublicKind, Stars, Timestamp};
use sync::{Item, SendState, View};

use crate::strings::{fill, strings};

/// Writes what is stored of a conversation, as it reads by now, a paragraph each; `moment` writes day and time.
pub(crate) fn transcript(site: &str, view: &View<ForVisitors>, moment: fn(Timestamp) -> String) -> String {
    let mut text = site.to_owned();
    for item in &view.items {
        let is_stored = matches!(item.state, SendState::Sent | SendState::Seen);
        if let Some(said) = is_stored.then(|| said(item)).flatten() {
            for piece in ["\n\n", &moment(item.at), "  ", &said] {
                text.push_str(piece);
            }
        }
    }
    text.push('\n');
    text
}

fn said(item: &Item<PublicKind>) -> Option<String> {
    let words = strings();
    let (text, edited) = match &item.kind {
        PublicKind::Message { text, edited, .. } => (text.as_str(), *edited),
        PublicKind::File(file) => (file.name.as_str(), false),
        PublicKind::Deleted { of } if *of == item.client_message_id => (words.deleted, false),
        PublicKind::Deleted { .. } | PublicKind::Edited { .. } => return None,
        PublicKind::Resolved if item.mine => return Some(words.ended.to_owned()),
        PublicKind::Resolved => return Some(words.resolved.to_owned()),
        PublicKind::Reopened => return Some(words.reopened.to_owned()),
        PublicKind::Rated(rating) => {
            let (stars, most) = (rating.stars.number().to_string(), Stars::ALL.len().to_string());
            let rated = fill(words.rated, &[("stars", &stars), ("most", &most)]);
            let comment = rating.comment.as_ref().map_or("", |comment| comment.as_str());
            return Some([rated.as_str(), if comment.is_empty() { "" } else { "\n" }, comment].concat());
        }
    };
    let name = match &item.author {
        _ if item.mine => words.you,
        Author::Agent(agent) => &agent.name,
        Author::Visitor | Author::System => words.team,
    };
    let mark = if edited { [" (", words.edited, ")"].concat() } else { String::new() };
    Some([name, &mark, "\n", text].concat())
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, AgentProfile, ClientMessageId, MessageText, Rating, Seq};
    use sync::{ItemKey, Person};

    use super::*;
    use crate::app::nothing_known;

    #[test]
    fn wg43_a_transcript_says_what_is_stored_as_it_reads_by_now() {
        let text = |text: &str| MessageText::parse(text).expect("legal");
        let anna = Author::Agent(AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Anna".to_owned() });
        let edited = PublicKind::Message { text: text("two"), edited: true, reply_to: None };
        let mut view = nothing_known();
        view.items = vec![
            item(1, Author::Visitor, PublicKind::message(text("a **b**"))),
            item(2, anna.clone(), edited),
            Item {
                state: SendState::Sending,
                ..item(3, Author::Visitor, PublicKind::message(text("not yet")))
            },
            item(4, anna.clone(), PublicKind::Deleted { of: ClientMessageId::of_server(4) }),
            item(5, anna.clone(), PublicKind::Deleted { of: ClientMessageId::of_server(4) }),
            item(6, anna, PublicKind::Resolved),
            item(
                7,
                Author::Visitor,
                PublicKind::Rated(Rating { stars: Stars::ALL[3], comment: Some(text("quick")) }),
            ),
        ];
        let words = strings();
        let expected = [
            "Shop\n\n1  ",
            words.you,
            "\na **b**\n\n2  Anna (",
            words.edited,
            ")\ntwo\n\n4  Anna\n",
            words.deleted,
            "\n\n6  ",
            words.resolved,
            "\n\n7  ",
            &fill(words.rated, &[("stars", "4"), ("most", "5")]),
            "\nquick\n",
        ];
        assert_eq!(transcript("Shop", &view, |at| at.0.to_string()), expected.concat());
    }

    fn item(number: u32, author: Author, kind: PublicKind) -> Item<PublicKind> {
        let client_message_id = ClientMessageId::of_server(u64::from(number));
        let mine = author == Author::Visitor;
        let person = if mine { Person::Me } else { Person::Agent(AgentId::from_bytes([1; 16])) };
        Item {
            key: ItemKey { person, client_message_id },
            mine,
            author,
            kind,
            at: Timestamp(i64::from(number)),
            state: SendState::Sent,
            client_message_id,
            seq: Some(Seq(number.into())),
            seen: None,
        }
    }
}
