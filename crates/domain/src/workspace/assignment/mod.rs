//! Who is given which conversation, where nobody hands them out (SPEC AS1 to AS7).

use std::collections::{BTreeMap, BTreeSet};

use protocol::http::assignment::{Assignments, TeamAssignment};
use protocol::{
    AgentId, Assignment, AssignmentWay, Author, Availability, Code, ConversationId, IndexEntry, Status, Team,
    TeamId, Timestamp, limits,
};

use super::people::Member;
use crate::access::{Action, Resource, authorize};
use crate::conversation::Identity;

/// Milliseconds after which a conversation that did not take to whom it was given is given anew.
pub const GIVEN_ANEW_MS: u64 = 10_000;

/// How conversations are given to agents, everywhere in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ways {
    /// Those of no team.
    pub workspace: Assignment,
    /// Those of teams; by hand, where it is not said.
    pub teams: BTreeMap<TeamId, Assignment>,
}

impl Ways {
    /// How those of a team are given, or those of none.
    #[must_use]
    pub fn of(&self, team: Option<TeamId>) -> Assignment {
        match team {
            Some(team) => self.teams.get(&team).copied().unwrap_or_default(),
            None => self.workspace,
        }
    }

    /// Whether people give all of them.
    #[must_use]
    pub fn are_by_hand(&self) -> bool {
        let all = self.teams.values().chain([&self.workspace]);
        all.into_iter().all(|assignment| assignment.way == AssignmentWay::ByHand)
    }

    /// The same for whoever asks.
    #[must_use]
    pub fn told(&self) -> Assignments {
        let teams = self
            .teams
            .iter()
            .map(|(team, assignment)| TeamAssignment { team: *team, assignment: *assignment });
        Assignments { workspace: self.workspace, teams: teams.collect() }
    }
}

/// Judges what somebody chose.
///
/// # Errors
/// [`Code::BadField`] for a limit of none, or of more than [`limits::ASSIGNMENT_LIMIT`].
pub fn tidied_assignment(assignment: Assignment) -> Result<Assignment, Code> {
    let is_good = assignment.limit.is_none_or(|limit| (1..=limits::ASSIGNMENT_LIMIT).contains(&limit));
    if is_good { Ok(assignment) } else { Err(Code::BadField) }
}

/// Whether somebody is to be found for a conversation: it is open, and the visitor spoke last (SPEC AS2).
#[must_use]
pub fn waits_for_answer(entry: &IndexEntry) -> bool {
    let is_visitors = entry.preview.as_ref().is_some_and(|preview| preview.author == Author::Visitor);
    entry.status == Status::Open && is_visitors
}

/// When what waits with somebody is given to others who is not there since then; `grace` instead of the usual milliseconds.
/// `None` for who is there.
#[must_use]
pub fn rescued_at(seen: Availability, since: Timestamp, grace: Option<u64>) -> Option<Timestamp> {
    let usual = match seen {
        Availability::Online => return None,
        Availability::Away => limits::RESCUE_AWAY_MS,
        Availability::Offline => limits::RESCUE_OFFLINE_MS,
    };
    Some(since.plus(grace.unwrap_or(usual)))
}

/// A conversation for which somebody is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub conversation: ConversationId,
    /// Whose it is.
    pub identity: Identity,
    /// With which team it lies.
    pub team: Option<TeamId>,
    /// From whom it is taken, if it is somebody's who is not there.
    pub taken_from: Option<AgentId>,
}

/// Somebody who is online.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Who.
    pub member: Member,
    /// How many open conversations are theirs.
    pub open: u32,
    /// When they were given one last, in the order in which they were given.
    pub last: u64,
}

/// A conversation that is given to somebody, or that nobody has any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Which.
    pub conversation: ConversationId,
    /// Whom; nobody, if it is taken from who is not there and nobody else can take it.
    pub to: Option<AgentId>,
    /// The place of this in the order in which they are given.
    pub turn: u64,
}

/// The teams of which somebody is online who could have one more, `None` among them for those of no team: what lies with
/// others need not be looked at to give it to somebody.
#[must_use]
pub fn reached((ways, teams): (&Ways, &[Team]), hands: &[Hand]) -> BTreeSet<Option<TeamId>> {
    let is_reached = |team: &Option<TeamId>| {
        let assignment = ways.of(*team);
        let members = team.map(|id| members_of(teams, id));
        assignment.way != AssignmentWay::ByHand
            && hands.iter().any(|hand| has_room(hand, assignment) && is_among(hand, members.as_ref()))
    };
    teams.iter().map(|team| Some(team.id)).chain([None]).filter(is_reached).collect()
}

/// Gives conversations to those who are online, the first of them first.
#[must_use]
pub fn distribute((ways, teams): (&Ways, &[Team]), waiting: &[Waiting], mut hands: Vec<Hand>) -> Vec<Given> {
    let mut turn = hands.iter().map(|hand| hand.last).max().unwrap_or_default();
    let mut given = Vec::new();
    for one in waiting {
        let assignment = ways.of(one.team);
        if assignment.way == AssignmentWay::ByHand {
            continue;
        }
        let members = one.team.map(|id| members_of(teams, id));
        let can = |hand: &Hand| {
            let id = hand.member.id();
            is_among(hand, members.as_ref())
                && one.taken_from != Some(id)
                && has_room(hand, assignment)
                && may_answer(hand, one)
        };
        let rank = |hand: &Hand| {
            let busy = match assignment.way {
                AssignmentWay::LeastBusy => hand.open,
                AssignmentWay::RoundRobin | AssignmentWay::ByHand => 0,
            };
            (busy, hand.last, hand.member.id())
        };
        let found = hands.iter_mut().filter(|hand| can(hand)).min_by_key(|hand| rank(hand));
        turn = turn.saturating_add(1);
        let to = match found {
            Some(hand) => {
                hand.open = hand.open.saturating_add(1);
                hand.last = turn;
                Some(hand.member.id())
            }
            None if one.taken_from.is_some() => None,
            None => continue,
        };
        given.push(Given { conversation: one.conversation, to, turn });
    }
    given
}

fn members_of(teams: &[Team], id: TeamId) -> BTreeSet<AgentId> {
    teams.iter().filter(|team| team.id == id).flat_map(|team| team.members.iter().copied()).collect()
}

fn is_among(hand: &Hand, members: Option<&BTreeSet<AgentId>>) -> bool {
    members.is_none_or(|members| members.contains(&hand.member.id()))
}

fn has_room(hand: &Hand, assignment: Assignment) -> bool {
    assignment.limit.is_none_or(|limit| hand.open < u32::from(limit))
}

fn may_answer(hand: &Hand, waiting: &Waiting) -> bool {
    let Waiting { conversation: id, identity, .. } = waiting;
    let resource = Resource::Conversation { id: *id, identity: Some(identity) };
    authorize(&hand.member.principal(identity.workspace), Action::Write, resource).is_ok()
}

#[cfg(test)]
mod tests;
