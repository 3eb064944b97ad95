//! How long a visitor waits, and the words to say so.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::call::{WorkspaceAnswer, WorkspaceCall};
use protocol::{Code, Wait, WaitView, WaitWanted};
use words::Choice;

use super::files::visitor_of;
use super::{Shared, language, reception};
use crate::calls;
use crate::headers::for_any_origin;
use crate::problem::{Refused, json};
use crate::surroundings::now;

/// Tells a visitor, by the token in the header `Authorization`, in the language that the address asks for. Panels ask that are
/// open and in sight while their visitor waits, or while nobody is there (SPEC QU8).
#[worker::send]
pub(super) async fn wait(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let (_, claims) = visitor_of(&shared.env, &headers)?;
        let workspace = claims.workspace;
        let call = WorkspaceCall::Wait(Box::new(WaitWanted { claims }));
        let WorkspaceAnswer::Wait(wait) = calls::workspace(&shared.env, workspace, &call).await? else {
            return Err(Refused::from(Code::Internal));
        };
        let Wait { is_away, before, minutes, hours } = *wait;
        // Outside of their hours nobody is to be waited for, whoever happens to be there.
        let is_open = reception::is_open(hours.as_ref(), now());
        let Choice { language, .. } = language::of_request(query.as_deref(), &headers, "");
        let view = WaitView {
            is_away,
            before: before.filter(|_| is_open),
            minutes: minutes.filter(|_| is_open),
            words: language.wait(),
        };
        Ok(json(StatusCode::OK, &view))
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}
