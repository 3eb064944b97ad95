//! What a visitor answers before their first message (SPEC QU). It stands beside the log, which knows nothing of it.

use domain::conversation::{Request as Asked, Send};
use domain::{Action, Principal};
use protocol::call::{CallResult, ConversationAnswer, VisitorAnswers};
use protocol::{ClientFrame, Code, Seq, TeamId};
use store::answers::AnswersStore;
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::files::seat_of;
use super::live::{Live, storage};
use crate::credential::Credential;
use crate::platform::{ConversationPlatform, Platform};
use crate::sockets::Sockets;
use crate::ticket::stands;

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
        let secret = platform.token_secret()?;
        let claims = Credential::of_visitor(&secret, &credential, platform.now());
        let claims = claims.ok_or(Code::Unauthenticated)?;
        stands(platform, &claims).map_err(Code::from)?;
        let seat = seat_of(Principal::Visitor(claims));
        self.with_live(platform, |sockets, live, platform| {
            live.may(platform, &seat, Action::Write)?;
            let has_begun = live.conversation.identity().is_some();
            let kept = AnswersStore::new(platform.database());
            if has_begun && kept.read().map_err(|error| storage(platform, &error))?.is_some() {
                return Err(Code::TooLate.into());
            }
            kept.keep(&answers).map_err(|error| storage(platform, &error))?;
            if let Some(team) = answers.team {
                let sends = live.lead_to(platform, sockets, team)?;
                live.deliver(platform, sockets, None, sends);
            }
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
    /// What the visitor has answered; nothing if they were not asked.
    pub(super) fn answers<P: Platform>(&self, platform: &P) -> CallResult<ConversationAnswer> {
        let kept = AnswersStore::new(platform.database()).read();
        let kept = kept.map_err(|error| storage(platform, &error))?;
        Ok(ConversationAnswer::Answers(kept.unwrap_or_default().answers))
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
