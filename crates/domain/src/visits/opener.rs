//! What an agent says to a visitor who has not written.

use protocol::call::Opener;
use protocol::http::visit::VisitOpener;
use protocol::limits::{OPENER_SHOWN_MS, OPENER_WAIT_MS};
use protocol::{AgentId, Code, Timestamp};

use crate::workspace::tidied_words;

/// What was said in one visit, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOpener {
    /// What.
    pub opener: Opener,
    /// Whether it was shown.
    pub is_shown: bool,
    /// When it is forgotten.
    pub until: Timestamp,
}

impl KeptOpener {
    /// Something that was said at this moment.
    #[must_use]
    pub const fn said(opener: Opener, now: Timestamp) -> Self {
        Self { opener, is_shown: false, until: now.plus(OPENER_WAIT_MS) }
    }

    /// The same once it was shown.
    #[must_use]
    pub fn shown(self, now: Timestamp) -> Self {
        Self { is_shown: true, until: now.plus(OPENER_SHOWN_MS), ..self }
    }

    /// What the page is to show at this moment.
    #[must_use]
    pub fn to_show(&self, now: Timestamp) -> Option<&Opener> {
        (!self.is_shown && now < self.until).then_some(&self.opener)
    }

    /// What agents are told of it.
    #[must_use]
    pub fn told(&self, now: Timestamp) -> Option<VisitOpener> {
        let Self { opener: Opener { text, by, .. }, is_shown, until } = self;
        (now < *until).then(|| VisitOpener { text: text.clone(), by: by.clone(), is_shown: *is_shown })
    }

    /// Decides whether somebody may say something in its place: their own they replace, and a colleague's that waits is not
    /// taken away from under them (SPEC VN11).
    ///
    /// # Errors
    /// [`Code::InUse`].
    pub fn may_be_replaced(&self, by: AgentId, now: Timestamp) -> Result<(), Code> {
        let is_others = self.to_show(now).is_some_and(|opener| opener.by.id != by);
        if is_others { Err(Code::InUse) } else { Ok(()) }
    }
}

/// Puts what an agent says into its one spelling: as a proactive message (SPEC WG52).
///
/// # Errors
/// [`Code::BadField`].
pub fn tidied_opener(text: &str) -> Result<String, Code> {
    tidied_words(text)
}
