//! Contacts: looked for, looked at, and taken out as a file.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use domain::workspace::{contact_columns, contact_line};
use futures_util::stream::try_unfold;
use protocol::call::{Actor, ContactsExport, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::contact::{ContactFilter, ContactQuery};
use protocol::{Code, Reject, VisitorId, WorkspaceId};
use worker::Env;

use super::Shared;
use super::body::sent;
use super::session::actor;
use super::workspace::{ask, ask_about};
use crate::calls;
use crate::problem::Refused;

/// A page of those who fit. What is looked for comes in the body, since an address is written into logs.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let query: ContactQuery = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, &workspace, WorkspaceRequest::Contacts(query)).await
}

/// One of them, with their conversations.
#[worker::send]
pub(super) async fn look(
    State(shared): State<Shared>,
    Path((workspace, contact)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    ask_about(&shared, &headers, &workspace, &contact, WorkspaceRequest::Contact).await
}

/// Those who fit as a file, written while it is sent: neither the Worker nor the workspace ever holds all of it (SPEC WS53).
#[worker::send]
pub(super) async fn export(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let filter: ContactFilter = sent(&shared, &headers, &body)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let actor = actor(&shared.env, &headers, workspace).await?;
    let source = Source { env: shared.env, workspace, actor, filter };
    // Whatever is refused is refused before the first byte.
    let first = source.read(None).await?;
    let pieces = try_unfold((source, Step::First(first)), |(source, step)| async {
        let (head, piece) = match step {
            Step::First(piece) => (contact_columns(), piece),
            Step::After(last) => (String::new(), source.read(Some(last)).await.map_err(broken_off)?),
            Step::End => return Ok::<_, worker::Error>(None),
        };
        let next = piece.next.map_or(Step::End, Step::After);
        Ok(Some((format!("{head}{}", lines(&piece)).into_bytes(), (source, next))))
    });
    let mut response: Response = worker::Response::from_stream(pieces)?.into();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"contacts.csv\""),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// How far the file is.
enum Step {
    /// Its first piece was read.
    First(ContactsExport),
    /// It goes on after somebody.
    After(VisitorId),
    /// It is whole.
    End,
}

/// Where the pieces of the file come from.
struct Source {
    env: Env,
    workspace: WorkspaceId,
    actor: Actor,
    filter: ContactFilter,
}

impl Source {
    /// Asks for a piece, for which the workspace looks up anew whether who asks may have it.
    async fn read(&self, after: Option<VisitorId>) -> Result<ContactsExport, Reject> {
        let request = WorkspaceRequest::ExportContacts(self.filter.clone(), after);
        let call = WorkspaceCall::As { actor: self.actor.clone(), request };
        match calls::workspace(&self.env, self.workspace, &call).await? {
            WorkspaceAnswer::ContactsExport(piece) => Ok(piece),
            _ => Err(Code::Internal.into()),
        }
    }
}

fn lines(ContactsExport { contacts, sites, .. }: &ContactsExport) -> String {
    let name = |site| sites.iter().find(|(known, _)| *known == site).map_or("", |(_, name)| name.as_str());
    contacts.iter().map(|contact| contact_line(contact, name(contact.site))).collect()
}

/// Ends the answer without its end, so that no browser takes the file for whole.
fn broken_off(reject: Reject) -> worker::Error {
    worker::Error::RustError(format!("a file of contacts broke off: {:?}", reject.code))
}
