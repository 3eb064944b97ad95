//! Keeps a visitor out, whoever's proof they bring, and lets them in again: their conversations are told by jobs, those in
//! which nothing was said as well (SPEC BV1 to BV3).

use protocol::call::{ConversationCall, Ended, Job, WorkspaceAnswer};
use protocol::http::blocking::{Block, BlockView, BlockedList};
use protocol::http::workspace::AuditChange;
use protocol::limits::BLOCKED_VISITORS;
use protocol::{Code, ConversationId, VisitorId};
use store::Database;
use store::workspace::WorkspaceStore;

use super::asking::Asking;
use super::jobs::{arm, owe};
use super::stored;
use crate::platform::Platform;

/// Conversations of a visitor that are told: as many as one can have.
const ALL: usize = 1_000;

/// Those who are blocked.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    Ok(WorkspaceAnswer::Blocked(BlockedList { visitors: stored(platform, asking.store.blocked())? }))
}

/// Whether a visitor is.
///
/// # Errors
/// [`Code::NotFound`] for somebody of whom the workspace knows nothing.
pub(super) fn look<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    visitor: VisitorId,
) -> Result<WorkspaceAnswer, Code> {
    Ok(WorkspaceAnswer::Block(BlockView { block: block_of(platform, asking, visitor)? }))
}

/// Blocks a visitor; one who is stays so.
///
/// # Errors
/// As [`look`], and [`Code::TooLarge`] where as many are blocked as may be.
pub(super) fn block<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    visitor: VisitorId,
) -> Result<WorkspaceAnswer, Code> {
    let store = &asking.store;
    if block_of(platform, asking, visitor)?.is_none() {
        if stored(platform, store.blocked_count())? >= BLOCKED_VISITORS {
            return Err(Code::TooLarge);
        }
        asking.note(platform, &AuditChange::VisitorBlocked { visitor })?;
        let ended = Ended::Visitor(visitor);
        let mut told = stored(platform, store.take_silent(&ended, ALL))?;
        told.extend(listed(platform, store, visitor)?);
        for conversation in told {
            let dismiss = ConversationCall::Dismiss { ended, at: asking.now };
            owe(platform, store, &Job::Conversation(conversation, dismiss))?;
        }
        let by = asking.member.person.agent.clone();
        stored(platform, store.block(visitor, &Block { by, at: asking.now }))?;
        arm(platform, store)?;
    }
    look(platform, asking, visitor)
}

/// Lets a visitor in again.
///
/// # Errors
/// As [`look`].
pub(super) fn unblock<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    visitor: VisitorId,
) -> Result<WorkspaceAnswer, Code> {
    let store = &asking.store;
    if block_of(platform, asking, visitor)?.is_some() {
        asking.note(platform, &AuditChange::VisitorUnblocked { visitor })?;
        for conversation in listed(platform, store, visitor)? {
            let readmit = ConversationCall::Readmit { visitor };
            owe(platform, store, &Job::Conversation(conversation, readmit))?;
        }
        stored(platform, store.unblock(visitor))?;
        arm(platform, store)?;
    }
    Ok(WorkspaceAnswer::Block(BlockView { block: None }))
}

fn block_of<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    visitor: VisitorId,
) -> Result<Option<Block>, Code> {
    let block = stored(platform, asking.store.block_of(visitor))?;
    if block.is_none() {
        stored(platform, asking.store.contact(visitor))?.ok_or(Code::NotFound)?;
    }
    Ok(block)
}

fn listed<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    visitor: VisitorId,
) -> Result<Vec<ConversationId>, Code> {
    let entries = stored(platform, store.conversations_of(visitor, None, ALL))?;
    Ok(entries.into_iter().map(|entry| entry.conversation).collect())
}
