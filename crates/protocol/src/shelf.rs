//! The views of an inbox: which conversations a list shows, and how many there are of each.

use serde::{Deserialize, Serialize};

use crate::ids::{FilterId, SiteId, TeamId};

/// Which conversations a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListView {
    /// Those that lie here.
    pub shelf: Shelf,
    /// Only those of this site, if one is named.
    pub site: Option<SiteId>,
}

/// Where a conversation lies, as somebody of the team sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// Open, and assigned to who looks.
    Mine,
    /// Open, and assigned to nobody.
    Unassigned,
    /// Open, whosever it is.
    #[default]
    Open,
    /// Waiting for the visitor.
    Pending,
    /// Waiting for a time.
    Snoozed,
    /// Done.
    Resolved,
    /// Open, and with this team.
    Team(TeamId),
    /// However it stands: one in which a note names who looks.
    Mentions,
    /// However it stands: one that fits this filter.
    Filter(FilterId),
}

impl Shelf {
    /// Those that every workspace has.
    pub const ALL: [Self; 7] = [
        Self::Mine,
        Self::Unassigned,
        Self::Open,
        Self::Mentions,
        Self::Pending,
        Self::Snoozed,
        Self::Resolved,
    ];
}

/// How many conversations of a site lie where, as somebody of the team sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCounts {
    /// Which site.
    pub site: SiteId,
    /// What it is called; empty if it was removed.
    pub name: String,
    /// How many.
    pub counts: ShelfCounts,
}

/// How many conversations lie on each shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShelfCounts {
    /// [`Shelf::Mine`].
    pub mine: u32,
    /// [`Shelf::Unassigned`].
    pub unassigned: u32,
    /// [`Shelf::Open`].
    pub open: u32,
    /// [`Shelf::Pending`].
    pub pending: u32,
    /// [`Shelf::Snoozed`].
    pub snoozed: u32,
    /// [`Shelf::Resolved`].
    pub resolved: u32,
}

impl ShelfCounts {
    /// Those of one shelf; of a team's, [`crate::TeamEntry`] tells, of mentions, [`crate::MentionEntry`], of a filter,
    /// [`crate::FilterEntry`].
    #[must_use]
    pub const fn of(self, shelf: Shelf) -> u32 {
        match shelf {
            Shelf::Mine => self.mine,
            Shelf::Unassigned => self.unassigned,
            Shelf::Open => self.open,
            Shelf::Pending => self.pending,
            Shelf::Snoozed => self.snoozed,
            Shelf::Resolved => self.resolved,
            Shelf::Team(_) | Shelf::Mentions | Shelf::Filter(_) => 0,
        }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            mine: self.mine.saturating_add(other.mine),
            unassigned: self.unassigned.saturating_add(other.unassigned),
            open: self.open.saturating_add(other.open),
            pending: self.pending.saturating_add(other.pending),
            snoozed: self.snoozed.saturating_add(other.snoozed),
            resolved: self.resolved.saturating_add(other.resolved),
        }
    }
}
