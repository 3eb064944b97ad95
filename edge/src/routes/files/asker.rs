//! Who sends a file up or asks for one.

use axum::http::{HeaderMap, header};
use domain::token::{verify, verify_worked};
use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, ConversationRequest, FileRequest, VisitorAsks,
    WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::{Code, ConversationId, VisitorClaims, WorkspaceId};
use worker::Env;

use crate::calls;
use crate::config::token_secret;
use crate::problem::Refused;
use crate::routes::session::as_person;
use crate::surroundings::now;

/// Somebody with a credential, which is looked at with each question: what was right when a long upload began may not be
/// when it ends.
pub(super) struct Asker {
    pub(super) env: Env,
    who: Who,
}

enum Who {
    Visitor { credential: String, claims: Box<VisitorClaims> },
    Agent { headers: HeaderMap, workspace: WorkspaceId },
}

impl Asker {
    /// A visitor, by the token in the header `Authorization`.
    pub(super) fn visitor(env: Env, headers: &HeaderMap) -> Result<Self, Code> {
        let (credential, claims) = visitor_of(&env, headers)?;
        Ok(Self { env, who: Who::Visitor { credential, claims: Box::new(claims) } })
    }

    /// An agent, by the session cookie.
    pub(super) const fn agent(env: Env, headers: HeaderMap, workspace: WorkspaceId) -> Self {
        Self { env, who: Who::Agent { headers, workspace } }
    }

    /// Asks whether a visitor's site still stands: a conversation that has not begun does not know (SPEC SI5).
    pub(super) async fn vouch(&self) -> CallResult<()> {
        let Who::Visitor { claims, .. } = &self.who else { return Ok(()) };
        let VisitorClaims { site, visitor, voucher, .. } = **claims;
        let call = WorkspaceCall::Vouch { site, visitor, voucher };
        calls::workspace(&self.env, claims.workspace, &call).await?;
        Ok(())
    }

    /// Asks a conversation.
    pub(super) async fn ask(
        &self,
        conversation: ConversationId,
        request: FileRequest,
    ) -> Result<ConversationAnswer, Refused> {
        let call = match &self.who {
            Who::Visitor { credential, .. } => {
                let credential = credential.clone();
                ConversationCall::OfVisitor(Box::new(VisitorAsks { credential, request }))
            }
            Who::Agent { headers, workspace } => {
                let answer = as_person(&self.env, headers, *workspace, WorkspaceRequest::View).await?;
                let WorkspaceAnswer::View(view) = answer else { return Err(Code::Internal.into()) };
                ConversationCall::As {
                    workspace: *workspace,
                    agent: view.me,
                    permissions: view.permissions,
                    request: Box::new(ConversationRequest::File(request)),
                }
            }
        };
        Ok(calls::conversation(&self.env, conversation, &call).await?)
    }
}

/// The visitor's token in the header `Authorization`, and what it says.
///
/// # Errors
/// [`Code::Unauthenticated`] without one that is good.
pub(in crate::routes) fn visitor_of(env: &Env, headers: &HeaderMap) -> Result<(String, VisitorClaims), Code> {
    let text = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = text.and_then(|text| text.split_once(' '));
    let bearer = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, credential) = bearer.ok_or(Code::Unauthenticated)?;
    let secret = token_secret(env)?;
    let claims = verify(&secret, credential, now()).or_else(|| verify_worked(&secret, credential, now()));
    Ok((credential.to_owned(), claims.ok_or(Code::Unauthenticated)?))
}
