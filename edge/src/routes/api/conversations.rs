//! The conversations of the workspace.

use domain::entity_tag;
use protocol::api::{
    Conversation, ConversationChange, ConversationsQuery, Limit, List, Order, Place, Prefixed,
};
use protocol::call::{ConversationAnswer, ConversationRequest, ConversationsWanted, KeyReply, KeyRequest};
use protocol::{ClientMessageId, Code, IndexEntry, IndexPosition};

use super::exchange::Exchange;
use super::input::{Input, place};
use super::reply::{Refusal, Reply};
use crate::surroundings::random;

pub(super) async fn list(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let ConversationsQuery { limit, cursor, order, status, site, contact } = input.query()?;
        let wanted = ConversationsWanted {
            status,
            site: site.map(|Prefixed(site)| site),
            visitor: contact.map(|Prefixed(visitor)| visitor),
            ..wanted(limit, cursor.as_deref(), order)?
        };
        Ok((limit, KeyRequest::Conversations(wanted)))
    };
    let (limit, request) = exchange.checked(read).await?;
    page(limit, exchange.ask(request).await?.answer)
}

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let conversation = exchange.input().id("conversation")?;
    exchange.input().no_query()?;
    reply(exchange.ask_conversation(&acting, conversation, ConversationRequest::View).await?)
}

pub(super) async fn change(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let input = exchange.input();
    let conversation = input.id("conversation")?;
    input.no_query()?;
    let ConversationChange { status } = input.body()?;
    let client_message_id = ClientMessageId::from_bytes(random()?);
    let expected = input.expected();
    let request = ConversationRequest::SetStatus { status, client_message_id, expected };
    reply(exchange.ask_conversation(&acting, conversation, request).await?)
}

/// What a page of conversations is asked with.
pub(super) fn wanted(
    limit: Limit,
    cursor: Option<&str>,
    order: Option<Order>,
) -> Result<ConversationsWanted, Refusal> {
    let after: Option<IndexPosition> = place(cursor, |place| match place {
        Place::Conversation(position) => Some(position),
        Place::Message(_) | Place::Contact(..) | Place::Agent(_) | Place::Site(_) => None,
    })?;
    Ok(ConversationsWanted {
        after,
        newest_first: order != Some(Order::Asc),
        limit: limit.and_one_more(),
        status: None,
        site: None,
        visitor: None,
    })
}

/// A page of conversations.
pub(super) fn page(limit: Limit, answer: KeyReply) -> Result<Reply, Refusal> {
    let KeyReply::Conversations(entries) = answer else { return Err(Code::Internal.into()) };
    let place = |entry: &IndexEntry| Place::Conversation(entry.position());
    Ok(Reply::json(&List::of(entries, limit, place, Conversation::from)))
}

fn reply(answer: ConversationAnswer) -> Result<Reply, Refusal> {
    match answer {
        ConversationAnswer::View(digest) => {
            let tag = entity_tag(&digest);
            Ok(Reply::json(&Conversation::from(digest.entry)).tagged(tag))
        }
        ConversationAnswer::Unexpected => Err(Refusal::changed_meanwhile()),
        _ => Err(Code::Internal.into()),
    }
}
