//! Private chats: agents gather. Who is of the workspace, it says; what becomes of the chat, the chat's own object decides.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::identity::{chat_of_group, chat_of_two};
use protocol::call::{ConversationCall, ConversationRequest, Gather, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::private_chat::{
    GroupDraft, PrivateChatAnswer, PrivateChatDraft, PrivateChatMember, PrivateChatName,
};
use protocol::{AgentId, AgentProfile, ChatForm, Circle, Code, ConversationId, Permissions, WorkspaceId};

use super::Shared;
use super::body::{from_inbox, sent};
use super::session::{ask_workspace, nothing};
use crate::calls;
use crate::config::Config;
use crate::problem::{Refused, json};

/// Begins one, or finds the one that two people have.
#[worker::send]
pub(super) async fn begin(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let PrivateChatDraft { with, group } = sent(&shared, &headers, &body)?;
    let workspace: WorkspaceId = workspace.parse().map_err(|_| Code::NotFound)?;
    let secret = Config::read(&shared.env)?.token_secret;
    let Gathered { me, permissions, colleagues } = gathered(&shared, &headers, workspace, with).await?;
    let (name, form) = match (group, colleagues.as_slice()) {
        (None, [other]) => (chat_of_two(&secret, workspace, me.id, other.id), ChatForm::Pair),
        (None, _) => return Err(Code::BadField.into()),
        (Some(GroupDraft { name, nonce }), _) => {
            let form = ChatForm::Group { name: domain::name(&name)? };
            (chat_of_group(&secret, workspace, me.id, nonce), form)
        }
    };
    let members = [vec![me.clone()], colleagues].concat();
    let conversation = calls::conversation_of_chat(&shared.env, &name)?;
    let begin = Gather::Begin(Circle { form, members });
    gather(&shared, workspace, conversation, (me, permissions), begin).await?;
    Ok(json(StatusCode::OK, &PrivateChatAnswer { conversation }))
}

/// Adds somebody to a group.
#[worker::send]
pub(super) async fn add(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let PrivateChatMember { agent } = sent(&shared, &headers, &body)?;
    let (workspace, id) = ids(&workspace, &id)?;
    let Gathered { me, permissions, colleagues } =
        gathered(&shared, &headers, workspace, vec![agent]).await?;
    let who = colleagues.into_iter().next().ok_or(Code::Internal)?;
    gather(&shared, workspace, id, (me, permissions), Gather::Add(who)).await
}

/// Gives a group another name.
#[worker::send]
pub(super) async fn rename(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let PrivateChatName { name } = sent(&shared, &headers, &body)?;
    let (workspace, id) = ids(&workspace, &id)?;
    let Gathered { me, permissions, .. } = gathered(&shared, &headers, workspace, Vec::new()).await?;
    gather(&shared, workspace, id, (me, permissions), Gather::Rename(name)).await
}

/// Leaves a group.
#[worker::send]
pub(super) async fn leave(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let (workspace, id) = ids(&workspace, &id)?;
    let Gathered { me, permissions, .. } = gathered(&shared, &headers, workspace, Vec::new()).await?;
    gather(&shared, workspace, id, (me, permissions), Gather::Leave).await
}

/// Who asks, and those whom they asked for, as the workspace knows them at this moment.
struct Gathered {
    me: AgentProfile,
    permissions: Permissions,
    colleagues: Vec<AgentProfile>,
}

async fn gathered(
    shared: &Shared,
    headers: &HeaderMap,
    workspace: WorkspaceId,
    wanted: Vec<AgentId>,
) -> Result<Gathered, Refused> {
    let request = WorkspaceRequest::Colleagues(wanted);
    let answer = ask_workspace(shared, headers, workspace, request).await?;
    let WorkspaceAnswer::Colleagues { me, permissions, colleagues } = answer else {
        return Err(Code::Internal.into());
    };
    Ok(Gathered { me, permissions, colleagues })
}

async fn gather(
    shared: &Shared,
    workspace: WorkspaceId,
    conversation: ConversationId,
    (agent, permissions): (AgentProfile, Permissions),
    gather: Gather,
) -> Result<Response, Refused> {
    let request = ConversationRequest::Gather(gather);
    let call = ConversationCall::As { workspace, agent, permissions, request: Box::new(request) };
    calls::conversation(&shared.env, conversation, &call).await?;
    Ok(nothing(StatusCode::NO_CONTENT))
}

fn ids(workspace: &str, id: &str) -> Result<(WorkspaceId, ConversationId), Code> {
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    Ok((workspace, id.parse().map_err(|_| Code::NotFound)?))
}
