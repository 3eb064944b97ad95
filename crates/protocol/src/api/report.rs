//! Reports: how the conversations went that began in some days.

use core::fmt;
use core::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(feature = "schema")]
use crate::api::change::patterns;
use crate::api::id::Prefixed;
use crate::civil::CivilDay;
use crate::handling::Label;
use crate::ids::{AgentId, SiteId, TeamId};
use crate::report::{Figures, Report as Counted, ReportLine, ReportQuery, Spread};
use crate::seq::Timestamp;

const DAY_MS: i64 = 86_400_000;

/// Days that a report is about if not asked otherwise.
const DAYS: i32 = 30;

/// A day of the calendar, as the API writes it: `2026-11-26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub CivilDay);

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        CivilDay::from_str(&text).map(Self).map_err(|_| D::Error::custom("a day that there is"))
    }
}

/// What a report can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportWanted {
    /// The first day, in UTC; without one, so that 30 days are counted up to the last.
    pub first_day: Option<Day>,
    /// The last day, in UTC; today, without one. At most 400 days are counted.
    pub last_day: Option<Day>,
    /// Only conversations of this site.
    pub site: Option<Prefixed<SiteId>>,
    /// Only those in which this agent answered.
    pub agent: Option<Prefixed<AgentId>>,
    /// Only those that lie with this team.
    pub team: Option<Prefixed<TeamId>>,
    /// Only those with this label: one line with something visible in it, at most 40 characters.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", length(max = 40)))]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = patterns::NAME)))]
    pub label: Option<Label>,
}

impl ReportWanted {
    /// What it asks for at some time. It is still to be checked.
    #[must_use]
    pub fn at(self, now: Timestamp) -> ReportQuery {
        let today = || CivilDay(i32::try_from(now.0.div_euclid(DAY_MS)).unwrap_or_default());
        let last = self.last_day.map_or_else(today, |Day(day)| day);
        let first = self.first_day.map_or_else(|| last.plus(1 - DAYS), |Day(day)| day);
        let begin = |day: CivilDay| Timestamp(i64::from(day.0).saturating_mul(DAY_MS));
        ReportQuery {
            since: begin(first),
            until: begin(last.plus(1)),
            site: self.site.map(|Prefixed(id)| id),
            agent: self.agent.map(|Prefixed(id)| id),
            label: self.label,
            clock: Vec::new(),
            team: self.team.map(|Prefixed(id)| id),
        }
    }
}

/// How the conversations went that began in some days, until now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// What is counted of all of them.
    pub total: ReportFigures,
    /// How many of them began before their course was followed: they count as conversations, and nowhere else.
    pub unfollowed: u32,
    /// By the day in UTC on which they began, each day once, also where none began.
    pub days: Vec<ReportDay>,
    /// How many began in each hour of the week in UTC, from Monday and from midnight on: 168 numbers.
    pub hours: Vec<u32>,
    /// By site, those with the most first.
    pub sites: Vec<ReportOf<Prefixed<SiteId>>>,
    /// By each agent who answered in them: their own answers, and the first response where it was theirs.
    pub agents: Vec<ReportOf<Prefixed<AgentId>>>,
    /// By the team with which they lie now. What lies with no team is in none.
    pub teams: Vec<ReportOf<Prefixed<TeamId>>>,
    /// By label, at most 100; a conversation with two counts for each.
    pub labels: Vec<ReportOfLabel>,
}

/// What is counted of some conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportFigures {
    /// How many.
    pub conversations: u32,
    /// What visitors wrote or sent in them.
    pub messages_of_visitors: u32,
    /// What agents wrote or sent to visitors in them.
    pub messages_of_agents: u32,
    /// In how many of them the visitor has written and no agent since.
    pub unanswered: u32,
    /// How many of them are resolved.
    pub resolved: u32,
    /// From the visitor's first message to the first answer after it.
    pub first_response: Option<ReportTime>,
    /// From the first message to when it was resolved and stayed so.
    pub resolution: Option<ReportTime>,
    /// How many were rated with each number of stars, from one to five.
    pub ratings: [u32; 5],
}

/// How long something took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportTime {
    /// Milliseconds in which half of them were done.
    pub median_ms: u64,
    /// Milliseconds in which nine of ten were.
    pub ninth_decile_ms: u64,
}

/// What is counted of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportDay {
    /// Which.
    pub day: Day,
    /// What is counted.
    pub figures: ReportFigures,
}

/// What is counted of a site, an agent or a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportOf{I}"))]
pub struct ReportOf<I> {
    /// Which.
    pub id: I,
    /// What it is called; `null` where nobody knows any more.
    pub name: Option<String>,
    /// What is counted.
    pub figures: ReportFigures,
}

/// What is counted of a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportOfLabel {
    /// Which.
    pub label: String,
    /// What is counted.
    pub figures: ReportFigures,
}

impl From<Spread> for ReportTime {
    fn from(Spread { median, ninth_decile }: Spread) -> Self {
        Self { median_ms: median, ninth_decile_ms: ninth_decile }
    }
}

impl From<Figures> for ReportFigures {
    fn from(figures: Figures) -> Self {
        Self {
            conversations: figures.conversations,
            messages_of_visitors: figures.asked,
            messages_of_agents: figures.answered,
            unanswered: figures.unanswered,
            resolved: figures.resolved,
            first_response: figures.first_response.map(ReportTime::from),
            resolution: figures.resolution.map(ReportTime::from),
            ratings: figures.ratings,
        }
    }
}

impl<I> From<ReportLine<I>> for ReportOf<Prefixed<I>> {
    fn from(ReportLine { subject, name, figures }: ReportLine<I>) -> Self {
        let name = (!name.is_empty()).then_some(name);
        Self { id: Prefixed(subject), name, figures: figures.into() }
    }
}

impl From<ReportLine<Label>> for ReportOfLabel {
    fn from(ReportLine { name, figures, .. }: ReportLine<Label>) -> Self {
        Self { label: name, figures: figures.into() }
    }
}

impl From<Counted> for Report {
    fn from(counted: Counted) -> Self {
        let Counted { total, unfollowed, days, hours, sites, agents, labels, teams } = counted;
        let days = days.into_iter();
        Self {
            total: total.into(),
            unfollowed,
            days: days.map(|one| ReportDay { day: Day(one.day), figures: one.figures.into() }).collect(),
            hours,
            sites: sites.into_iter().map(ReportOf::from).collect(),
            agents: agents.into_iter().map(ReportOf::from).collect(),
            teams: teams.into_iter().map(ReportOf::from).collect(),
            labels: labels.into_iter().map(ReportOfLabel::from).collect(),
        }
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::Day;

    impl JsonSchema for Day {
        fn schema_name() -> Cow<'static, str> {
            "Day".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A day of the calendar (ISO 8601).",
                "type": "string",
                "format": "date",
                "pattern": r"^\d{4}-\d{2}-\d{2}$",
                "examples": ["2026-11-26"],
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(first: Option<&str>, last: Option<&str>) -> ReportQuery {
        let day = |text: &str| Day(text.parse().expect("a day"));
        let wanted = ReportWanted {
            first_day: first.map(day),
            last_day: last.map(day),
            site: None,
            agent: None,
            team: None,
            label: None,
        };
        // Thursday, 26 November 2026, 12:00 in UTC.
        wanted.at(Timestamp(1_795_694_400_000))
    }

    #[test]
    fn ra17_both_days_count_and_thirty_do_if_nothing_is_said() {
        let days = |query: &ReportQuery| {
            let day = |at: Timestamp| CivilDay(i32::try_from(at.0 / DAY_MS).expect("near")).to_string();
            (day(query.since), day(query.until))
        };
        let all = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(days(&wanted(None, None)), all("2026-10-28", "2026-11-27"));
        assert_eq!(days(&wanted(Some("2026-11-26"), None)), all("2026-11-26", "2026-11-27"));
        assert_eq!(days(&wanted(None, Some("2026-01-30"))), all("2026-01-01", "2026-01-31"));
        assert_eq!(wanted(None, None).check(), Ok(()));
        assert!(wanted(Some("2026-11-26"), Some("2026-11-25")).check().is_err());
        assert!(wanted(Some("1970-01-01"), Some("9999-12-31")).check().is_err());
    }
}
