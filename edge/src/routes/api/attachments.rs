//! Files of messages, as they were sent.

use protocol::Code;
use protocol::call::{ConversationAnswer, ConversationRequest, FileRequest};

use super::super::files;
use super::exchange::Exchange;
use super::reply::{Refusal, Reply};

pub(super) async fn download(exchange: &Exchange) -> Result<Reply, Refusal> {
    let acting = exchange.act().await?;
    let conversation = exchange.input().id("conversation")?;
    let file = exchange.input().id("attachment")?;
    exchange.input().no_query()?;
    let request = ConversationRequest::File(FileRequest::Look(file));
    match exchange.ask_conversation(&acting, conversation, request).await? {
        ConversationAnswer::File(file) => {
            Ok(Reply::whole(files::send(exchange.env(), conversation, &file).await?))
        }
        _ => Err(Code::Internal.into()),
    }
}
