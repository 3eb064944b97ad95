//! Reports of the workspace.

use protocol::Code;
use protocol::api::{Report, ReportWanted};
use protocol::call::{KeyReply, KeyRequest, WorkspaceRequest};

use super::exchange::Exchange;
use super::input::Input;
use super::reply::{Refusal, Reply};
use crate::surroundings::now;

pub(super) async fn show(exchange: &Exchange) -> Result<Reply, Refusal> {
    let read = |input: &Input| {
        let query = input.query::<ReportWanted>()?.at(now());
        query.check().map_err(|code| Refusal::from(code).about("first_day"))?;
        Ok(query)
    };
    let query = exchange.checked(read).await?;
    let request = KeyRequest::Plain(WorkspaceRequest::Report(Box::new(query)));
    match exchange.ask(request).await?.answer {
        KeyReply::Report(report) => Ok(Reply::json(&Report::from(*report))),
        _ => Err(Code::Internal.into()),
    }
}
