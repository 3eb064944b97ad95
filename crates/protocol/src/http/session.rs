//! A visitor's session: who asks, what their page says of them, and what they are given.

use core::fmt;

use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize};

use crate::http::reception::Welcoming;
use crate::ids::ConversationId;
use crate::reject::Code;
use crate::site_key::SiteKey;

/// Asks for a visitor's session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRequest {
    /// The site.
    pub site: SiteKey,
    /// The token of an earlier session; a good one is renewed.
    #[serde(default)]
    pub token: Option<String>,
    /// Who the page says that the visitor is.
    #[serde(default)]
    pub user: Option<ClaimedUser>,
    /// The e-mail address that the visitor leaves.
    #[serde(default)]
    pub email: Option<String>,
    /// Which of their conversations they wish for: its id, or [`NEW_CONVERSATION`]. What is not theirs is as good as nothing.
    #[serde(default)]
    pub conversation: Option<String>,
}

/// What is wished for in place of the id of a conversation by who wants to begin a new one.
pub const NEW_CONVERSATION: &str = "new";

/// Who a page says that its visitor is. Pages say more than is asked for; the rest is ignored.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClaimedUser {
    /// The person's id with the site.
    #[serde(default, deserialize_with = "text_if_any")]
    pub id: Option<String>,
    /// What they are called.
    #[serde(default, deserialize_with = "text_if_any")]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(default, deserialize_with = "text_if_any")]
    pub email: Option<String>,
    /// What the site's server has signed.
    #[serde(default)]
    pub proof: Option<ClaimedProof>,
}

/// What a site's server has signed. One of both is enough; the token goes first.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClaimedProof {
    /// A JSON Web Token (RFC 7519).
    #[serde(default, deserialize_with = "text_if_any")]
    pub jwt: Option<String>,
    /// A keyed hash of the id, hexadecimal.
    #[serde(default, rename = "userHash", deserialize_with = "text_if_any")]
    pub user_hash: Option<String>,
}

/// A visitor's session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// What the page keeps: the token of the anonymous visitor, and for the hello of their conversation's socket.
    pub token: String,
    /// The anonymous visitor's conversation, which exists from its first message on.
    pub conversation: ConversationId,
    /// What counts instead for somebody who has proven who they are. The page does not keep it.
    pub known: Option<KnownSession>,
    /// Why the visitor is anonymous all the same: [`Code::BadIdentity`] or [`Code::IdentityRequired`].
    pub notice: Option<Code>,
    /// Whether the anonymous visitor's token is good only together with some work: in the hello it is followed by a point
    /// and the number that [`crate::work`] looks for.
    #[serde(default)]
    pub work: bool,
    /// How the site receives them, if it says anything of it.
    #[serde(default)]
    pub reception: Option<Welcoming>,
    /// What the page keeps behind the token of an anonymous visitor who has more than one conversation: [`FURTHER`], and the
    /// id of one that is not their first, under which its messages wait.
    #[serde(default)]
    pub further: String,
    /// Whether whoever it is has other conversations.
    #[serde(default)]
    pub others: bool,
}

/// A conversation was mailed to its visitor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptMailed {
    /// To which address.
    pub to: String,
}

/// An address never reaches a log.
impl fmt::Debug for TranscriptMailed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TranscriptMailed").finish_non_exhaustive()
    }
}

/// What stands behind the token of an anonymous visitor who has more than one conversation.
pub const FURTHER: char = '+';

/// The session of somebody who has proven who they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownSession {
    /// For the hello of the conversation's socket.
    pub token: String,
    /// The person's conversation, the same on every device.
    pub conversation: ConversationId,
}

/// Reads what a page's script put there: text, a whole number as its digits, and anything else as nothing.
fn text_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(TextIfAny)
    } else {
        Option::deserialize(deserializer)
    }
}

struct TextIfAny;

impl<'de> Visitor<'de> for TextIfAny {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
