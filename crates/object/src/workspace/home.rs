//! A visitor's home: the conversations that they had, which the index has of them all, and how their site answers.

use domain::workspace::{REPLY_WINDOW_MS, answerers, reply_time};
use domain::{Action, Principal, Resource, authorize};
use protocol::call::WorkspaceAnswer;
use protocol::limits::{HOME_CONVERSATIONS, HOME_FACES};
use protocol::{AgentProfile, Code, HomeWanted, IndexEntry, SiteId, Timestamp, VisitorClaims, VisitorHome};
use store::Database;
use store::workspace::{Grounds, WorkspaceStore};

use super::farewell::vouch;
use super::{open, stored};
use crate::platform::Platform;

/// Tells a visitor of their conversations, if what their token rests on still stands. It writes nothing.
pub(super) fn home<P: Platform>(platform: &P, wanted: HomeWanted) -> Result<WorkspaceAnswer, Code> {
    let HomeWanted { claims, with_team } = wanted;
    let VisitorClaims { site, visitor, voucher, .. } = claims;
    vouch(platform, Grounds { site, visitor, voucher })?;
    let store = open(platform)?;
    let workspace = stored(platform, store.standing())?.ok_or(Code::UnknownSite)?.id;
    let mut conversations = stored(platform, store.conversations_of(visitor, None, HOME_CONVERSATIONS))?;
    let principal = Principal::Visitor(claims);
    conversations.retain(|entry: &IndexEntry| {
        let listed = Resource::Listed { workspace, site: entry.site, visitor: entry.visitor };
        authorize(&principal, Action::Watch, listed).is_ok()
    });
    let mut home = VisitorHome { conversations, ..VisitorHome::default() };
    if with_team {
        add_team(platform, &store, site, &mut home)?;
    }
    Ok(WorkspaceAnswer::Home(Box::new(home)))
}

fn add_team<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    site: SiteId,
    home: &mut VisitorHome,
) -> Result<(), Code> {
    let now = platform.now();
    let since = Timestamp(now.0.saturating_sub_unsigned(REPLY_WINDOW_MS));
    let lately = stored(platform, store.metrics_of_late(site, since))?;
    home.reply = reply_time(&lately, now);
    for agent in answerers(&lately, HOME_FACES) {
        // Who has left the workspace is nobody to be asked for.
        if let Some(member) = stored(platform, store.member(agent))? {
            home.team.push(AgentProfile { id: agent, name: member.person.agent.name });
        }
    }
    Ok(())
}
