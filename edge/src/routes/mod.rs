//! Every address there is.

mod agent;
mod body;
mod pages;
mod setup;
mod sockets;
mod visitor;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};
use protocol::limits::BODY_BYTES;
use worker::Env;

use crate::headers;

/// What every route is given.
#[derive(Clone)]
pub(crate) struct Shared {
    /// Bindings and configuration.
    pub(crate) env: Env,
}

/// Builds the routes.
pub(crate) fn router(env: Env) -> Router {
    Router::new()
        .route("/", get(pages::home))
        .route("/healthz", get(pages::health))
        .route("/widget.js", get(pages::loader))
        .route("/widget/{site_key}/frame", get(pages::frame))
        .route("/inbox", get(pages::inbox))
        .route("/inbox/", get(pages::inbox))
        .route("/inbox/{*rest}", get(pages::inbox))
        .route("/api/sites/{site_key}/config", get(visitor::config))
        .route("/api/visitor/session", post(visitor::session))
        .route("/api/visitor/conversations/{id}/socket", get(sockets::visitor_conversation))
        .route("/api/agent/conversations/{id}/socket", get(sockets::agent_conversation))
        .route("/api/agent/workspaces/{id}/socket", get(sockets::feed))
        .route("/api/agent/sign-in", post(agent::sign_in))
        .route("/api/agent/sign-out", post(agent::sign_out))
        .route("/api/agent/me", get(agent::me))
        .route("/api/agent/ticket", post(agent::ticket))
        .route("/api/setup", post(setup::set_up))
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::not_found)
        .layer(from_fn(secure))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .with_state(Shared { env })
}

async fn secure(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() == axum::http::StatusCode::SWITCHING_PROTOCOLS {
        return response;
    }
    headers::secure(response)
}
