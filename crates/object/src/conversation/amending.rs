//! Answering a message, changing and deleting one, as the REST API asks for it: by where it stands.

use domain::conversation::{Person, Seat, command_to_amend};
use domain::{Action, Resource, authorize, entity_tag, is_expected};
use protocol::call::{CallResult, ConversationAnswer, SaidEvent};
use protocol::{
    AgentCommand, AgentEvent, AgentKind, ClientMessageId, Code, EntityTag, MessageName, MessageText,
    OutboxId, Seq, Submission,
};
use store::conversation::ConversationStore;

use super::live::Live;
use crate::platform::ConversationPlatform;
use crate::sockets::Sockets;

/// Something said in answer to a message or note.
pub(super) struct Answer {
    pub(super) to: Seq,
    pub(super) by_note: bool,
    pub(super) text: MessageText,
    pub(super) client_message_id: ClientMessageId,
}

/// Another text for a message or note, or none.
pub(super) struct Amendment {
    pub(super) seq: Seq,
    pub(super) text: Option<MessageText>,
    pub(super) client_message_id: ClientMessageId,
    pub(super) expected: Option<Vec<EntityTag>>,
}

/// A submission that is the only one of its outbox: whoever asks without a socket keeps the order by waiting for answers.
pub(super) fn alone(client_message_id: ClientMessageId, command: AgentCommand) -> Submission<AgentCommand> {
    let outbox = OutboxId::from_bytes(*client_message_id.as_bytes());
    Submission { client_message_id, outbox, number: 1, command }
}

impl<Store: ConversationStore> Live<Store> {
    /// What an event says, with where that stands which it answers.
    pub(super) fn said<P>(&mut self, platform: &P, event: AgentEvent) -> Result<SaidEvent, Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let Some(name) = event.kind.reply_to() else { return Ok(SaidEvent { event, answers: None }) };
        self.complete(platform)?;
        let answers = self.conversation.position_of(name);
        Ok(SaidEvent { event, answers })
    }

    /// Says something in answer. What is not there to be answered is a fault of the request, not of its address.
    pub(super) fn answer<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        seat: &Seat,
        Answer { to, by_note, text, client_message_id }: Answer,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        self.may(platform, seat, if by_note { Action::WriteNote } else { Action::Write })?;
        let answered = self.event(platform, to)?.filter(|event| event.is_said());
        let named = answered.filter(|event| by_note || matches!(event.kind, AgentKind::Public(_)));
        let name = named.and_then(|event| MessageName::of(&event.author, event.client_message_id));
        let to = name.ok_or(Code::BadField)?;
        let text = text.into();
        let command =
            if by_note { AgentCommand::ReplyByNote { to, text } } else { AgentCommand::Reply { to, text } };
        self.submit(platform, sockets, seat, alone(client_message_id, command))
    }

    /// Changes or deletes a message or note of who asks, if it is what it is expected to be (SPEC CV12, CV13, RA8).
    pub(super) fn amend<P>(
        &mut self,
        platform: &mut P,
        sockets: &mut Sockets<P::Socket>,
        seat: &Seat,
        Amendment { seq, text, client_message_id, expected }: Amendment,
    ) -> CallResult<ConversationAnswer>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let found = self.event(platform, seq)?.filter(AgentEvent::is_said).ok_or(Code::NotFound)?;
        self.may(
            platform,
            seat,
            match &found.kind {
                AgentKind::Public(_) => Action::Amend,
                AgentKind::Private(_) => Action::AmendNote,
            },
        )?;
        if Person::of(&found.author) != seat.person() {
            return Err(Code::Forbidden.into());
        }
        let found = self.said(platform, found)?;
        if !is_expected(entity_tag(&found), expected.as_deref()) {
            return Ok(ConversationAnswer::Unexpected);
        }
        let Some(command) = command_to_amend(&found.event, text.map(String::from))? else {
            return Ok(ConversationAnswer::Message(Box::new(found)));
        };
        self.submit(platform, sockets, seat, alone(client_message_id, command))?;
        let event = self.event(platform, seq)?.ok_or(Code::Internal)?;
        Ok(ConversationAnswer::Message(Box::new(self.said(platform, event)?)))
    }

    /// Decides whether somebody may do something in the conversation.
    pub(super) fn may<P>(&self, platform: &P, seat: &Seat, action: Action) -> Result<(), Code>
    where
        P: ConversationPlatform<Store = Store>,
    {
        let id = platform.conversation_id()?;
        authorize(
            &seat.principal,
            action,
            Resource::Conversation { id, identity: self.conversation.identity() },
        )
    }
}
