//! What a site says to its visitors by itself, before they write: as its people set it, and as pages are told.

use serde::{Deserialize, Serialize};

/// Which of a site's proactive messages, for good: what a visitor has put away is kept under it. Whoever makes one draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProactiveId(pub u32);

/// A message that is shown beside the launcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProactiveMessage {
    /// Which; no two of a site are the same.
    pub id: ProactiveId,
    /// What the site's people call it. Visitors are not told.
    pub name: String,
    /// What it says, as plain text.
    pub text: String,
    /// Whether it is shown to anybody.
    pub is_enabled: bool,
    /// On which pages: paths in which `*` stands for any text; on all if there are none.
    #[serde(default)]
    pub pages: Vec<String>,
    /// What brings it.
    pub triggers: ProactiveTriggers,
    /// To whom it is shown.
    #[serde(default)]
    pub audience: Audience,
    /// How often.
    #[serde(default)]
    pub repeat: Repeat,
}

/// What brings a proactive message: whatever of it happens first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProactiveTriggers {
    /// Seconds on the page.
    #[serde(default)]
    pub seconds: Option<u16>,
    /// How much of the page was scrolled past, in percent of its height.
    #[serde(default)]
    pub scroll: Option<u8>,
    /// The pointer leaves the page at its top, towards tabs and address.
    #[serde(default)]
    pub exit: bool,
}

/// To whom a proactive message is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// To everybody.
    #[default]
    Everybody,
    /// To those whose browser keeps a chat of theirs.
    Returning,
    /// To all others.
    New,
}

/// How often a proactive message is shown to the same visitor, once they have opened it or put it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Never again.
    #[default]
    Once,
    /// Again in another tab, or in this browser another day.
    Session,
    /// Again on the next page.
    Always,
}

/// What a page is told of a site's proactive messages, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProactiveRules {
    /// What stands on their buttons.
    pub words: ProactiveWords,
    /// Those that are enabled.
    pub messages: Vec<ProactiveRule>,
}

/// What stands on the buttons of a proactive message, by the names that a page replaces words under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProactiveWords {
    /// The button that opens the chat with it.
    pub reply: String,
    /// The name of the button that puts it away.
    pub file_close: String,
}

/// A proactive message without what only the site's people know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProactiveRule {
    /// Which.
    pub id: ProactiveId,
    /// What it says.
    pub text: String,
    /// On which pages.
    pub pages: Vec<String>,
    /// What brings it.
    pub triggers: ProactiveTriggers,
    /// To whom it is shown.
    pub audience: Audience,
    /// How often.
    pub repeat: Repeat,
}
