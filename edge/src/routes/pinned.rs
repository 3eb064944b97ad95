//! The script of pages that state its hash (SPEC AC40): in one piece, and for ever the same under its address.
//!
//! A deployment brings its own version only. So one is put aside before its address is told to anybody, and served from there
//! once a later deployment has another.

use core::cell::Cell;

use axum::body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::Code;
use protocol::http::pinned::PinnedScript;

use super::Shared;
use super::pages::{file, file_if_there};
use crate::problem::Refused;
use crate::{files, headers};

thread_local! {
    /// Whether this deployment's version was seen among those that were put aside, by this isolate.
    static IS_KEPT: Cell<bool> = const { Cell::new(false) };
}

/// The version of this deployment, and its hash.
#[worker::send]
pub(super) async fn newest(State(shared): State<Shared>) -> Result<Response, Refused> {
    let told = body::to_bytes(file(&shared, "/build/loader/pinned.json").await?.into_body(), usize::MAX)
        .await
        .map_err(|_| Code::Unavailable)?;
    if !IS_KEPT.get() {
        let script: PinnedScript = serde_json::from_slice(&told).map_err(|_| Code::Internal)?;
        keep(&shared, PinnedScript::name(&script.path).ok_or(Code::Internal)?).await?;
        IS_KEPT.set(true);
    }
    Ok(headers::document(told.into_response()))
}

/// One version: this deployment's, or an earlier one's that was told to somebody.
#[worker::send]
pub(super) async fn version(
    State(shared): State<Shared>,
    Path(name): Path<String>,
) -> Result<Response, Refused> {
    if !PinnedScript::is_name(&name) {
        return Err(Code::NotFound.into());
    }
    if let Some(own) = file_if_there(&shared, &built(&name)).await? {
        return Ok(headers::pinned(own));
    }
    let earlier = files::get_script(&shared.env, &name).await?.ok_or(Code::NotFound)?;
    let kind = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    Ok(headers::pinned((kind, earlier).into_response()))
}

/// Puts this deployment's version aside, unless it is there.
async fn keep(shared: &Shared, name: &str) -> Result<(), Refused> {
    if files::has_script(&shared.env, name).await? {
        return Ok(());
    }
    let script = file(shared, &built(name)).await?.into_body();
    let script = body::to_bytes(script, usize::MAX).await.map_err(|_| Code::Unavailable)?;
    Ok(files::put_script(&shared.env, name, script.into()).await?)
}

fn built(name: &str) -> String {
    format!("/build/loader/pinned-{name}.js")
}
