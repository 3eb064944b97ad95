//! Where the workspace's people see who is there, and who of them has begun a conversation (SPEC VN8).

use protocol::call::{WatchedSites, WorkspaceAnswer};
use protocol::limits::{VISITS_PAGE, WATCHED_SITES};
use protocol::{Code, ConversationId, SiteId};

use super::asking::Asking;
use super::stored;
use crate::platform::Platform;

/// The sites that show their team who is there, and which of some conversations have begun.
pub(super) fn watched<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    conversations: &[ConversationId],
) -> Result<WorkspaceAnswer, Code> {
    let mut watched = WatchedSites::default();
    for (site, _) in stored(platform, asking.store.sites())? {
        if watched.sites.len() < WATCHED_SITES && stored(platform, asking.store.reception(site))?.visits {
            watched.sites.push(site);
        }
    }
    for conversation in conversations.iter().take(VISITS_PAGE) {
        if let Some(entry) = stored(platform, asking.store.entry(*conversation))? {
            watched.begun.push((*conversation, entry.identity));
        }
    }
    Ok(WorkspaceAnswer::WatchedSites(watched))
}

/// Whether something may be said to a visitor of a site who has not written.
///
/// # Errors
/// [`Code::NotFound`] for a site that does not show its team who is there.
pub(super) fn approach<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<WorkspaceAnswer, Code> {
    stored(platform, asking.store.site(site))?.ok_or(Code::NotFound)?;
    if !stored(platform, asking.store.reception(site))?.visits {
        return Err(Code::NotFound);
    }
    Ok(WorkspaceAnswer::Approach(asking.member.person.agent.clone()))
}
