//! A second factor for everybody: who has none is kept out, and their sockets are closed (SPEC WS18).

use domain::workspace::Member;
use protocol::call::WorkspaceAnswer;
use protocol::http::workspace::AuditChange;
use protocol::{AgentId, Code};

use super::answer::view;
use super::asking::Asking;
use super::jobs::arm;
use super::{WorkspaceObject, open, stored};
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Asks for one of everybody, which takes having one, or no longer.
    pub(super) fn require_second_factor<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        is_required: bool,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        if is_required && !asking.is_two_factor {
            return Err(Code::SecondFactorMissing);
        }
        let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
        if standing.requires_second_factor == is_required {
            return view(platform, asking);
        }
        asking.note(platform, &AuditChange::SecondFactorRequired { is_required })?;
        if is_required {
            // Who has used one comes back at once, where that was not heard yet.
            let unused = stored(platform, asking.store.unused_second_factors())?;
            let members = stored(platform, asking.store.members())?;
            let is_doubted = |member: &&Member| !member.has_second_factor || unused.contains(&member.id());
            for member in members.iter().filter(is_doubted) {
                self.recall(platform, &asking.store, member)?;
                stored(platform, asking.store.forget_unused_second_factor(member.id()))?;
            }
        }
        stored(platform, asking.store.require_second_factor(is_required))?;
        arm(platform, &asking.store)?;
        view(platform, asking)
    }
}

/// Takes note of what an account says; of somebody who has left meanwhile nothing is kept.
pub(super) fn changed<P: Platform>(
    platform: &P,
    agent: AgentId,
    is_on: bool,
) -> Result<WorkspaceAnswer, Code> {
    let store = open(platform)?;
    stored(platform, store.standing())?.ok_or(Code::NotFound)?;
    if stored(platform, store.member(agent))?.is_some() {
        stored(platform, store.set_second_factor(agent, is_on))?;
    }
    Ok(WorkspaceAnswer::Done)
}
