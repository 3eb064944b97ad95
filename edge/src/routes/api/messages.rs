//! What is said in a conversation.

use domain::idempotency;
use protocol::api::{
    List, ListQuery, Message, MessageDraft, MessageId, MessageKind, Operation, Order, Place, ProblemCode,
};
use protocol::call::{ConversationAnswer, ConversationRequest};
use protocol::{
    AgentCommand, AgentEvent, ClientMessageId, Code, ConversationId, MessageText, OutboxId, Submission,
};

use super::exchange::Exchange;
use super::input::place;
use super::reply::{Refusal, Reply};
use crate::surroundings::random;

pub(super) async fn list(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let conversation = exchange.input().id("conversation")?;
    let ListQuery { limit, cursor, order } = exchange.input().query()?;
    let after = place(cursor.as_deref(), |place| match place {
        Place::Message(seq) => Some(seq),
        Place::Conversation(_) | Place::Contact(..) | Place::Agent(_) | Place::Site(_) => None,
    })?;
    let request = ConversationRequest::Messages {
        after,
        newest_first: order == Some(Order::Desc),
        limit: limit.and_one_more(),
    };
    let answer = exchange.ask_conversation(&acting, conversation, request).await?;
    let ConversationAnswer::Messages(events) = answer else { return Err(Code::Internal.into()) };
    let said: Vec<(Place, Message)> = events
        .into_iter()
        .filter_map(|event| Some((Place::Message(event.seq), Message::of(conversation, event)?)))
        .collect();
    Ok(Reply::json(&List::of(said, limit, |(place, _)| *place, |(_, message)| message)))
}

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let conversation = exchange.input().id("conversation")?;
    let message: MessageId = exchange.input().id("message")?;
    exchange.input().no_query()?;
    let seq = message.position_in(conversation).ok_or(ProblemCode::NotFound)?;
    let answer = exchange.ask_conversation(&acting, conversation, ConversationRequest::Message(seq)).await?;
    let ConversationAnswer::Message(event) = answer else { return Err(Code::Internal.into()) };
    Ok(Reply::json(&said(conversation, *event)?))
}

pub(super) async fn make(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let input = exchange.input();
    let conversation: ConversationId = input.id("conversation")?;
    input.no_query()?;
    let MessageDraft { kind, text } = input.body()?;
    MessageText::parse(&text).map_err(|code| Refusal::from(code).about("text"))?;
    let client_message_id = match input.idempotency_key()? {
        Some(text) => idempotency::client_message_id(acting.key, text),
        None => ClientMessageId::from_bytes(random()?),
    };
    let command = match kind {
        MessageKind::Reply => AgentCommand::Message { text },
        MessageKind::Note => AgentCommand::Note { text },
    };
    // Each is the only one of its outbox: whoever writes over HTTP keeps the order by waiting for the answer.
    let outbox = OutboxId::from_bytes(*client_message_id.as_bytes());
    let submission = Submission { client_message_id, outbox, number: 1, command };
    let request = ConversationRequest::Submit(submission);
    let answer = exchange.ask_conversation(&acting, conversation, request).await?;
    let ConversationAnswer::Submitted { event, duplicate } = answer else {
        return Err(Code::Internal.into());
    };
    let message = said(conversation, *event)?;
    let base = Operation::BASE;
    let location = format!("{base}/conversations/{}/messages/{}", message.conversation_id, message.id);
    Ok(Reply::json(&message).at(location).replayed(duplicate))
}

fn said(conversation: ConversationId, event: AgentEvent) -> Result<Message, Code> {
    Message::of(conversation, event).ok_or(Code::NotFound)
}
