//! The names of private chats: of two people always the same, and one for each group that somebody begins.

use hmac::Mac as _;
use protocol::{AgentId, Nonce, WorkspaceId};

use crate::token::keyed;

const PAIR: &[u8] = b"porchlight/private-chat-of-two/1";
const GROUP: &[u8] = b"porchlight/private-chat-of-group/1";

/// What names the conversation of a private chat, out of which the platform makes its id: a digest under a secret of the
/// deployment, as that of a visitor who is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatName([u8; 16]);

impl core::fmt::Display for ChatName {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The one chat that two people of a workspace have, whoever asks for it (SPEC PC2).
#[must_use]
pub fn chat_of_two(secret: &[u8], workspace: WorkspaceId, one: AgentId, other: AgentId) -> ChatName {
    named(secret, PAIR, workspace, [one.min(other).as_bytes(), one.max(other).as_bytes()])
}

/// The group that somebody begins: asking again with the same nonce names the same one (SPEC PC3).
#[must_use]
pub fn chat_of_group(secret: &[u8], workspace: WorkspaceId, beginner: AgentId, nonce: Nonce) -> ChatName {
    named(secret, GROUP, workspace, [beginner.as_bytes(), nonce.as_bytes()])
}

fn named(secret: &[u8], purpose: &[u8], workspace: WorkspaceId, parts: [&[u8; 16]; 2]) -> ChatName {
    let key = keyed(secret).chain_update(purpose).finalize().into_bytes();
    let digest = keyed(&key)
        .chain_update(workspace.as_bytes())
        .chain_update(parts[0])
        .chain_update(parts[1])
        .finalize()
        .into_bytes();
    let mut name = [0; 16];
    name.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    ChatName(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);

    fn agent(byte: u8) -> AgentId {
        AgentId::from_bytes([byte; 16])
    }

    #[test]
    fn pc2_two_people_have_one_chat_whoever_asks() {
        let of = |workspace, one, other| chat_of_two(b"secret", workspace, agent(one), agent(other));
        let chat = of(WORKSPACE, 1, 2);
        assert_eq!(of(WORKSPACE, 2, 1), chat);
        for other in [
            of(WORKSPACE, 1, 3),
            of(WorkspaceId::from_bytes([2; 16]), 1, 2),
            chat_of_two(b"other", WORKSPACE, agent(1), agent(2)),
        ] {
            assert_ne!(other, chat);
        }
    }

    #[test]
    fn pc3_a_group_is_found_again_by_who_began_it_and_by_their_nonce() {
        let of = |who, nonce| chat_of_group(b"secret", WORKSPACE, agent(who), Nonce::from_bytes([nonce; 16]));
        assert_eq!(of(1, 2), of(1, 2));
        assert_ne!(of(1, 2), of(2, 2));
        assert_ne!(of(1, 2), of(1, 3));
        assert_ne!(of(1, 2), chat_of_two(b"secret", WORKSPACE, agent(1), agent(2)));
    }
}
