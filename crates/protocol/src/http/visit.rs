//! Who is on a site at the moment: what pages tell of it, what agents see, and what they say first.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::event::AgentProfile;
use crate::http::proactive::{ProactiveId, ProactiveWords};
use crate::identity::VisitorIdentity;
use crate::ids::{ConversationId, OpenerId, SiteId, VisitId, VisitorId};
use crate::seq::Timestamp;

/// A page tells that its visitor is there. All of it is the page's claim, but what is signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    /// What the site's configuration gave for it.
    pub pass: String,
    /// Which visit.
    pub visit: VisitId,
    /// How long it has lasted, in seconds.
    pub seconds: u32,
    /// The page, without what stands behind `?` and `#`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Where the visit came from; empty if that is unknown.
    #[serde(default)]
    pub source: String,
    /// By which campaign; empty if by none.
    #[serde(default)]
    pub campaign: String,
    /// Which visit of this browser it is, where that may be kept.
    #[serde(default)]
    pub visits: Option<u32>,
    /// The visitor's token, once they have opened the chat.
    #[serde(default)]
    pub chat: Option<String>,
    /// Whether the visitor asks not to be followed.
    #[serde(default)]
    pub is_private: bool,
    /// Whether the page is being left.
    #[serde(default)]
    pub is_leaving: bool,
    /// What of the team was shown.
    #[serde(default)]
    pub shown: Option<OpenerId>,
}

/// Neither a credential nor where somebody is ever reaches a log.
impl fmt::Debug for Beat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Beat").field("visit", &self.visit).finish_non_exhaustive()
    }
}

/// What a page that has told so is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeatAnswer {
    /// What the team says to this visitor, until it was shown.
    pub opener: Option<ToldOpener>,
}

/// What an agent says to a visitor who has not written, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldOpener {
    /// Which.
    pub id: OpenerId,
    /// What it says, as plain text.
    pub text: String,
    /// The name of the agent.
    pub name: String,
    /// What stands on its buttons.
    pub words: ProactiveWords,
}

/// Which visits an agent wants to see. The default is all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitQuery {
    /// On one site only.
    #[serde(default)]
    pub site: Option<SiteId>,
    /// From one country only, by its two letters (ISO 3166-1).
    #[serde(default)]
    pub country: Option<String>,
    /// On pages in whose address or title this text is, in any case.
    #[serde(default)]
    pub page: String,
    /// Of those who have opened the chat, or of all others.
    #[serde(default)]
    pub in_chat: Option<bool>,
    /// Those after a page of the list that gave this as its `next`.
    #[serde(default)]
    pub after: Option<VisitPosition>,
}

/// A place in the list, which is in this order, the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitPosition {
    /// When the visit began.
    pub since: Timestamp,
    /// Which.
    pub visit: VisitId,
}

/// Who is on the sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPage {
    /// The server's clock.
    pub now: Timestamp,
    /// The sites that show their team who is there.
    pub sites: Vec<SiteId>,
    /// How many.
    pub counts: VisitCounts,
    /// From which countries they come, of how many that is known, the most first.
    pub countries: Vec<CountryCount>,
    /// Those who fit, the latest first, at most [`crate::limits::VISITS_PAGE`].
    pub visits: Vec<Visit>,
    /// Where to go on, if there are more.
    pub next: Option<VisitPosition>,
    /// Whether some may be missing, since the list has only begun to be filled.
    pub is_filling: bool,
}

/// How many visitors there are on a site, or on several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VisitCounts {
    /// All that are known of.
    pub present: u32,
    /// Of them, those of whom nothing but that is kept, since there are so many.
    pub unlisted: u32,
    /// Of them, those who have opened the chat.
    pub in_chat: u32,
    /// Those who fit what is looked for.
    pub fitting: u32,
}

/// How many come from a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryCount {
    /// Its two letters (ISO 3166-1).
    pub country: String,
    /// How many.
    pub count: u32,
}

/// A visitor who is on a site at the moment. Of one who asks not to be followed it has the page on which they opened the
/// chat, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// On which site.
    pub site: SiteId,
    /// Which visit.
    pub visit: VisitId,
    /// When it began.
    pub since: Timestamp,
    /// The page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Where they came from; empty if that is unknown.
    pub source: String,
    /// By which campaign; empty if by none.
    pub campaign: String,
    /// Their country by its two letters, as far as the edge of the network knows.
    pub country: Option<String>,
    /// Which visit of this browser it is, where that is known.
    pub visits: Option<u32>,
    /// Whether they ask not to be followed.
    pub is_private: bool,
    /// Their chat, once they have opened it.
    pub chat: Option<VisitChat>,
    /// What was said to them by the team lately.
    pub opener: Option<VisitOpener>,
}

/// The chat of somebody who is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitChat {
    /// Which conversation.
    pub conversation: ConversationId,
    /// With whom.
    pub visitor: VisitorId,
    /// Whether anything was said in it.
    pub has_begun: bool,
    /// What is known of them, if it has.
    pub identity: Option<VisitorIdentity>,
}

/// What was said to somebody who is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOpener {
    /// What.
    pub text: String,
    /// By whom.
    pub by: AgentProfile,
    /// Whether it was shown to them.
    pub is_shown: bool,
}

/// An agent says something to a visitor who has not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenerDraft {
    /// What, as plain text.
    pub text: String,
}

/// A page tells what the visitor was shown and now answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningRequest {
    /// The visitor's token.
    pub token: String,
    /// What they were shown.
    pub shown: Shown,
}

/// A credential never reaches a log.
impl fmt::Debug for OpeningRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OpeningRequest").field("shown", &self.shown).finish_non_exhaustive()
    }
}

/// What a visitor was shown, by its name: what it says, the server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shown {
    /// One of the site's proactive messages.
    Proactive(ProactiveId),
    /// What an agent said to them.
    Opener {
        /// In which visit.
        visit: VisitId,
        /// Which.
        id: OpenerId,
    },
}

/// What a conversation answers: the visitor was shown it before they wrote, as their page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// What it says.
    pub text: String,
    /// Whose words it is.
    pub by: OpeningBy,
}

/// Whose words a conversation answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningBy {
    /// The site's own, by the name that its people have for them.
    Site(String),
    /// An agent's.
    Agent(AgentProfile),
}
