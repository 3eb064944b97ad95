//! Calls to objects, typed: what is asked and answered stands in `protocol::call`.

use domain::identity::ChatName;
use js_sys::Uint8Array;
use protocol::call::{
    AccountAnswer, AccountCall, CallResult, ConversationAnswer, ConversationCall, MailboxAnswer, MailboxCall,
    RateAnswer, RateCall, VisitsAnswer, VisitsCall, WorkspaceAnswer, WorkspaceCall,
};
use protocol::limits::FURTHER_CONVERSATIONS;
use protocol::{AccountId, Code, ConversationId, Reject, SiteId, VisitorId, WorkspaceId, codec};
use serde::{Deserialize, Serialize};
use worker::{Env, Method, Request, RequestInit, Response, Result, Stub, console_error};

const CONVERSATIONS: &str = "CONVERSATIONS";
const WORKSPACES: &str = "WORKSPACES";
const ACCOUNTS: &str = "ACCOUNTS";
const RATES: &str = "RATES";
const MAILBOXES: &str = "MAILBOXES";
const VISITS: &str = "VISITS";

/// The address of every call; objects look at the body only.
const ADDRESS: &str = "https://object/call";

/// Asks a workspace's object.
pub(crate) async fn workspace(
    env: &Env,
    workspace: WorkspaceId,
    call: &WorkspaceCall,
) -> CallResult<WorkspaceAnswer> {
    ask(workspace_stub(env, workspace)?, call).await
}

/// Asks an account's object, which is named by [`domain::account::Email::account`].
pub(crate) async fn account(env: &Env, account: AccountId, call: &AccountCall) -> CallResult<AccountAnswer> {
    let name = account.to_string();
    let stub = env
        .durable_object(ACCOUNTS)
        .and_then(|namespace| namespace.get_by_name(&name))
        .map_err(unavailable)?;
    ask(stub, call).await
}

/// Asks the object that counts what comes from one part of the network.
pub(crate) async fn rate(env: &Env, name: &str, call: RateCall) -> CallResult<RateAnswer> {
    let stub =
        env.durable_object(RATES).and_then(|namespace| namespace.get_by_name(name)).map_err(unavailable)?;
    ask(stub, &call).await
}

/// Asks the object that knows who is on a site.
pub(crate) async fn visits(
    env: &Env,
    workspace: WorkspaceId,
    site: SiteId,
    call: &VisitsCall,
) -> CallResult<VisitsAnswer> {
    let name = format!("{workspace}/{site}");
    let stub =
        env.durable_object(VISITS).and_then(|namespace| namespace.get_by_name(&name)).map_err(unavailable)?;
    ask(stub, call).await
}

/// Asks a conversation's object.
pub(crate) async fn conversation(
    env: &Env,
    conversation: ConversationId,
    call: &ConversationCall,
) -> CallResult<ConversationAnswer> {
    ask(conversation_stub(env, conversation)?, call).await
}

/// Asks the local mailbox. There is one.
pub(crate) async fn mailbox(env: &Env, call: &MailboxCall) -> CallResult<MailboxAnswer> {
    let stub = env
        .durable_object(MAILBOXES)
        .and_then(|namespace| namespace.get_by_name("mailbox"))
        .map_err(unavailable)?;
    ask(stub, call).await
}

/// The object of a workspace.
pub(crate) fn workspace_stub(env: &Env, workspace: WorkspaceId) -> CallResult<Stub> {
    env.durable_object(WORKSPACES)
        .and_then(|namespace| namespace.get_by_name(&workspace.to_string()))
        .map_err(unavailable)
}

/// The object of a conversation. An id that the platform did not generate is refused without waking anything.
pub(crate) fn conversation_stub(env: &Env, conversation: ConversationId) -> CallResult<Stub> {
    let namespace = env.durable_object(CONVERSATIONS).map_err(unavailable)?;
    let id = namespace.id_from_string(&conversation.to_string()).map_err(|_| Reject::from(Code::NotFound))?;
    id.get_stub().map_err(unavailable)
}

/// A new conversation's id.
pub(crate) fn new_conversation(env: &Env) -> CallResult<ConversationId> {
    let namespace = env.durable_object(CONVERSATIONS).map_err(unavailable)?;
    let id = namespace.unique_id().map_err(unavailable)?;
    id.to_string().parse().map_err(|_| Code::Internal.into())
}

/// The conversation of a person who has proven who they are: the same id for the same visitor.
pub(crate) fn conversation_of(env: &Env, visitor: VisitorId) -> CallResult<ConversationId> {
    conversation_named(env, &visitor.to_string())
}

/// The conversations that a visitor can begin beside their first one, in order: the same ids for the same visitor, so that
/// whose they are takes no look at anything.
pub(crate) fn further_conversations_of(env: &Env, visitor: VisitorId) -> CallResult<Vec<ConversationId>> {
    let name = |number| conversation_named(env, &format!("{visitor}/{number}"));
    (1..=FURTHER_CONVERSATIONS).map(name).collect()
}

/// The conversation of a private chat: the same id for the same name.
pub(crate) fn conversation_of_chat(env: &Env, name: &ChatName) -> CallResult<ConversationId> {
    conversation_named(env, &name.to_string())
}

fn conversation_named(env: &Env, name: &str) -> CallResult<ConversationId> {
    let namespace = env.durable_object(CONVERSATIONS).map_err(unavailable)?;
    let id = namespace.id_from_name(name).map_err(unavailable)?;
    id.to_string().parse().map_err(|_| Code::Internal.into())
}

/// Reads the call that an object was sent; `None` for anything else.
pub(crate) async fn read<C: for<'de> Deserialize<'de>>(request: &mut Request) -> Option<C> {
    codec::from_bytes(&request.bytes().await.ok()?).ok()
}

/// Writes an object's answer.
pub(crate) fn answer<A: Serialize>(answer: &CallResult<A>) -> Result<Response> {
    Response::from_bytes(codec::to_bytes(answer))
}

async fn ask<C: Serialize, A: for<'de> Deserialize<'de>>(stub: Stub, call: &C) -> CallResult<A> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(Uint8Array::from(codec::to_bytes(call).as_slice()).into()));
    let request = Request::new_with_init(ADDRESS, &init).map_err(unavailable)?;
    let mut response = stub.fetch_with_request(request).await.map_err(unavailable)?;
    let bytes = response.bytes().await.map_err(unavailable)?;
    codec::from_bytes::<CallResult<A>>(&bytes).unwrap_or(Err(Code::Unavailable.into()))
}

fn unavailable(error: worker::Error) -> Reject {
    console_error!("call: {}", error.to_string());
    Code::Unavailable.into()
}
