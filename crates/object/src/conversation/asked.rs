//! What an agent asks without a socket, by the REST API: judged, stored and told as what comes over one.

use domain::conversation::{Context, Request as Asked, Seat, Send, StoredEvent};
use domain::{Action, Principal, entity_tag, is_expected};
use protocol::call::{CallResult, ConversationAnswer, ConversationRequest};
use protocol::{
    AgentCommand, AgentEvent, ClientFrame, ClientMessageId, Code, EntityTag, Seq, Status, Submission,
};
use store::conversation::ConversationStore;

use super::ConversationObject;
use super::amending::{Amendment, Answer, alone};
use super::files::seat_of;
use super::live::{Live, storage};
use crate::platform::ConversationPlatform;
use crate::sockets::Sockets;

/// Events that are read at once in search of messages.
const READ_AT_ONCE: u64 = 200;

impl<Store: ConversationStore, Handle: Clone + PartialEq> ConversationObject<Store, Handle> {
    /// Answers an agent.
    ///
    /// # Errors
    /// [`Code::NotFound`] if the conversation is not their workspace's, and whatever the rules refuse.
    pub(super) fn asked<P>(
        &mut self,
        platform: &mut P,
        principal: Principal,
        request: ConversationRequest,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store, Socket = Handle>,
    {
        let seat = seat_of(principal);
        if let ConversationRequest::File(request) = &request {
            return self.asked_for_file(platform, &seat, request);
        }
        self.with_live(platform, |sockets, live, platform| {
            // An alarm can be lost, the news cannot.
            live.arm_if_news(platform, sockets, None);
            if let ConversationRequest::Reach(reach) = request {
                return live.reach(platform, sockets, &seat, *reach);
            }
            if let ConversationRequest::Gather(gather) = request {
                return live.gather(platform, sockets, &seat, gather);
            }
            // Without that nothing tells the conversation from one that there is not.
            live.may(platform, &seat, Action::Watch)?;
            match request {
                ConversationRequest::View => live.view(platform),
                ConversationRequest::Messages { after, newest_first, limit } => {
                    let found = live.messages(platform, after, newest_first, usize::from(limit))?;
                    let all = found.into_iter().map(|event| live.said(platform, event));
                    Ok(ConversationAnswer::Messages(all.collect::<Result<_, _>>()?))
                }
                ConversationRequest::Message(seq) => {
                    let found = live.event(platform, seq)?.filter(AgentEvent::is_said);
                    let said = live.said(platform, found.ok_or(Code::NotFound)?)?;
                    Ok(ConversationAnswer::Message(Box::new(said)))
                }
                ConversationRequest::Submit(submission) => live.submit(platform, sockets, &seat, submission),
                ConversationRequest::SetStatus { status, client_message_id, expected } => {
                    let expected = expected.as_deref();
                    live.set_status(platform, sockets, &seat, status, client_message_id, expected)
                }
                ConversationRequest::Answer { to, by_note, text, client_message_id } => {
                    let answer = Answer { to, by_note, text, client_message_id };
                    live.answer(platform, sockets, &seat, answer)
                }
                ConversationRequest::Amend { seq, text, client_message_id, expected } => {
                    let amendment = Amendment { seq, text, client_message_id, expected };
                    live.amend(platform, sockets, &seat, amendment)
                }
                ConversationRequest::Answers => live.answers(platform),
                // Answered above.
                ConversationRequest::File(_)
                | ConversationRequest::Reach(_)
                | ConversationRequest::Gather(_) => Err(Code::Internal.into()),
            }
        })
    }
}

impl<Store: ConversationStore> Live<Store> {
    fn view<P>(&self, platform: &P) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let digest = self.conversation.digest(platform.conversation_id()?).ok_or(Code::NotFound)?;
        Ok(ConversationAnswer::View(Box::new(digest)))
    }

    /// Reads messages and notes on one side of a position, the nearest first.
    fn messages<P>(
        &self,
        platform: &P,
        after: Option<Seq>,
        newest_first: bool,
        limit: usize,
    ) -> Result<Vec<AgentEvent>, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let head = self.conversation.head();
        let mut found = Vec::new();
        let mut place = match (after, newest_first) {
            (Some(after), true) => Seq(after.0.saturating_sub(1)).min(head),
            (Some(after), false) => after.min(head),
            (None, true) => head,
            (None, false) => Seq::START,
        };
        loop {
            let (after, upto) = if newest_first {
                (Seq(place.0.saturating_sub(READ_AT_ONCE)), place)
            } else {
                (place, Seq(place.0.saturating_add(READ_AT_ONCE)).min(head))
            };
            if after == upto {
                return Ok(found);
            }
            let mut read = self.read(platform, after, upto)?;
            if newest_first {
                read.reverse();
            }
            found.extend(read.into_iter().filter(AgentEvent::is_said));
            if found.len() >= limit {
                found.truncate(limit);
                return Ok(found);
            }
            place = if newest_first { after } else { upto };
        }
    }

    pub(super) fn event<P>(&self, platform: &P, seq: Seq) -> Result<Option<AgentEvent>, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        if seq == Seq::START || seq > self.conversation.head() {
            return Ok(None);
        }
        Ok(self.read(platform, Seq(seq.0.saturating_sub(1)), seq)?.into_iter().next())
    }

    fn read<P>(&self, platform: &P, after: Seq, upto: Seq) -> Result<Vec<AgentEvent>, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let stored = self.store.events(after, upto).map_err(|error| storage(platform, &error))?;
        Ok(stored.iter().map(StoredEvent::for_agents).collect())
    }

    /// Judges a submission, stores what follows and tells the sockets, all in this turn. A duplicate is read before
    /// anything is written, so that nothing fails after it.
    pub(super) fn submit<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        seat: &Seat,
        submission: Submission<AgentCommand>,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let asked = Asked::Agent(ClientFrame::Submit(submission));
        if let Some(code) = platform.refuses(&asked) {
            return Err(code.into());
        }
        if self.conversation.needs_whole_log(seat.person(), &asked) {
            self.complete(platform)?;
        }
        let conversation = platform.conversation_id()?;
        let now = platform.now();
        let upload = self.upload_of(platform, &asked)?;
        let upload = upload.as_ref();
        let context = Context {
            now,
            conversation,
            seat,
            pace: &self.pace,
            epoch: self.next_epoch,
            upload,
            chosen_team: None,
        };
        let outcome = self.conversation.handle(context, asked)?;
        let (event, duplicate) = match outcome.accepted() {
            Some(event) => (event.for_agents(), false),
            None => {
                let seq = outcome.accepted_before().ok_or(Code::Internal)?;
                (self.event(platform, seq)?.ok_or(Code::Internal)?, true)
            }
        };
        let event = Box::new(self.said(platform, event)?);
        let sends: Vec<Send> = self.take(platform, sockets, None, outcome)?;
        self.deliver(platform, sockets, None, sends);
        Ok(ConversationAnswer::Submitted { event, duplicate })
    }

    /// Puts the conversation where it is to stand, if it stands otherwise and is what it is expected to be.
    fn set_status<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        seat: &Seat,
        status: Status,
        client_message_id: ClientMessageId,
        expected: Option<&[EntityTag]>,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        self.may(platform, seat, Action::ChangeStatus)?;
        let id = platform.conversation_id()?;
        let found = self.conversation.digest(id).ok_or(Code::NotFound)?;
        if !is_expected(entity_tag(&found), expected) {
            return Ok(ConversationAnswer::Unexpected);
        }
        if let Some(command) = self.conversation.command_to(status) {
            self.submit(platform, sockets, seat, alone(client_message_id, command))?;
        }
        self.view(platform)
    }
}
