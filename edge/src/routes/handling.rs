//! Steps for many conversations at once, which the agent need not have open: each conversation decides for itself.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use protocol::call::{ConversationCall, ConversationRequest, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::Problem;
use protocol::http::handling::{HandlingRound, RoundAnswer, RoundStep};
use protocol::http::workspace::WorkspaceView;
use protocol::{Code, OutboxId, Reject, Submission, WorkspaceId, limits};
use worker::Env;

use super::Shared;
use super::body::sent;
use super::session::ask_workspace;
use crate::calls;
use crate::problem::{Refused, json};

/// Conversations that are asked at the same time: as many calls as a Worker may have open.
const AT_ONCE: usize = 6;

/// Takes the steps.
#[worker::send]
pub(super) async fn take(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let HandlingRound { steps } = sent(&shared, &headers, &body)?;
    if steps.len() > limits::ROUND_STEPS {
        return Err(Code::TooLarge.into());
    }
    let workspace: WorkspaceId = workspace.parse().map_err(|_| Code::NotFound)?;
    let answer = ask_workspace(&shared, &headers, workspace, WorkspaceRequest::View).await?;
    let WorkspaceAnswer::View(view) = answer else { return Err(Code::Internal.into()) };
    let mut of_each = BTreeMap::<_, Vec<(usize, RoundStep)>>::new();
    for (place, step) in steps.into_iter().enumerate() {
        of_each.entry(step.conversation).or_default().push((place, step));
    }
    let (env, view) = (&shared.env, &*view);
    let taken = of_each.into_values().map(|steps| async move {
        let mut taken = Vec::new();
        for (place, step) in steps {
            taken.push((place, take_one(env, view, step).await));
        }
        taken
    });
    let taken: Vec<Vec<_>> = stream::iter(taken).buffer_unordered(AT_ONCE).collect().await;
    let by_place: BTreeMap<usize, Option<Problem>> = taken.into_iter().flatten().collect();
    Ok(json(StatusCode::OK, &RoundAnswer { refused: by_place.into_values().collect() }))
}

/// Takes one step, which is the only one of its outbox: the order is kept by waiting for the answer.
async fn take_one(env: &Env, view: &WorkspaceView, step: RoundStep) -> Option<Problem> {
    let RoundStep { conversation, client_message_id, step } = step;
    let outbox = OutboxId::from_bytes(*client_message_id.as_bytes());
    let submission = Submission { client_message_id, outbox, number: 1, command: step.into() };
    let call = ConversationCall::As {
        workspace: view.id,
        agent: view.me.clone(),
        permissions: view.permissions,
        request: Box::new(ConversationRequest::Submit(submission)),
    };
    let refused = calls::conversation(env, conversation, &call).await.err();
    refused.map(|Reject { code, retry_after }| Problem { code, retry_after })
}
