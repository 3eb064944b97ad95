//! Who is in a conversation: the seats of its sockets, and what each side is told of the other.

use std::collections::BTreeMap;

use protocol::{AgentProfile, Code, Page, TabId, TeamPresence, VisitorPresence, limits};

use super::state::Conversation;
use super::stored::Person;
use crate::access::Principal;

/// What is known of a socket after its hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who sits there.
    pub principal: Principal,
    /// In which tab.
    pub tab: TabId,
    /// Where a visitor is.
    pub page: Option<Page>,
}

impl Seat {
    /// The person who sits there.
    #[must_use]
    pub const fn person(&self) -> Person {
        match &self.principal {
            Principal::Visitor(_) => Person::Visitor,
            Principal::Agent { profile, .. } => Person::Agent(profile.id),
        }
    }

    /// Whether a newer socket in `newer` takes this one's place.
    #[must_use]
    pub fn is_replaced_by(&self, newer: &Self) -> bool {
        self.tab == newer.tab && self.person() == newer.person()
    }
}

/// Decides whether one more socket may sit down beside those that stay (SPEC CV10).
///
/// # Errors
/// [`Code::TooManySockets`].
pub fn joining_allowed<'a>(person: Person, others: impl Iterator<Item = &'a Seat>) -> Result<(), Code> {
    let limit = match person {
        Person::Visitor => limits::SOCKETS_PER_VISITOR,
        Person::Agent(_) | Person::System => limits::SOCKETS_PER_AGENT,
    };
    let same = others.filter(|seat| seat.person() == person).count();
    if same < limit { Ok(()) } else { Err(Code::TooManySockets) }
}

/// Everybody who is in the conversation now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attendance {
    visitor: bool,
    agents: BTreeMap<protocol::AgentId, AgentProfile>,
}

impl Attendance {
    /// Counts the seats.
    #[must_use]
    pub fn of<'a>(seats: impl Iterator<Item = &'a Seat>) -> Self {
        let mut attendance = Self::default();
        for seat in seats {
            match &seat.principal {
                Principal::Visitor(_) => attendance.visitor = true,
                Principal::Agent { profile, .. } => {
                    attendance.agents.insert(profile.id, profile.clone());
                }
            }
        }
        attendance
    }

    /// What the visitor is told.
    #[must_use]
    pub fn for_visitor(&self) -> TeamPresence {
        TeamPresence { agents: self.agents.values().cloned().collect() }
    }

    /// What agents are told.
    #[must_use]
    pub fn for_agents(&self, conversation: &Conversation) -> VisitorPresence {
        VisitorPresence {
            visitor: conversation.identity().and_then(|identity| identity.party.visitor()),
            online: self.visitor,
            page: conversation.page().cloned(),
            agents: self.agents.values().cloned().collect(),
            identity: conversation.who().cloned(),
            placement: conversation.placement(),
        }
    }
}
