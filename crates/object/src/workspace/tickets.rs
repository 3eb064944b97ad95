//! Tickets for sockets: whether one may be given, and what has to be known about those that were.

use protocol::call::WorkspaceAnswer;
use protocol::{Code, SocketTarget};

use super::asking::{Asking, Means};
use super::stored;
use crate::platform::Platform;

/// Says what a ticket is to say, and notes for which conversation it is, so that its socket can be closed. A ticket for
/// the feed is asked for once a page: then what no longer counts is forgotten.
pub(super) fn give<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    target: SocketTarget,
) -> Result<WorkspaceAnswer, Code> {
    let Asking { store, member, means, now, .. } = asking;
    let Means::Session(session) = means else { return Err(Code::Forbidden) };
    let noted = match target {
        SocketTarget::Feed => store.forget_old_tickets(member.id(), *now),
        SocketTarget::Conversation(conversation) => {
            store.note_ticket(member.id(), *session, conversation, *now)
        }
    };
    stored(platform, noted)?;
    Ok(WorkspaceAnswer::Ticket {
        agent: member.person.agent.clone(),
        permissions: member.permissions,
        at: *now,
    })
}
