//! Places in lists. What a cursor holds is nobody's business but ours, and it opens nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::codec;
use crate::ids::{AgentId, SiteId, VisitorId};
use crate::index::IndexPosition;
use crate::seq::{Seq, Timestamp};

/// Characters of the longest cursor that is looked at.
const CURSOR_CHARACTERS: usize = 200;

/// After which item a page begins. The list only grows at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In the list of conversations.
    Conversation(IndexPosition),
    /// Among the messages of a conversation.
    Message(Seq),
    /// In the list of contacts.
    Contact(Timestamp, VisitorId),
    /// Among the agents.
    Agent(AgentId),
    /// Among the sites.
    Site(SiteId),
}

impl Place {
    /// The cursor.
    #[must_use]
    pub fn to_cursor(self) -> String {
        URL_SAFE_NO_PAD.encode(codec::to_bytes(&self))
    }

    /// The place of a cursor; `None` for what is none of ours.
    #[must_use]
    pub fn of_cursor(cursor: &str) -> Option<Self> {
        if cursor.len() > CURSOR_CHARACTERS {
            return None;
        }
        let place: Self = codec::from_bytes(&URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        place.is_storable().then_some(place)
    }

    /// Whether its numbers are such as storage has: below 2^53.
    fn is_storable(self) -> bool {
        match self {
            Self::Conversation(IndexPosition { active_at: at, .. }) | Self::Contact(at, _) => {
                at.0.unsigned_abs() < 1 << 53
            }
            Self::Message(seq) => seq.0 < 1 << 53,
            Self::Agent(_) | Self::Site(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ConversationId;

    #[test]
    fn ra4_a_cursor_is_read_as_it_was_written() {
        let position =
            IndexPosition { active_at: Timestamp(7), conversation: ConversationId::from_bytes([0xff; 32]) };
        for place in [
            Place::Conversation(position),
            Place::Message(Seq((1 << 53) - 1)),
            Place::Contact(Timestamp(-1), VisitorId::from_bytes([1; 16])),
            Place::Agent(AgentId::from_bytes([2; 16])),
            Place::Site(SiteId::from_bytes([3; 16])),
        ] {
            assert_eq!(Place::of_cursor(&place.to_cursor()), Some(place));
        }
        for bad in [
            "",
            "A",
            "AAAA",
            "é",
            "AQ",
            &"A".repeat(201),
            &format!("{}A", Place::Message(Seq(1)).to_cursor()),
        ] {
            assert_eq!(Place::of_cursor(bad), None, "{bad}");
        }
        for place in [
            Place::Message(Seq(1 << 53)),
            Place::Contact(Timestamp(i64::MIN), VisitorId::from_bytes([1; 16])),
        ] {
            assert_eq!(Place::of_cursor(&place.to_cursor()), None, "{place:?}");
        }
    }
}
