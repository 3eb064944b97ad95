//! Ids as the API writes them: a word that says of what, and digits.

use core::fmt;
use core::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::{
    AgentId, ApiKeyId, ConversationId, FileId, MalformedId, RoleId, SiteId, TeamId, VisitorId, WorkspaceId,
};
use crate::seq::Seq;

/// An id of ours with the word that the API puts before it.
pub trait Named: Copy + fmt::Display + FromStr<Err = MalformedId> {
    /// The word, with its underscore.
    const PREFIX: &'static str;
    /// The digits that follow.
    const DIGITS: usize;
    /// What the document calls such an id.
    const NAME: &'static str;
}

macro_rules! named {
    ($($id:ty, $prefix:literal, $name:literal;)*) => {$(
        impl Named for $id {
            const PREFIX: &'static str = $prefix;
            const DIGITS: usize = <$id>::LENGTH * 2;
            const NAME: &'static str = $name;
        }
    )*};
}

named! {
    WorkspaceId, "wrk_", "WorkspaceId";
    AgentId, "agt_", "AgentId";
    SiteId, "site_", "SiteId";
    ConversationId, "conv_", "ConversationId";
    VisitorId, "cnt_", "ContactId";
    ApiKeyId, "key_", "ApiKeyId";
    MessageId, "msg_", "MessageId";
    FileId, "file_", "FileId";
    RoleId, "role_", "RoleId";
    TeamId, "team_", "TeamId";
}

/// An id with its word: `site_` and 32 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefixed<I>(pub I);

impl<I: Named> fmt::Display for Prefixed<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", I::PREFIX, self.0)
    }
}

impl<I: Named> FromStr for Prefixed<I> {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        text.strip_prefix(I::PREFIX).ok_or(MalformedId)?.parse().map(Self)
    }
}

impl<I: Named> Serialize for Prefixed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, I: Named> Deserialize<'de> for Prefixed<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Names a message of a conversation: its position, then the beginning of the conversation's id. So the ids of a
/// conversation's messages sort as the messages do, and those of two conversations differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageId {
    seq: Seq,
    conversation: [u8; Self::CONVERSATION],
}

impl MessageId {
    /// Length in bytes, as of other ids.
    pub const LENGTH: usize = 8 + Self::CONVERSATION;

    const CONVERSATION: usize = 16;

    /// The id of what stands at a position.
    #[must_use]
    pub fn of(conversation: ConversationId, seq: Seq) -> Self {
        Self { seq, conversation: beginning(conversation) }
    }

    /// The position, if the id is of this conversation.
    #[must_use]
    pub fn position_in(self, conversation: ConversationId) -> Option<Seq> {
        (self.conversation == beginning(conversation)).then_some(self.seq)
    }
}

fn beginning(conversation: ConversationId) -> [u8; MessageId::CONVERSATION] {
    conversation.as_bytes().first_chunk().copied().unwrap_or_default()
}

impl fmt::Display for MessageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.seq.0)?;
        self.conversation.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl FromStr for MessageId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let (seq, conversation) = text.split_at_checked(16).ok_or(MalformedId)?;
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if !seq.bytes().all(is_digit) {
            return Err(MalformedId);
        }
        let seq = u64::from_str_radix(seq, 16).map_err(|_| MalformedId)?;
        // Another id of the same length reads the rest in the one spelling that ids have.
        let conversation: WorkspaceId = conversation.parse()?;
        Ok(Self { seq: Seq(seq), conversation: *conversation.as_bytes() })
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{Named, Prefixed};

    impl<I: Named> JsonSchema for Prefixed<I> {
        fn schema_name() -> Cow<'static, str> {
            I::NAME.into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            let digits: String = "0123456789abcdef".chars().cycle().take(I::DIGITS).collect();
            json_schema!({
                "type": "string",
                "pattern": format!("^{}[0-9a-f]{{{}}}$", I::PREFIX, I::DIGITS),
                "examples": [format!("{}{digits}", I::PREFIX)],
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ra3_an_id_has_its_word_and_one_spelling() {
        let id = Prefixed(SiteId::from_bytes([0xab; 16]));
        let text = id.to_string();
        assert_eq!(text, format!("site_{}", "ab".repeat(16)));
        assert_eq!(text.parse(), Ok(id));
        for bad in ["", "site_", "ab", &text[5..], &text.to_uppercase(), &text.replace("site", "conv")] {
            assert_eq!(bad.parse::<Prefixed<SiteId>>(), Err(MalformedId), "{bad}");
        }
    }

    #[test]
    fn ra3_ids_of_messages_sort_as_the_messages_do() {
        let conversation = ConversationId::from_bytes([7; 32]);
        let text = |seq: u64| Prefixed(MessageId::of(conversation, Seq(seq))).to_string();
        let texts = [1, 9, 10, 255, 256, 1 << 40].map(text);
        assert!(texts.is_sorted());
        for (seq, text) in [1, 9, 10, 255, 256, 1 << 40].iter().zip(&texts) {
            let id: Prefixed<MessageId> = text.parse().expect("an id");
            assert_eq!(id.0.position_in(conversation), Some(Seq(*seq)));
            assert_eq!(id.0.position_in(ConversationId::from_bytes([8; 32])), None);
        }
        for bad in [
            "msg_",
            &texts[0][..20],
            &format!("{}0", texts[0]),
            &texts[0].replace("msg_0", "msg_+"),
            "msg_é0000000000000000",
        ] {
            assert_eq!(bad.parse::<Prefixed<MessageId>>(), Err(MalformedId), "{bad}");
        }
    }
}
