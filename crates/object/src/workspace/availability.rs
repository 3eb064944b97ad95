//! Whether agents are there, by the feeds that they have open.
//!
//! All that is needed for it is kept with the sockets, so that nothing is stored but what somebody chooses.

use std::collections::BTreeMap;

use domain::workspace::{Attention, availability};
use protocol::{AgentAvailability, AgentId, Availability, AvailabilityChoice, Code, FeedFrame};

use super::{WorkspaceObject, open, stored};
use crate::credential::Credential;
use crate::platform::Platform;
use crate::sockets::{Socket, Sockets};

/// Somebody of whom it may change how available they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    agent: AgentId,
    before: Availability,
}

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Notes how available somebody is, before something happens that may change it.
    pub(super) fn seen<P>(&mut self, platform: &P, agent: AgentId) -> Seen
    where
        P: Platform<Socket = Handle>,
    {
        Seen { agent, before: of(self.sockets(platform), agent) }
    }

    /// Tells every feed if it has changed.
    pub(super) fn tell_availability<P>(&mut self, platform: &mut P, seen: Seen)
    where
        P: Platform<Socket = Handle>,
    {
        let Seen { agent, before } = seen;
        let availability = of(self.sockets(platform), agent);
        if availability != before {
            let agents = vec![AgentAvailability { agent, availability }];
            self.tell_all(platform, &FeedFrame::Available { agents });
            // What fails is made good when conversations are given out next.
            let _ = self.route_around(platform, agent, availability);
        }
    }

    /// An agent chooses: it is kept, told to each of their tabs, and to the others what they are to see.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn choose<P>(
        &mut self,
        platform: &mut P,
        agent: AgentId,
        choice: AvailabilityChoice,
    ) -> Result<(), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        if stored(platform, store.choice_of(agent))? == choice {
            return Ok(());
        }
        stored(platform, store.keep_choice(agent, choice))?;
        let seen = self.seen(platform, agent);
        for socket in self.sockets(platform).iter_mut().filter(|socket| agent_of(socket) == Some(agent)) {
            socket.attachment.choice = choice;
            socket.keep(platform);
            socket.send(platform, &FeedFrame::Chosen(choice));
        }
        self.tell_availability(platform, seen);
        Ok(())
    }

    /// A tab says whether somebody uses it.
    pub(super) fn used<P>(&mut self, platform: &mut P, handle: &Handle, is_idle: bool)
    where
        P: Platform<Socket = Handle>,
    {
        let Some(agent) = self.sockets(platform).get(handle).and_then(agent_of) else { return };
        let seen = self.seen(platform, agent);
        let Some(socket) = self.sockets(platform).get_mut(handle) else { return };
        if socket.attachment.is_idle != is_idle {
            socket.attachment.is_idle = is_idle;
            socket.keep(platform);
            self.tell_availability(platform, seen);
        }
    }
}

/// Everybody who is not offline, as feeds are told.
pub(super) fn everybody<Handle: Clone + PartialEq>(sockets: &Sockets<Handle>) -> FeedFrame {
    FeedFrame::Available { agents: there(sockets) }
}

/// The same.
pub(super) fn there<Handle: Clone + PartialEq>(sockets: &Sockets<Handle>) -> Vec<AgentAvailability> {
    let mut tabs: BTreeMap<AgentId, Vec<Attention>> = BTreeMap::new();
    for socket in sockets.iter() {
        if let Some(agent) = agent_of(socket) {
            tabs.entry(agent).or_default().push(socket.attachment.attention());
        }
    }
    let seen =
        tabs.into_iter().map(|(agent, tabs)| AgentAvailability { agent, availability: availability(tabs) });
    seen.filter(|one| one.availability != Availability::Offline).collect()
}

pub(super) fn of<Handle: Clone + PartialEq>(sockets: &Sockets<Handle>, agent: AgentId) -> Availability {
    let theirs = sockets.iter().filter(|socket| agent_of(socket) == Some(agent));
    availability(theirs.map(|socket| socket.attachment.attention()))
}

/// Whose feed it is; nobody's before their hello, and after another took its place.
pub(super) fn agent_of<Handle>(socket: &Socket<Handle>) -> Option<AgentId> {
    match &socket.attachment.seated.as_ref()?.credential {
        Credential::Agent(ticket) => Some(ticket.agent.id),
        Credential::Visitor(_) => None,
    }
}
