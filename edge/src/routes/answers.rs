//! What visitors answer before their first message: judged here, where the site's questions are known, kept with the
//! conversation, and read by agents.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::workspace::{chosen_team, judged};
use protocol::call::{
    ConversationAnswer, ConversationCall, ConversationRequest, KeptAnswers, VisitorAnswers, WorkspaceAnswer,
    WorkspaceRequest,
};
use protocol::http::question::{Answers, AnswersVerdict, AnswersView};
use protocol::{Code, SiteKey};

use super::body::parse;
use super::files::{conversation, told_to_people, visitor_of, workspace_id};
use super::session::as_person;
use super::{Shared, visitor};
use crate::calls;
use crate::headers::for_any_origin;
use crate::problem::{Refused, json};

/// Takes a visitor's answers, by the token in the header `Authorization`, and says what is wrong with them.
#[worker::send]
pub(super) async fn answer(
    State(shared): State<Shared>,
    Path((key, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = async {
        let Answers { answers } = parse(&body)?;
        let (credential, claims) = visitor_of(&shared.env, &headers)?;
        let id = conversation(&id)?;
        let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
        let site = visitor::site(&shared.env, key).await?;
        // What another site asks is not for this visitor to answer.
        if (site.workspace, site.id) != (claims.workspace, claims.site) {
            return Err(Refused::from(Code::NotFound));
        }
        let answers = match judged(&site.reception.questions, &answers) {
            Ok(answers) => answers,
            Err(Some(faults)) => return Ok(json(StatusCode::OK, &AnswersVerdict { faults })),
            Err(None) => return Err(Code::BadField.into()),
        };
        let team = chosen_team(&site.reception.departments, &answers);
        let answers = KeptAnswers { team, answers, opening: None };
        let call = ConversationCall::Answered(Box::new(VisitorAnswers { credential, answers }));
        calls::conversation(&shared.env, id, &call).await?;
        Ok(json(StatusCode::OK, &AnswersVerdict { faults: Vec::new() }))
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

/// Tells an agent what was answered.
#[worker::send]
pub(super) async fn read(
    State(shared): State<Shared>,
    Path((workspace, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let ids = workspace_id(&workspace).and_then(|workspace| Ok((workspace, conversation(&id)?)));
    let (workspace, id) = told_to_people(&shared, &headers, ids).await?;
    let answer = as_person(&shared.env, &headers, workspace, WorkspaceRequest::View).await?;
    let WorkspaceAnswer::View(view) = answer else { return Err(Code::Internal.into()) };
    let request = ConversationRequest::Answers;
    let call = ConversationCall::As {
        workspace,
        agent: view.me,
        permissions: view.permissions,
        request: Box::new(request),
    };
    match calls::conversation(&shared.env, id, &call).await? {
        ConversationAnswer::Beginning(view) => Ok(json(StatusCode::OK, &view)),
        // An object of the version before.
        ConversationAnswer::Answers(answers) => {
            Ok(json(StatusCode::OK, &AnswersView { answers, opening: None }))
        }
        _ => Err(Code::Internal.into()),
    }
}
