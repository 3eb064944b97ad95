//! How long a visitor waits: what the index and the feeds of agents tell of it, in numbers only.

use domain::workspace::{InLine, Member, REPLY_WINDOW_MS, is_staffed, told_wait, usual_response};
use domain::{Action, Principal, Resource, authorize};
use protocol::call::WorkspaceAnswer;
use protocol::limits::WAITING_MS;
use protocol::{
    Availability, Code, SiteId, SiteKey, Timestamp, VisitorClaims, Wait, WaitWanted, WorkspaceId,
};
use store::workspace::{Grounds, WorkspaceStore};

use super::farewell::vouch;
use super::{WorkspaceObject, availability, open, sites, stored};
use crate::platform::Platform;

/// Milliseconds for which the line of a site is not read anew: many ask at once, and it moves slowly.
const LINE_MS: u64 = 5_000;

/// The same of how soon visitors are answered, which takes many rows to tell.
const USUAL_MS: u64 = 300_000;

/// What was read of a site's line.
#[derive(Debug, Default)]
pub(super) struct Line {
    waiting: Vec<InLine>,
    read_at: Option<Timestamp>,
    usual: Option<u64>,
    told_at: Option<Timestamp>,
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Looks up a site for a visitor who opens the chat.
    ///
    /// # Errors
    /// [`Code::UnknownSite`], [`Code::Storage`].
    pub(super) fn look_up_for_visitor<P>(
        &mut self,
        platform: &mut P,
        key: SiteKey,
    ) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        let answer = sites::look_up(platform, &store, key)?;
        let WorkspaceAnswer::Site { site, .. } = &answer else { return Err(Code::Internal) };
        let is_away = !self.is_staffed(platform, &store, key.workspace, *site)?;
        Ok(WorkspaceAnswer::Received { site: Box::new(answer), is_away })
    }

    /// Tells a visitor how long they wait, if what their token rests on still stands. It writes nothing.
    ///
    /// # Errors
    /// As [`vouch`] says.
    pub(super) fn wait<P>(&mut self, platform: &mut P, wanted: WaitWanted) -> Result<WorkspaceAnswer, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let VisitorClaims { site, visitor, voucher, conversation, .. } = wanted.claims;
        vouch(platform, Grounds { site, visitor, voucher })?;
        let store = open(platform)?;
        let workspace = stored(platform, store.standing())?.ok_or(Code::UnknownSite)?.id;
        let mut wait =
            Wait { is_away: !self.is_staffed(platform, &store, workspace, site)?, ..Wait::default() };
        let entry = stored(platform, store.entry(conversation))?;
        let principal = Principal::Visitor(wanted.claims);
        let own = entry.filter(|entry| {
            let listed = Resource::Listed { workspace, site: entry.site, visitor: entry.visitor };
            authorize(&principal, Action::Watch, listed).is_ok()
        });
        if let Some(own) = own
            && !wait.is_away
        {
            let own = stored(platform, store.in_line(&own))?;
            if let Some(since) = own.waits_since() {
                let line = self.line(platform, &store, site)?;
                wait.before = own.before(&line.waiting);
                wait.minutes = told_wait(line.usual, since, platform.now());
                wait.hours = stored(platform, store.reception(site))?.hours;
            }
        }
        Ok(WorkspaceAnswer::Wait(Box::new(wait)))
    }

    /// Whether somebody is in the inbox who may answer visitors of a site.
    fn is_staffed<P>(
        &mut self,
        platform: &P,
        store: &WorkspaceStore<P::Database>,
        workspace: WorkspaceId,
        site: SiteId,
    ) -> Result<bool, Code>
    where
        P: Platform<Socket = Handle>,
    {
        for seen in availability::there(self.sockets(platform)) {
            if seen.availability != Availability::Online {
                continue;
            }
            let member: Option<Member> = stored(platform, store.member(seen.agent))?;
            if member.is_some_and(|member| is_staffed(&member, workspace, site)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn line<P>(
        &mut self,
        platform: &P,
        store: &WorkspaceStore<P::Database>,
        site: SiteId,
    ) -> Result<&Line, Code>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        let is_fresh = |at: Option<Timestamp>, most| at.is_some_and(|at| at <= now && now.since(at) < most);
        // There are as many as the workspace has sites.
        let line = self.lines.entry(site).or_default();
        if !is_fresh(line.read_at, LINE_MS) {
            line.waiting = stored(platform, store.line(site, before(now, WAITING_MS)))?;
            line.read_at = Some(now);
        }
        if !is_fresh(line.told_at, USUAL_MS) {
            let lately = stored(platform, store.metrics_of_late(site, before(now, REPLY_WINDOW_MS)))?;
            line.usual = usual_response(&lately, now);
            line.told_at = Some(now);
        }
        Ok(line)
    }
}

const fn before(now: Timestamp, milliseconds: u64) -> Timestamp {
    Timestamp(now.0.saturating_sub_unsigned(milliseconds))
}
