//! How a site receives its visitors: when its team is there, what it asks, where that leads, and what it says by itself.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::civil::{CivilDay, MinuteOfDay, Weekday};
use crate::http::proactive::ProactiveMessage;
use crate::http::question::Question;
use crate::ids::TeamId;
use crate::seq::Timestamp;

/// How a site receives its visitors. Nothing of it is there until somebody sets it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reception {
    /// When the team is there; nobody says if there are none.
    #[serde(default)]
    pub hours: Option<OfficeHours>,
    /// What it asks before the first message; nothing unless somebody says so.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Which choices lead to which teams. Visitors are told nothing of it.
    #[serde(default)]
    pub departments: Vec<Department>,
    /// What is shown to visitors before they write, in this order.
    #[serde(default)]
    pub proactive: Vec<ProactiveMessage>,
    /// Whether the team sees who is on the site at the moment, of those who may be seen.
    #[serde(default)]
    pub visits: bool,
}

/// A choice that leads to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// The question, one that is answered by a choice.
    pub question: String,
    /// The choice.
    pub choice: String,
    /// Where it leads. A team that the workspace does not have counts as none.
    pub team: TeamId,
}

/// When a team is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// The time zone of the clock on the team's wall, by its IANA name.
    pub zone: String,
    /// The hours of every week.
    pub week: Vec<WeeklySpan>,
    /// Days that are unlike others.
    pub holidays: Vec<Holiday>,
}

/// A span of every week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeklySpan {
    /// The day on which it begins.
    pub day: Weekday,
    /// When.
    pub from: MinuteOfDay,
    /// When it ends: on the next day unless that is later than it begins.
    pub until: MinuteOfDay,
}

/// A day that is unlike others: its own spans begin on it in place of the week's. One that began the day before goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Which.
    pub day: CivilDay,
    /// What it is called.
    pub name: String,
    /// When the team is there all the same; not at all if there are none.
    pub spans: Vec<DaySpan>,
}

/// A span of one day, as in [`WeeklySpan`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySpan {
    /// When it begins.
    pub from: MinuteOfDay,
    /// When it ends.
    pub until: MinuteOfDay,
}

/// What a visitor is told of how the site receives them, with their session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcoming {
    /// The server's clock, since the visitor's may be wrong.
    pub now: Timestamp,
    /// When the team is there, if the site says.
    pub hours: Option<Openings>,
    /// Whether they can leave an address while nobody is there: none is known, nor who they are.
    pub asks_email: bool,
    /// What they are asked before their first message.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Whether nobody who could answer is in the inbox.
    #[serde(default)]
    pub is_away: bool,
    /// The address that is proven to be theirs, to which they can have the conversation mailed.
    #[serde(default)]
    pub mail_to: Option<String>,
}

/// An address never reaches a log.
impl fmt::Debug for Welcoming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = formatter.debug_struct("Welcoming");
        told.field("now", &self.now).field("hours", &self.hours).field("asks_email", &self.asks_email);
        told.field("questions", &self.questions).field("is_away", &self.is_away).finish_non_exhaustive()
    }
}

/// When a team comes and goes from some moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Openings {
    /// Whether it is there at that moment.
    pub open: bool,
    /// When that changes, and changes back, and so on.
    pub changes: Vec<Timestamp>,
    /// Up to when all changes are told; nothing is said of what comes later.
    pub until: Timestamp,
}
