//! Calls to the object that knows who is on a site at the moment.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::http::visit::{CountryCount, VisitCounts, VisitOpener, VisitQuery};
use crate::ids::{ConversationId, OpenerId, VisitId, VisitorId};
use crate::seq::Timestamp;

/// What can be asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitsCall {
    /// Somebody is there.
    Beat(Box<Presence>),
    /// Who is.
    List(VisitQuery),
    /// An agent says something to one of them.
    Say {
        /// To whom.
        visit: VisitId,
        /// What.
        opener: Opener,
    },
    /// What was said to one of them, under an id.
    Said {
        /// To whom.
        visit: VisitId,
        /// Which.
        id: OpenerId,
    },
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitsAnswer {
    /// It was done.
    Done,
    /// It was noted, and this is to be shown.
    Noted(Option<Opener>),
    /// Those who are there.
    Present(Box<SitePresence>),
}

/// Somebody is on the site, as the Worker has it from their page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Which visit.
    pub visit: VisitId,
    /// How long it has lasted, in seconds.
    pub seconds: u32,
    /// The page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Where the visit came from.
    pub source: String,
    /// By which campaign.
    pub campaign: String,
    /// Which visit of this browser it is.
    pub visits: Option<u32>,
    /// The country, as the edge of the network knows it.
    pub country: Option<String>,
    /// Their conversation, once they have opened the chat, and who they are there.
    pub chat: Option<(ConversationId, VisitorId)>,
    /// Whether they ask not to be followed.
    pub is_private: bool,
    /// Whether they are leaving the page.
    pub is_leaving: bool,
    /// What of the team was shown to them.
    pub shown: Option<OpenerId>,
}

/// Where somebody is never reaches a log.
impl fmt::Debug for Presence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Presence").field("visit", &self.visit).finish_non_exhaustive()
    }
}

/// What an agent says to a visitor who has not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opener {
    /// Which.
    pub id: OpenerId,
    /// What.
    pub text: String,
    /// Who says it.
    pub by: AgentProfile,
}

/// Who is on one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePresence {
    /// How many.
    pub counts: VisitCounts,
    /// From which countries, the most first.
    pub countries: Vec<CountryCount>,
    /// Those who fit, the latest first, one more than [`crate::limits::VISITS_PAGE`] if there are more.
    pub visits: Vec<PresentVisit>,
    /// Whether some may be missing.
    pub is_filling: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentVisit {
    /// Which visit.
    pub visit: VisitId,
    /// When it began.
    pub since: Timestamp,
    /// The page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Where they came from.
    pub source: String,
    /// By which campaign.
    pub campaign: String,
    /// Their country.
    pub country: Option<String>,
    /// Which visit of this browser it is.
    pub visits: Option<u32>,
    /// Whether they ask not to be followed.
    pub is_private: bool,
    /// Their conversation, and who they are there.
    pub chat: Option<(ConversationId, VisitorId)>,
    /// What was said to them.
    pub opener: Option<VisitOpener>,
}
