//! The end of an account.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::account::{Email, is_fresh};
use protocol::call::{AccountRequest, Actor, Person, WorkspaceCall, WorkspaceRequest};
use protocol::http::account::AccountDeletion;
use protocol::{Code, Reject};

use super::ask;
use crate::calls;
use crate::problem::Refused;
use crate::routes::Shared;
use crate::routes::body::sent;
use crate::routes::session::{person, signed_out};
use crate::surroundings::now;

/// Deletes the account of the session. Whoever owns a workspace is refused before anything has changed. The person leaves
/// each workspace first, which closes what they have open there; what breaks off in between is gone on with by asking again.
#[worker::send]
pub(in crate::routes) async fn delete(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let AccountDeletion { email } = sent(&shared, &headers, &body)?;
    let Person { email: own, session, proof, memberships, has_second_factor, used_second_factor, .. } =
        person(&shared.env, &headers).await?;
    let is_proven = is_fresh(proof, now());
    if !is_proven {
        return Err(Code::ProofRequired.into());
    }
    if Email::parse(&email)?.as_str() != own {
        return Err(Code::BadField.into());
    }
    for request in [WorkspaceRequest::MayLeave, WorkspaceRequest::LeaveForGood] {
        for membership in &memberships {
            let actor =
                Actor { agent: membership.agent, session, is_proven, has_second_factor, used_second_factor };
            let call = WorkspaceCall::As { actor, request: request.clone() };
            match calls::workspace(&shared.env, membership.workspace.id, &call).await {
                // Where they do not belong any more, nobody has to be left.
                Ok(_) | Err(Reject { code: Code::NotFound, .. }) => {}
                Err(refused) => return Err(refused.into()),
            }
        }
    }
    let left = memberships.iter().map(|membership| membership.agent).collect();
    ask(&shared, &headers, AccountRequest::Delete { left }).await?;
    Ok(signed_out())
}
