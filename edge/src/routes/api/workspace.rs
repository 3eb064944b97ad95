//! The workspace of the key.

use domain::tag_of_workspace;
use protocol::Code;
use protocol::api::{Workspace, WorkspaceChange};
use protocol::call::{KeyReply, KeyRequest, WorkspaceRequest};

use super::exchange::Exchange;
use super::input::Input;
use super::reply::{Refusal, Reply};

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    exchange.checked(Input::no_query).await?;
    reply(&exchange.ask(KeyRequest::Plain(WorkspaceRequest::View)).await?.answer)
}

pub(super) async fn change(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        input.no_query()?;
        let WorkspaceChange { name } = input.body()?;
        domain::name(&name).map_err(|code| Refusal::from(code).about("name"))?;
        Ok(KeyRequest::SetName { name, expected: input.expected() })
    };
    reply(&exchange.ask(exchange.checked(read).await?).await?.answer)
}

fn reply(answer: &KeyReply) -> Result<Reply, Refusal> {
    match answer {
        KeyReply::View(view) => Ok(Reply::json(&Workspace::from(&**view)).tagged(tag_of_workspace(view))),
        KeyReply::Unexpected => Err(Refusal::changed_meanwhile()),
        _ => Err(Code::Internal.into()),
    }
}
