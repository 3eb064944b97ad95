//! Filters: which conversations somebody wants to see together, as conditions of which all or any hold.

use serde::{Deserialize, Serialize};

use crate::event::Status;
use crate::handling::{Label, Priority};
use crate::ids::{AgentId, FilterId, SiteId, TeamId};
use crate::seq::Timestamp;

/// Which conversations fit: groups of conditions, so that no tree is ever deeper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilterRule {
    /// Whether all groups hold or any.
    pub join: Join,
    /// At least one, and at most [`crate::limits::FILTER_CONDITIONS`] conditions in all of them.
    pub groups: Vec<FilterGroup>,
}

/// Some conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilterGroup {
    /// Whether all of them hold or any.
    pub join: Join,
    /// At least one.
    pub conditions: Vec<Condition>,
}

/// How many of several things hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Join {
    /// All of them.
    #[default]
    All,
    /// At least one.
    Any,
}

/// Something that is so, or is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What.
    pub fact: Fact,
    /// Whether it must not be so.
    #[serde(default)]
    pub is_not: bool,
}

/// What can be so of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// It stands so.
    Status(Status),
    /// It is theirs.
    Assignee(Whose),
    /// It lies with them.
    Team(WithTeam),
    /// It began on this site.
    Site(SiteId),
    /// It has this label, in whatever case.
    Label(Label),
    /// It is so urgent.
    Priority(Priority),
    /// The visitor has said something that nobody has read.
    Unread,
    /// Something was last said or done in it within so many days, of 24 hours.
    ActiveWithin {
        /// 1 to [`crate::limits::FILTER_DAYS`].
        days: u16,
    },
    /// It began within so many days.
    BegunWithin {
        /// 1 to [`crate::limits::FILTER_DAYS`].
        days: u16,
    },
    /// Something was last said or done in it at that time or later.
    ActiveSince(Timestamp),
    /// It began at that time or later.
    BegunSince(Timestamp),
}

impl Fact {
    /// Whether it depends on who looks.
    #[must_use]
    pub const fn depends_on_who_looks(&self) -> bool {
        matches!(self, Self::Assignee(Whose::Me) | Self::Team(WithTeam::Mine))
    }

    /// Whether it ends to be so while nothing happens.
    #[must_use]
    pub const fn depends_on_time(&self) -> bool {
        matches!(self, Self::ActiveWithin { .. } | Self::BegunWithin { .. })
    }
}

/// Whose a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Whose {
    /// Of who looks.
    Me,
    /// Nobody's.
    Nobody,
    /// Theirs.
    Agent(AgentId),
}

/// With which team a conversation lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WithTeam {
    /// With one in which is who looks.
    Mine,
    /// With none.
    None,
    /// With this one.
    Team(TeamId),
}

impl FilterRule {
    /// Every fact that it asks for.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.groups.iter().flat_map(|group| &group.conditions).map(|condition| &condition.fact)
    }

    /// Whether others may see other conversations.
    #[must_use]
    pub fn depends_on_who_looks(&self) -> bool {
        self.facts().any(Fact::depends_on_who_looks)
    }

    /// Whether conversations cease to fit while nothing happens.
    #[must_use]
    pub fn depends_on_time(&self) -> bool {
        self.facts().any(Fact::depends_on_time)
    }
}

/// A filter as the feed tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterEntry {
    /// Which.
    pub id: FilterId,
    /// What it is called.
    pub name: String,
    /// Whether everybody of the workspace has it.
    pub is_shared: bool,
    /// How many conversations fit.
    pub entries: u32,
}
