//! Conversations that are over are deleted after a while, where the workspace says so (SPEC WS40).
//!
//! The index forgets them in the turn that owes them the news, as they were known to it. One that has gone on meanwhile stays,
//! and tells the workspace of itself.

use domain::workspace::{RETENTION_LOOK_MS, kept_since, retention_days};
use mutant::mutant;
use protocol::call::{ConversationCall, Job, WorkspaceAnswer};
use protocol::http::workspace::AuditChange;
use protocol::limits::RETENTION_WAIT_MS;
use protocol::{Code, WorkspaceId};
use store::workspace::{By, WorkspaceStore};

use super::answer::view;
use super::asking::Asking;
use super::jobs::{arm, owe};
use super::{WorkspaceObject, stored};
use crate::platform::Platform;

/// Conversations that are told in one turn that their time is over.
const AT_ONCE: usize = 200;

/// Milliseconds until the next of many.
const SOON_MS: u64 = 1_000;

/// Says for how many days conversations are kept. The first go a day later, so that it can be taken back.
pub(super) fn set<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    wanted: Option<u16>,
) -> Result<WorkspaceAnswer, Code> {
    let days = retention_days(wanted)?;
    let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
    if standing.retention_days == days {
        return view(platform, asking);
    }
    asking.note(platform, &AuditChange::RetentionSet { days })?;
    stored(platform, asking.store.set_retention(days, asking.now.plus(RETENTION_WAIT_MS)))?;
    arm(platform, &asking.store)?;
    view(platform, asking)
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Lets the conversations go whose time is over, if it is time to look for them.
    pub(super) fn let_go<P>(
        &mut self,
        platform: &mut P,
        store: &WorkspaceStore<P::Database>,
        workspace: WorkspaceId,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        let Some((days, look_at)) = stored(platform, store.retention())? else { return Ok(()) };
        if look_at > now {
            return Ok(());
        }
        let over = stored(platform, store.resolved_until(kept_since(days, now), AT_ONCE))?;
        if !over.is_empty() {
            // Before anything that can fail: nothing else tells a list that something is gone.
            mutant!(54, self.send_lists_back(platform), {});
        }
        for expiring in &over {
            let (epoch, revision) = (expiring.epoch, expiring.revision);
            let expire = ConversationCall::Expire { workspace, epoch, revision };
            owe(platform, store, &Job::Conversation(expiring.conversation, expire))?;
            stored(platform, store.expire(expiring, now))?;
        }
        let count = u32::try_from(over.len()).unwrap_or(u32::MAX);
        if count > 0 {
            let change = AuditChange::ConversationsExpired { count, days };
            stored(platform, store.note(By::Product, &change, now))?;
        }
        stored(platform, store.forget_expired(now))?;
        let wait = if over.len() < AT_ONCE { RETENTION_LOOK_MS } else { SOON_MS };
        stored(platform, store.set_retention(Some(days), now.plus(wait)))
    }
}
