//! The document of the API, for programs and for people. Both are made with the other built files.

use axum::extract::State;
use axum::response::Response;

use super::super::{Shared, pages};
use crate::headers;
use crate::problem::Refused;

/// The OpenAPI document. Any page may read it: it says nothing that this page does not.
#[worker::send]
pub(in super::super) async fn open_api(State(shared): State<Shared>) -> Result<Response, Refused> {
    Ok(headers::document(pages::file(&shared, "/build/api/openapi.json").await?))
}

/// The same as a page.
#[worker::send]
pub(in super::super) async fn page(State(shared): State<Shared>) -> Result<Response, Refused> {
    Ok(headers::manual(pages::file(&shared, "/build/api/index.html").await?))
}
