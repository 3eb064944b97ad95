//! The contacts of the workspace.

use protocol::api::{Contact, List, ListQuery, Order, Place};
use protocol::call::{ContactsWanted, ConversationsWanted, KeyReply, KeyRequest};
use protocol::{Code, ContactPosition, VisitorId};

use super::conversations;
use super::exchange::Exchange;
use super::input::{Input, place};
use super::reply::{Refusal, Reply};

pub(super) async fn list(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let ListQuery { limit, cursor, order } = input.query()?;
        let after = place(cursor.as_deref(), |place| match place {
            Place::Contact(last_seen_at, visitor) => Some(ContactPosition { last_seen_at, visitor }),
            Place::Conversation(_) | Place::Message(_) | Place::Agent(_) | Place::Site(_) => None,
        })?;
        let newest_first = order != Some(Order::Asc);
        Ok((limit, ContactsWanted { after, newest_first, limit: limit.and_one_more() }))
    };
    let (limit, wanted) = exchange.checked(read).await?;
    let KeyReply::Contacts(contacts) = exchange.ask(KeyRequest::Contacts(wanted)).await?.answer else {
        return Err(Code::Internal.into());
    };
    let place = |contact: &protocol::Contact| Place::Contact(contact.last_seen_at, contact.visitor);
    Ok(Reply::json(&List::of(contacts, limit, place, Contact::from)))
}

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let visitor: VisitorId = input.id("contact")?;
        input.no_query().map(|()| visitor)
    };
    let visitor = exchange.checked(read).await?;
    match exchange.ask(KeyRequest::Contact(visitor)).await?.answer {
        KeyReply::Contact(contact) => Ok(Reply::json(&Contact::from(*contact))),
        _ => Err(Code::Internal.into()),
    }
}

pub(super) async fn conversations(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let visitor: VisitorId = input.id("contact")?;
        let ListQuery { limit, cursor, order } = input.query()?;
        let wanted = conversations::wanted(limit, cursor.as_deref(), order)?;
        Ok((limit, ConversationsWanted { visitor: Some(visitor), ..wanted }))
    };
    let (limit, wanted) = exchange.checked(read).await?;
    conversations::page(limit, exchange.ask(KeyRequest::ConversationsOf(wanted)).await?.answer)
}
