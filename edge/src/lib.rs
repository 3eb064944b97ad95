//! The Worker: routes requests to pages and objects. No rule lives here.
//!
//! `routes` answers HTTP, `objects` are the shells of the Durable Objects; both ask `domain` what may be done and
//! `store` to keep it. Nothing that a stranger sends may panic: a panic resets every object of the isolate.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod attempts;
mod calls;
mod client_address;
mod config;
mod durable_database;
mod files;
mod headers;
mod mailer;
mod objects;
mod outbound;
mod problem;
mod routes;
mod session_cookie;
mod surroundings;
mod time_zone;

use std::cell::OnceCell;

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use tower_service::Service as _;
use worker::{Context, Env, HttpRequest, Result, event};

thread_local! {
    /// The routes, with the bindings of this isolate: making them takes longer than most answers.
    static ROUTES: OnceCell<Router> = const { OnceCell::new() };
}

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _context: Context) -> Result<Response<Body>> {
    let mut routes = ROUTES.with(|routes| routes.get_or_init(|| routes::router(env)).clone());
    Ok(routes.call(request).await?)
}
