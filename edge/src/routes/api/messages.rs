//! What is said in a conversation.

use domain::{entity_tag, idempotency};
use protocol::api::{
    List, ListQuery, Message, MessageChange, MessageDraft, MessageId, MessageKind, Operation, Order, Place,
    Prefixed, ProblemCode,
};
use protocol::call::{ConversationAnswer, ConversationRequest, SaidEvent};
use protocol::{
    AgentCommand, ClientMessageId, Code, ConversationId, EntityTag, MessageText, OutboxId, Seq, Submission,
};

use super::exchange::{Acting, Exchange};
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
        .filter_map(|said| Some((Place::Message(said.event.seq), Message::of(conversation, said)?)))
        .collect();
    Ok(Reply::json(&List::of(said, limit, |(place, _)| *place, |(_, message)| message)))
}

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let (acting, conversation, seq) = named(exchange).await?;
    exchange.input().no_query()?;
    let answer = exchange.ask_conversation(&acting, conversation, ConversationRequest::Message(seq)).await?;
    message(conversation, answer)
}

pub(super) async fn make(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let input = exchange.input();
    let conversation: ConversationId = input.id("conversation")?;
    input.no_query()?;
    let MessageDraft { kind, text, reply_to } = input.body()?;
    let text = parse(&text)?;
    let to = reply_to.map(|Prefixed(id)| position(id, conversation)).transpose()?;
    let client_message_id = match input.idempotency_key()? {
        Some(text) => idempotency::client_message_id(acting.key, text),
        None => ClientMessageId::from_bytes(random()?),
    };
    let request = match to {
        Some(to) => {
            let by_note = kind == MessageKind::Note;
            ConversationRequest::Answer { to, by_note, text, client_message_id }
        }
        None => plain(kind, text, client_message_id),
    };
    let answer = exchange.ask_conversation(&acting, conversation, request).await;
    let answer = answer.map_err(|refusal| refusal.about("reply_to"))?;
    let ConversationAnswer::Submitted { event, duplicate } = answer else {
        return Err(Code::Internal.into());
    };
    let tag = entity_tag(&*event);
    let message = view(conversation, *event)?;
    let base = Operation::BASE;
    let location = format!("{base}/conversations/{}/messages/{}", message.conversation_id, message.id);
    Ok(Reply::json(&message).tagged(tag).at(location).replayed(duplicate))
}

pub(super) async fn change(exchange: &Exchange) -> Result<Reply, Refusal> {
    let (acting, conversation, seq) = named(exchange).await?;
    let input = exchange.input();
    input.no_query()?;
    let MessageChange { text } = input.body()?;
    let request = amendment(seq, Some(parse(&text)?), input.expected())?;
    message(conversation, exchange.ask_conversation(&acting, conversation, request).await?)
}

pub(super) async fn remove(exchange: &Exchange) -> Result<Reply, Refusal> {
    let (acting, conversation, seq) = named(exchange).await?;
    exchange.input().no_query()?;
    let request = amendment(seq, None, None)?;
    let answer = exchange.ask_conversation(&acting, conversation, request).await?;
    message(conversation, answer).map(|_| Reply::nothing())
}

/// Who asks, and for which message of which conversation.
async fn named(exchange: &Exchange) -> Result<(Acting, ConversationId, Seq), Refusal> {
    let acting = exchange.act().await?;
    let conversation = exchange.input().id("conversation")?;
    let message: MessageId = exchange.input().id("message")?;
    let seq = message.position_in(conversation).ok_or(ProblemCode::NotFound)?;
    Ok((acting, conversation, seq))
}

/// Where the message stands that another one answers.
fn position(id: MessageId, conversation: ConversationId) -> Result<Seq, Refusal> {
    id.position_in(conversation).ok_or_else(|| Refusal::of_param("reply_to"))
}

fn parse(text: &str) -> Result<MessageText, Refusal> {
    MessageText::parse(text).map_err(|code| Refusal::from(code).about("text"))
}

/// What answers nothing. Each is the only one of its outbox: whoever writes over HTTP keeps the order by waiting for the
/// answer.
fn plain(kind: MessageKind, text: MessageText, client_message_id: ClientMessageId) -> ConversationRequest {
    let text = text.into();
    let command = match kind {
        MessageKind::Reply => AgentCommand::Message { text },
        MessageKind::Note => AgentCommand::Note { text },
    };
    let outbox = OutboxId::from_bytes(*client_message_id.as_bytes());
    ConversationRequest::Submit(Submission { client_message_id, outbox, number: 1, command })
}

fn amendment(
    seq: Seq,
    text: Option<MessageText>,
    expected: Option<Vec<EntityTag>>,
) -> Result<ConversationRequest, Refusal> {
    let client_message_id = ClientMessageId::from_bytes(random()?);
    Ok(ConversationRequest::Amend { seq, text, client_message_id, expected })
}

/// A message with its version.
fn message(conversation: ConversationId, answer: ConversationAnswer) -> Result<Reply, Refusal> {
    match answer {
        ConversationAnswer::Message(said) => {
            let tag = entity_tag(&*said);
            Ok(Reply::json(&view(conversation, *said)?).tagged(tag))
        }
        ConversationAnswer::Unexpected => Err(Refusal::changed_meanwhile()),
        _ => Err(Code::Internal.into()),
    }
}

fn view(conversation: ConversationId, said: SaidEvent) -> Result<Message, Code> {
    Message::of(conversation, said).ok_or(Code::NotFound)
}
