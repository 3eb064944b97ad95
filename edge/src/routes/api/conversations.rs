//! The conversations of the workspace.

use domain::identity::{said_by_server, visitor_of};
use domain::{entity_tag, idempotency};
use protocol::api::{
    ContactDraft, Conversation, ConversationChange, ConversationDraft, ConversationsQuery, Limit, List,
    Operation, Order, Place, Prefixed,
};
use protocol::call::{
    ConversationAnswer, ConversationRequest, ConversationsWanted, KeyReply, KeyRequest, Reach,
};
use protocol::{ClientMessageId, Code, ConversationDigest, IndexEntry, IndexPosition, MessageText};

use super::exchange::Exchange;
use super::input::{Input, place};
use super::reply::{Refusal, Reply};
use crate::calls;
use crate::config::name_secret;
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

pub(super) async fn make(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        input.no_query()?;
        let ConversationDraft { site_id: Prefixed(site), contact, text } = input.body()?;
        let ContactDraft { external_id: user, name, email } = contact;
        let who = said_by_server(&user, name.as_deref(), email.as_deref())
            .map_err(|field| Refusal::of_param(format!("contact.{field}")))?;
        let text = MessageText::parse(&text).map_err(|code| Refusal::from(code).about("text"))?;
        Ok((site, user, who, text, input.idempotency_key()?.map(str::to_owned)))
    };
    let (site, user, who, text, idempotency_key) = exchange.checked(read).await?;
    let acting = exchange.act_on(site).await.map_err(|refusal| refusal.about("site_id"))?;
    let visitor = visitor_of(&name_secret(exchange.env())?, acting.workspace, site, &user);
    let conversation = calls::conversation_of(exchange.env(), visitor)?;
    let client_message_id = match idempotency_key {
        Some(key) => idempotency::client_message_id(acting.key, &key),
        None => ClientMessageId::from_bytes(random()?),
    };
    let reach = Reach { site, visitor, who, text, client_message_id };
    let request = ConversationRequest::Reach(Box::new(reach));
    match exchange.ask_conversation(&acting, conversation, request).await? {
        ConversationAnswer::Reached { digest, duplicate } => {
            let location = format!("{}/conversations/{}", Operation::BASE, Prefixed(conversation));
            Ok(shown(*digest).at(location).replayed(duplicate))
        }
        _ => Err(Code::Internal.into()),
    }
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
    let request = ConversationRequest::SetStatus { status: status.into(), client_message_id, expected };
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
        ConversationAnswer::View(digest) => Ok(shown(*digest)),
        ConversationAnswer::Unexpected => Err(Refusal::changed_meanwhile()),
        _ => Err(Code::Internal.into()),
    }
}

/// A conversation with its version.
fn shown(digest: ConversationDigest) -> Reply {
    let tag = entity_tag(&digest);
    Reply::json(&Conversation::from(digest.entry)).tagged(tag)
}
