//! Private chats of the workspace's people: each is told of their own, and of nobody else's.

use std::collections::BTreeMap;

use protocol::call::{ConversationCall, Job, WorkspaceAnswer};
use protocol::{
    AgentId, AgentProfile, Code, FeedFrame, Permission, PrivateChatDigest, PrivateChatEntry, Seq, Unread,
    limits,
};
use store::Database;
use store::workspace::WorkspaceStore;

use super::asking::{Asking, Means};
use super::feed::NOTHING_IS_MISSING;
use super::jobs::{arm, owe};
use super::{WorkspaceObject, open, stored};
use crate::credential::Credential;
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// A private chat tells its present state: it is taken up, and told to the feeds of its members alone, unless it is old.
    /// Whoever is in it and does not belong to the workspace is to leave it (SPEC PC5).
    ///
    /// # Errors
    /// [`Code::NotFound`] if the workspace was never founded, [`Code::Storage`].
    pub(super) fn hear_privately<P>(
        &mut self,
        platform: &mut P,
        digest: &PrivateChatDigest,
    ) -> Result<Seq, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        let workspace = stored(platform, store.id())?.ok_or(Code::NotFound)?;
        if stored(platform, store.standing())?.is_none() {
            let erase = ConversationCall::Erase { workspace };
            owe(platform, &store, &Job::Conversation(digest.conversation, erase))?;
            arm(platform, &store)?;
            return Ok(NOTHING_IS_MISSING);
        }
        let names = names(platform, &store)?;
        let strangers = digest.circle.members.iter().filter(|member| !names.contains_key(&member.id));
        let mut owes = false;
        for stranger in strangers {
            let part = ConversationCall::Part { workspace, agent: stranger.id };
            owe(platform, &store, &Job::Conversation(digest.conversation, part))?;
            owes = true;
        }
        if owes {
            arm(platform, &store)?;
        }
        let Some(before) = stored(platform, store.hear_privately(digest))? else {
            return Ok(NOTHING_IS_MISSING);
        };
        let conversation = digest.conversation;
        for socket in self.sockets(platform).iter() {
            let Some(agent) =
                socket.attachment.seated.as_ref().and_then(|seated| listener(&seated.credential))
            else {
                continue;
            };
            if mutant::mutant!(42, digest.circle.has(agent), true) {
                socket.send(platform, &FeedFrame::PrivateChat(entry(digest, agent, &names)));
            } else if before.as_ref().is_some_and(|before| before.circle.has(agent)) {
                socket.send(platform, &FeedFrame::PrivateChatLeft { conversation });
            }
        }
        Ok(NOTHING_IS_MISSING)
    }
}

/// The private chats of somebody, as their feed tells them.
pub(super) fn of<P: Platform>(platform: &P, agent: AgentId) -> Result<FeedFrame, Code> {
    let store = open(platform)?;
    let names = names(platform, &store)?;
    let chats = stored(platform, store.private_chats_of(agent, Some(limits::PRIVATE_CHATS_TOLD)))?;
    Ok(FeedFrame::PrivateChats { chats: chats.iter().map(|chat| entry(chat, agent, &names)).collect() })
}

/// Says who some people are, so that a private chat can be among them and who asks.
pub(super) fn colleagues<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    wanted: &[AgentId],
) -> Result<WorkspaceAnswer, Code> {
    let Means::Session(_) = asking.means else { return Err(Code::Forbidden) };
    if wanted.len() > limits::PRIVATE_CHAT_MEMBERS {
        return Err(Code::TooLarge);
    }
    let found = wanted.iter().map(|agent| Ok(asking.other(platform, *agent)?.person.agent));
    Ok(WorkspaceAnswer::Colleagues {
        colleagues: found.collect::<Result<_, Code>>()?,
        me: asking.member.person.agent.clone(),
        permissions: asking.member.permissions,
    })
}

/// Owes every private chat of somebody who does not belong to the workspace any more the news. The alarm is to be set in
/// the same turn.
pub(super) fn owe_parting<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    agent: AgentId,
) -> Result<(), Code> {
    let workspace = stored(platform, store.id())?.ok_or(Code::NotFound)?;
    for chat in stored(platform, store.private_chats_of(agent, None))? {
        let part = ConversationCall::Part { workspace, agent };
        owe(platform, store, &Job::Conversation(chat.conversation, part))?;
    }
    Ok(())
}

/// Who hears of private chats on a socket with this credential.
fn listener(credential: &Credential) -> Option<AgentId> {
    match credential {
        Credential::Agent(ticket) if ticket.permissions.contains(Permission::ChatPrivately) => {
            Some(ticket.agent.id)
        }
        Credential::Agent(_) | Credential::Visitor(_) => None,
    }
}

fn names<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
) -> Result<BTreeMap<AgentId, AgentProfile>, Code> {
    let members = stored(platform, store.members())?;
    Ok(members.into_iter().map(|member| (member.id(), member.person.agent)).collect())
}

/// What an agent is told of a chat, with everybody under the name that they have.
fn entry(
    digest: &PrivateChatDigest,
    agent: AgentId,
    names: &BTreeMap<AgentId, AgentProfile>,
) -> PrivateChatEntry {
    let mut circle = digest.circle.clone();
    for member in &mut circle.members {
        if let Some(current) = names.get(&member.id) {
            member.clone_from(current);
        }
    }
    let unread = digest.unread.iter().find(|unread| unread.agent == agent);
    let Unread { messages, mentions, .. } =
        unread.copied().unwrap_or(Unread { agent, messages: 0, mentions: 0 });
    PrivateChatEntry {
        conversation: digest.conversation,
        circle,
        active_at: digest.active_at,
        preview: digest.preview.clone(),
        unread: messages,
        mentions,
    }
}
