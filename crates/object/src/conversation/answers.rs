//! What a visitor answers before their first message (SPEC QU), and what they answer with it (SPEC VN13). It stands beside the
//! log, which knows nothing of it.

use domain::Action;
use domain::conversation::{Request as Asked, Send};
use protocol::call::{CallResult, ConversationAnswer, KeptAnswers, VisitorAnswers, VisitorOpening};
use protocol::http::question::AnswersView;
use protocol::{ClientFrame, Code, Seq, TeamId};
use store::answers::AnswersStore;
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::files::seat_by;
use super::live::{Live, storage};
use crate::platform::{ConversationPlatform, Platform};
use crate::sockets::Sockets;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Keeps what a visitor answers, in place of what they answered before, as long as nothing was said; once that is so,
    /// the first answers stay (SPEC QU4).
    ///
    /// # Errors
    /// [`Code::Unauthenticated`], [`Code::NotFound`] if it is somebody else's conversation, and [`Code::TooLate`].
    pub(super) fn answered<P>(
        &mut self,
        platform: &mut P,
        answers: VisitorAnswers,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let VisitorAnswers { credential, answers } = answers;
        let seat = seat_by(platform, &credential)?;
        self.with_live(platform, |sockets, live, platform| {
            live.may(platform, &seat, Action::Write)?;
            let has_begun = live.conversation.identity().is_some();
            let kept = AnswersStore::new(platform.database());
            let before = kept.read().map_err(|error| storage(platform, &error))?;
            let is_answered = before.as_ref().is_some_and(|before| !before.answers.is_empty());
            if has_begun && is_answered {
                return Err(Code::TooLate.into());
            }
            let answers = KeptAnswers { opening: before.and_then(|before| before.opening), ..answers };
            kept.keep(&answers).map_err(|error| storage(platform, &error))?;
            if let Some(team) = answers.team {
                let sends = live.lead_to(platform, sockets, team)?;
                live.deliver(platform, sockets, None, sends);
            }
            Ok(ConversationAnswer::Done)
        })
    }

    /// Keeps what a visitor was shown and answers with their first message, in place of anything earlier, as long as nothing
    /// was said.
    ///
    /// # Errors
    /// As [`Self::answered`].
    pub(super) fn opened<P>(
        &mut self,
        platform: &mut P,
        opening: VisitorOpening,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let VisitorOpening { credential, opening } = opening;
        let seat = seat_by(platform, &credential)?;
        self.with_live(platform, |_, live, platform| {
            live.may(platform, &seat, Action::Write)?;
            if live.conversation.identity().is_some() {
                return Err(Code::TooLate.into());
            }
            let kept = AnswersStore::new(platform.database());
            let before = kept.read().map_err(|error| storage(platform, &error))?.unwrap_or_default();
            kept.keep(&KeptAnswers { opening: Some(opening), ..before })
                .map_err(|error| storage(platform, &error))?;
            Ok(ConversationAnswer::Done)
        })
    }

    /// Forgets them: the conversation is erased.
    pub(super) fn forget_answers<P>(&self, platform: &P) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        AnswersStore::new(platform.database()).forget().map_err(|error| storage(platform, &error))
    }
}

impl<Store: ConversationStore> Live<Store> {
    /// How the conversation began: what the visitor has answered, nothing if they were not asked, and what they answer with
    /// their first message.
    pub(super) fn answers<P: Platform>(&self, platform: &P) -> CallResult<ConversationAnswer> {
        let kept = AnswersStore::new(platform.database()).read();
        let kept = kept.map_err(|error| storage(platform, &error))?;
        let KeptAnswers { answers, opening, .. } = kept.unwrap_or_default();
        Ok(ConversationAnswer::Beginning(Box::new(AnswersView { answers, opening })))
    }

    /// The team that the visitor has chosen, if what they ask may be the first of the log.
    pub(super) fn chosen_team<P: Platform>(
        &self,
        platform: &P,
        asked: &Asked,
    ) -> Result<Option<TeamId>, Code> {
        if self.conversation.head() > Seq::START || !matches!(asked, Asked::Visitor(ClientFrame::Submit(_))) {
            return Ok(None);
        }
        let kept = AnswersStore::new(platform.database()).read();
        Ok(kept.map_err(|error| storage(platform, &error))?.and_then(|answers| answers.team))
    }

    fn lead_to<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        team: TeamId,
    ) -> Result<Vec<Send>, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        match self.conversation.lead_to(&self.pace, team, platform.now()) {
            Some(outcome) => self.take(platform, sockets, None, outcome),
            None => Ok(Vec::new()),
        }
    }
}
