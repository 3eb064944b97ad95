//! The people of the workspace.

use domain::entity_tag;
use protocol::api::{Agent, AgentChange, GivenRole, List, ListQuery, Place, ProblemCode};
use protocol::call::{KeyReply, KeyRequest, WorkspaceRequest};
use protocol::http::workspace::AgentView;
use protocol::{AgentId, Code};

use super::exchange::Exchange;
use super::input::{Input, page_of, place};
use super::reply::{Refusal, Reply};

pub(super) async fn list(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let query: ListQuery = input.query()?;
        let after = place(query.cursor.as_deref(), |place| match place {
            Place::Agent(agent) => Some(agent),
            Place::Conversation(_) | Place::Message(_) | Place::Contact(..) | Place::Site(_) => None,
        })?;
        Ok((query, after))
    };
    let (query, after) = exchange.checked(read).await?;
    let agents = all(exchange).await?;
    let page = page_of(agents, &query, after, |view| view.agent.id);
    Ok(Reply::json(&List::of(page, query.limit, |view| Place::Agent(view.agent.id), Agent::from)))
}

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let id: AgentId = input.id("agent")?;
        input.no_query().map(|()| id)
    };
    let id = exchange.checked(read).await?;
    let found = all(exchange).await?.into_iter().find(|view| view.agent.id == id);
    Ok(reply(found.ok_or(ProblemCode::NotFound)?))
}

pub(super) async fn change(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let agent = input.id("agent")?;
        input.no_query()?;
        let AgentChange { role: GivenRole(role) } = input.body()?;
        Ok(KeyRequest::SetRole { agent, role, expected: input.expected() })
    };
    let request = exchange.checked(read).await?;
    let answered = exchange.ask(request).await.map_err(|refusal| refusal.about("role"))?;
    match answered.answer {
        KeyReply::Agent(view) => Ok(reply(*view)),
        KeyReply::Unexpected => Err(Refusal::changed_meanwhile()),
        _ => Err(Code::Internal.into()),
    }
}

pub(super) async fn remove(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let agent: AgentId = input.id("agent")?;
        input.no_query().map(|()| agent)
    };
    let agent = exchange.checked(read).await?;
    match exchange.ask(KeyRequest::Plain(WorkspaceRequest::Remove(agent))).await?.answer {
        KeyReply::Done => Ok(Reply::nothing()),
        _ => Err(Code::Internal.into()),
    }
}

fn reply(view: AgentView) -> Reply {
    let tag = entity_tag(&view);
    Reply::json(&Agent::from(view)).tagged(tag)
}

async fn all(exchange: &Exchange) -> Result<Vec<AgentView>, Refusal> {
    match exchange.ask(KeyRequest::Plain(WorkspaceRequest::People)).await?.answer {
        KeyReply::People(people) => Ok(people.agents),
        _ => Err(Code::Internal.into()),
    }
}
