//! The sites of the workspace.

use domain::workspace::bad_field;
use domain::{entity_tag, idempotency};
use protocol::api::{List, ListQuery, Operation, Place, Prefixed, ProblemCode, Site, SiteDraft};
use protocol::call::{KeyReply, KeyRequest, WorkspaceRequest};
use protocol::http::site::{SiteChange, SiteSettings, SiteView};
use protocol::{Code, SiteId};

use super::exchange::Exchange;
use super::input::{Input, page_of, place};
use super::reply::{Refusal, Reply};

pub(super) async fn list(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let query: ListQuery = input.query()?;
        let after = place(query.cursor.as_deref(), |place| match place {
            Place::Site(site) => Some(site),
            Place::Conversation(_) | Place::Message(_) | Place::Contact(..) | Place::Agent(_) => None,
        })?;
        Ok((query, after))
    };
    let (query, after) = exchange.checked(read).await?;
    let page = page_of(all(exchange).await?, &query, after, |site| site.id);
    Ok(Reply::json(&List::of(page, query.limit, |site| Place::Site(site.id), Site::from)))
}

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let id = exchange.checked(site_alone).await?;
    let found = all(exchange).await?.into_iter().find(|site| site.id == id);
    Ok(reply(found.ok_or(ProblemCode::NotFound)?))
}

pub(super) async fn make(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        input.no_query()?;
        let settings: SiteSettings = input.body::<SiteDraft>()?.into();
        check(&SiteChange::to(&settings))?;
        Ok(once(input.idempotency_key()?, WorkspaceRequest::MakeSite(settings)))
    };
    let answer = exchange.ask(exchange.checked(read).await?).await?.answer;
    made(answer)
}

pub(super) async fn change(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let site = site_alone(input)?;
        let change: SiteChange = input.body()?;
        check(&change)?;
        Ok(KeyRequest::ChangeSite { site, change, expected: input.expected() })
    };
    match exchange.ask(exchange.checked(read).await?).await?.answer {
        KeyReply::Site(site) => Ok(reply(*site)),
        KeyReply::Unexpected => Err(Refusal::changed_meanwhile()),
        _ => Err(Code::Internal.into()),
    }
}

pub(super) async fn remove(exchange: &Exchange) -> Result<Reply, Refusal> {
    let site = exchange.checked(site_alone).await?;
    match exchange.ask(KeyRequest::Plain(WorkspaceRequest::RemoveSite(site))).await?.answer {
        KeyReply::Done => Ok(Reply::nothing()),
        _ => Err(Code::Internal.into()),
    }
}

pub(super) async fn rotate_key(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let site = site_alone(input)?;
        Ok(once(input.idempotency_key()?, WorkspaceRequest::RotateSiteKey(site)))
    };
    let answer = exchange.ask(exchange.checked(read).await?).await?.answer;
    made(answer)
}

/// A request that is done once however often it comes, if its sender says which it is.
fn once(idempotency_key: Option<&str>, request: WorkspaceRequest) -> KeyRequest {
    match idempotency_key {
        Some(text) => KeyRequest::Once { name: idempotency::name(text), request },
        None => KeyRequest::Plain(request),
    }
}

/// The site of the path, where nothing else is asked.
fn site_alone(input: &Input) -> Result<SiteId, Refusal> {
    let site = input.id("site")?;
    input.no_query().map(|()| site)
}

fn check(change: &SiteChange) -> Result<(), Refusal> {
    bad_field(change).map_or(Ok(()), |field| Err(Refusal::of_param(field)))
}

async fn all(exchange: &Exchange) -> Result<Vec<SiteView>, Refusal> {
    match exchange.ask(KeyRequest::Plain(WorkspaceRequest::Sites)).await?.answer {
        KeyReply::Sites(list) => Ok(list.sites),
        _ => Err(Code::Internal.into()),
    }
}

fn reply(site: SiteView) -> Reply {
    let tag = entity_tag(&site);
    Reply::json(&Site::from(site)).tagged(tag)
}

/// A site that was made, or given a key, now or before.
fn made(answer: KeyReply) -> Result<Reply, Refusal> {
    let (site, is_replayed) = match answer {
        KeyReply::Site(site) => (site, false),
        KeyReply::SiteAgain(site) => (site, true),
        _ => return Err(Code::Internal.into()),
    };
    let location = format!("{}/sites/{}", Operation::BASE, Prefixed(site.id));
    Ok(reply(*site).at(location).replayed(is_replayed))
}
