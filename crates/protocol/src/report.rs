//! Reports: what a conversation tells its workspace of its course, what is asked, and what is answered.

use serde::{Deserialize, Serialize};

use crate::civil::CivilDay;
use crate::handling::Label;
use crate::ids::{AgentId, SiteId, TeamId};
use crate::rating::Stars;
use crate::reject::Code;
use crate::seq::{Seq, Timestamp};

/// Something in the course of a conversation that reports count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Where in the agents' sequence.
    pub seq: Seq,
    /// When it happened.
    pub at: Timestamp,
    /// What.
    pub kind: MilestoneKind,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneKind {
    /// The visitor wrote, or sent a file.
    Asked,
    /// An agent wrote to the visitor, or sent them a file.
    Answered(AgentId),
    /// The conversation was resolved.
    Resolved,
    /// It was opened again, or laid aside.
    Reopened,
    /// The visitor rated it.
    Rated(Stars),
}

/// What an agent wants to know of the conversations that began in some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportQuery {
    /// Begun at this time or later.
    pub since: Timestamp,
    /// Begun before this time; at most [`LONGEST_REPORT_MS`] after `since`.
    pub until: Timestamp,
    /// On this site only.
    #[serde(default)]
    pub site: Option<SiteId>,
    /// Those only in which this agent answered.
    #[serde(default)]
    pub agent: Option<AgentId>,
    /// Those only that have this label.
    #[serde(default)]
    pub label: Option<Label>,
    /// How the clock of who asks stands, from its first entry on: in the order of time, at most [`CLOCK_CHANGES`]. Days and
    /// hours are told by it; without an entry by UTC.
    #[serde(default)]
    pub clock: Vec<ClockSetting>,
    /// Those only that lie with this team.
    #[serde(default)]
    pub team: Option<TeamId>,
}

/// Milliseconds that a report is about at most: 400 days.
pub const LONGEST_REPORT_MS: u64 = 400 * 24 * 60 * 60 * 1_000;

/// Changes of a clock in the time of a report at most.
pub const CLOCK_CHANGES: usize = 8;

/// Labels of which a report tells at most.
pub const REPORT_LABELS: usize = 100;

/// Minutes by which a clock can differ from UTC at most.
const FARTHEST_ZONE: i16 = 18 * 60;

/// How a clock stands from some time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSetting {
    /// From when on.
    pub since: Timestamp,
    /// Minutes that are to be added to UTC.
    pub minutes: i16,
}

impl ReportQuery {
    /// Checks what was asked.
    ///
    /// # Errors
    /// [`Code::BadField`] for a time that ends before it begins or is too long, and for a clock that cannot be.
    pub fn check(&self) -> Result<(), Code> {
        let is_in_order = self.clock.is_sorted_by_key(|setting| setting.since);
        let is_near = self.clock.iter().all(|setting| setting.minutes.abs() <= FARTHEST_ZONE);
        let is_clock = is_in_order && is_near && self.clock.len() <= CLOCK_CHANGES;
        let is_time = self.since < self.until && self.until <= self.since.plus(LONGEST_REPORT_MS);
        if is_clock && is_time { Ok(()) } else { Err(Code::BadField) }
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Of all of them.
    pub total: Figures,
    /// How many of them began before their course was followed: they count as conversations, and nowhere else.
    pub unfollowed: u32,
    /// By the day on which they began, in the order of time, each day once, also where none began.
    pub days: Vec<DayFigures>,
    /// How many began in each hour of each day of the week, from Monday and from midnight on: 7 times 24.
    pub hours: Vec<u32>,
    /// By site, those with the most first.
    pub sites: Vec<ReportLine<SiteId>>,
    /// By each agent who answered in them, those with the most first.
    pub agents: Vec<ReportLine<AgentId>>,
    /// By label, those with the most first, at most [`REPORT_LABELS`]; a conversation with two counts for each.
    pub labels: Vec<ReportLine<Label>>,
    /// By the team with which they lie, those with the most first.
    pub teams: Vec<ReportLine<TeamId>>,
}

/// What is counted of some conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// How many.
    pub conversations: u32,
    /// What visitors wrote or sent in them.
    pub asked: u32,
    /// What agents wrote or sent to visitors in them; of an agent, what that agent did.
    pub answered: u32,
    /// In how many of them a visitor has written and no agent has answered since.
    pub unanswered: u32,
    /// How many of them are resolved.
    pub resolved: u32,
    /// From the visitor's first message to the first answer after it; of an agent, where that answer was theirs.
    pub first_response: Option<Spread>,
    /// From the first message of anybody to when it was resolved and stayed so, of those that are.
    pub resolution: Option<Spread>,
    /// How many were rated with each number of stars, from one on.
    pub ratings: [u32; 5],
}

/// How long something took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Milliseconds in which half of them were done.
    pub median: u64,
    /// Milliseconds in which nine of ten were.
    pub ninth_decile: u64,
}

/// What is counted of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// Which, by the clock of who asked.
    pub day: CivilDay,
    /// What is counted.
    pub figures: Figures,
}

/// What is counted of a part of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine<Subject> {
    /// Which part.
    pub subject: Subject,
    /// What it is called; empty where nobody knows any more.
    pub name: String,
    /// What is counted.
    pub figures: Figures,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(since: i64, until: i64, clock: &[(i64, i16)]) -> ReportQuery {
        let setting =
            |(since, minutes): &(i64, i16)| ClockSetting { since: Timestamp(*since), minutes: *minutes };
        let clock = clock.iter().map(setting).collect();
        ReportQuery {
            since: Timestamp(since),
            until: Timestamp(until),
            site: None,
            agent: None,
            label: None,
            clock,
            team: None,
        }
    }

    #[test]
    fn rp2_a_time_has_an_end_and_a_clock_an_order() {
        let longest = i64::try_from(LONGEST_REPORT_MS).expect("small");
        for good in
            [query(0, 1, &[]), query(5, 5 + longest, &[(0, 60), (7, 120)]), query(0, 1, &[(0, -1_080)])]
        {
            assert_eq!(good.check(), Ok(()), "{good:?}");
        }
        let many = [(0, 0); CLOCK_CHANGES + 1];
        for bad in [
            query(1, 1, &[]),
            query(2, 1, &[]),
            query(0, longest + 1, &[]),
            query(i64::MIN, i64::MAX, &[]),
            query(0, 1, &[(7, 0), (0, 60)]),
            query(0, 1, &[(0, i16::MIN + 1)]),
            query(0, 1, &[(0, 1_081)]),
            query(0, 1, &many),
        ] {
            assert_eq!(bad.check(), Err(Code::BadField), "{bad:?}");
        }
    }
}
