//! The people of the workspace.

use protocol::api::{Agent, List, ListQuery, Place, ProblemCode};
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
    Ok(Reply::json(&Agent::from(found.ok_or(ProblemCode::NotFound)?)))
}

async fn all(exchange: &Exchange) -> Result<Vec<AgentView>, Refusal> {
    match exchange.ask(KeyRequest::Plain(WorkspaceRequest::People)).await?.answer {
        KeyReply::People(people) => Ok(people.agents),
        _ => Err(Code::Internal.into()),
    }
}
