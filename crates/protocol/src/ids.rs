//! Identifiers: random bytes, hexadecimal in JSON and raw in postcard.
//!
//! An id names a thing and never grants a right to it.

use core::fmt;
use core::str::FromStr;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::seq::Timestamp;

/// Text that is not the lower-case hexadecimal form of an id of the wanted length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MalformedId;

impl fmt::Display for MalformedId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("malformed id")
    }
}

impl core::error::Error for MalformedId {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// Length in bytes; the text form has twice as many digits.
            pub const LENGTH: usize = $length;

            /// Wraps bytes that came from a random source or a digest.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// Returns the raw bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(&self.0, formatter)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "("))?;
                write_hex(&self.0, formatter)?;
                formatter.write_str(")")
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                let mut bytes = [0; $length];
                read_hex(text.as_bytes(), &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    text.parse().map_err(D::Error::custom)
                } else {
                    deserializer.deserialize_tuple($length, Raw::<$length>).map(Self)
                }
            }
        }
    };
}

/// Reads raw bytes one by one, as arrays are written. Serde's own reader for arrays is one call for each byte.
struct Raw<const LENGTH: usize>;

impl<'de, const LENGTH: usize> Visitor<'de> for Raw<LENGTH> {
    type Value = [u8; LENGTH];

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the bytes of an id")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut bytes = [0; LENGTH];
        for byte in &mut bytes {
            *byte = sequence.next_element()?.ok_or_else(|| A::Error::custom(MalformedId))?;
        }
        Ok(bytes)
    }
}

id!(
    /// Names a secret by which a site's server proves who its visitors are: a digest of the secret's public name.
    VoucherId,
    8
);
id!(
    /// Names a person's account: a keyed digest of the e-mail address it began with.
    AccountId, 16
);
id!(
    /// Names an agent within one workspace.
    AgentId, 16
);
id!(
    /// Names a key of the REST API: the beginning of the digest of its secret, which tells nothing of the secret.
    ApiKeyId, 16
);
id!(
    /// Chosen by a sender once per intent and stored before the first send; makes sending again safe (SPEC DL2).
    ClientMessageId, 16
);
id!(
    /// Names a conversation: the id of its Durable Object as the platform generated it.
    ConversationId, 32
);
id!(
    /// Names a browser that somebody signs in with.
    DeviceId, 16
);
id!(
    /// Names a version of what the REST API shows: a digest of it.
    EntityTag, 16
);
id!(
    /// Names one life of an event log; a log that was restored or cleared has a new one (SPEC DL6).
    Epoch, 16
);
id!(
    /// Names an invitation to a workspace.
    InvitationId, 16
);
id!(
    /// Makes a ticket single-use.
    Nonce, 16
);
id!(
    /// Names the outbox that numbers its messages, so that each sender's order is kept (SPEC DL4).
    OutboxId, 16
);
id!(
    /// Names a passkey of an account: the beginning of a digest of the credential's id.
    PasskeyId, 16
);
id!(
    /// Names a filter of a workspace's conversations.
    FilterId, 16
);
id!(
    /// Names a canned response of a workspace.
    CannedId, 16
);
id!(
    /// Names a custom role of a workspace.
    RoleId, 16
);
id!(
    /// Names a team of a workspace.
    TeamId, 16
);
id!(
    /// Names a session: the beginning of the digest of its secret, which tells nothing of the secret.
    SessionId, 16
);
id!(
    /// Names a site of a workspace.
    SiteId, 16
);
id!(
    /// Names a public key of a site.
    SiteKeyId, 16
);
id!(
    /// Names one browser tab; its newer socket replaces its older one (SPEC DL9).
    TabId, 8
);
id!(
    /// Names a visitor of one site: random for who is anonymous, a keyed digest for who has proven who they are.
    VisitorId, 16
);
id!(
    /// Names a workspace.
    WorkspaceId, 16
);
id!(
    /// Names a file of a conversation; chosen at random by the server.
    FileId, 16
);
id!(
    /// Chosen by a client once for each file that it sends up; makes sending up again safe (SPEC FL3).
    UploadId, 16
);
id!(
    /// Names a picture that a person shows of themselves; chosen at random by the server.
    PictureId, 16
);
id!(
    /// Names a visit to a site, by a number that the visitor's page draws. It says nothing of who the visitor is.
    VisitId, 16
);
id!(
    /// Names what an agent says to a visitor who has not written.
    OpenerId, 16
);

impl Epoch {
    /// A life of a log that begins now: later lives are greater, so that news of an earlier one can be told from news
    /// of this one (SPEC WS3).
    #[must_use]
    pub const fn beginning_at(now: Timestamp, random: [u8; 8]) -> Self {
        let [a, b, c, d, e, f, g, h] = now.0.to_be_bytes();
        let [i, j, k, l, m, n, o, p] = random;
        Self([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }
}

impl ClientMessageId {
    /// An id for a fact that the server itself states, derived from the position it will have.
    ///
    /// The first half is zero, which no random id has but once in 2^64.
    #[must_use]
    pub const fn of_server(position: u64) -> Self {
        let low = position.to_be_bytes();
        Self([0, 0, 0, 0, 0, 0, 0, 0, low[0], low[1], low[2], low[3], low[4], low[5], low[6], low[7]])
    }
}

fn write_hex(bytes: &[u8], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
}

fn read_hex(text: &[u8], bytes: &mut [u8]) -> Result<(), MalformedId> {
    let (pairs, rest) = text.as_chunks::<2>();
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return Err(MalformedId);
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Ok(())
}

/// Upper case is refused: an id has one spelling, so that no near-duplicate can be stored.
fn digit(character: u8) -> Result<u8, MalformedId> {
    match character {
        b'0'..=b'9' => Ok(character.wrapping_sub(b'0')),
        b'a'..=b'f' => Ok(character.wrapping_sub(b'a').wrapping_add(10)),
        _ => Err(MalformedId),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pr1_an_id_has_one_spelling() {
        let id = AgentId::from_bytes([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "ab", "AB", &"AB".repeat(16), &"zz".repeat(16), &"ab".repeat(17), &" ab".repeat(16)]
        {
            assert_eq!(text.parse::<AgentId>(), Err(MalformedId), "{text:?}");
        }
    }
}
