//! What is asked of every request before a route sees it, so that floods and guesses wake no object.
//!
//! First filters only: both forget and differ from machine to machine. The exact limits are counted in the objects.

use std::cell::{Cell, RefCell};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::account::NetworkPrefix;
use domain::guesses::Guesses;
use protocol::{Code, Reject, Timestamp};
use worker::{Env, console_warn};

use super::Shared;
use crate::config::name_secret;
use crate::problem::Refused;
use crate::surroundings::now;
use crate::{client_address, headers};

/// The platform's limiter, where the deployment has one (`wrangler.toml`).
const LIMITER: &str = "FRONT_LIMITER";

/// Milliseconds over which the limiter counts.
const LIMITER_MS: u32 = 60_000;

/// Where things are asked for by a name that can be guessed, and without a session.
const BY_NAME: [&str; 6] = [
    "/api/agent/conversations/",
    "/api/agent/workspaces/",
    "/api/sites/",
    "/api/visitor/conversations/",
    "/chat/",
    "/widget/",
];

/// Milliseconds between two lines of the log about what is refused here: a flood of requests is none of lines.
const LINE_EVERY_MS: u64 = 1_000;

thread_local! {
    static GUESSES: RefCell<Guesses<NetworkPrefix>> = RefCell::default();
    /// When the last line was written, and how many were refused since.
    static SILENT: Cell<(Timestamp, u32)> = const { Cell::new((Timestamp(0), 0)) };
}

/// Refuses whoever asks for too much, or for too many things that do not exist (SPEC AC10, AC11).
#[worker::send]
pub(super) async fn filter(State(Shared { env }): State<Shared>, request: Request, next: Next) -> Response {
    let Some(prefix) = client_address::prefix(&env, request.headers()) else {
        return next.run(request).await;
    };
    let is_by_name = BY_NAME.iter().any(|path| request.uri().path().starts_with(path));
    if is_by_name && let Err(reject) = GUESSES.with_borrow(|guesses| guesses.allow(prefix, now())) {
        note("names that do not exist");
        return refuse(reject);
    }
    if is_flood(&env, prefix).await {
        note("requests");
        return refuse(Reject { code: Code::RateLimited, retry_after: Some(LIMITER_MS) });
    }
    let response = next.run(request).await;
    if is_by_name && response.status() == StatusCode::NOT_FOUND {
        GUESSES.with_borrow_mut(|guesses| guesses.note(prefix, now()));
    }
    response
}

/// Tells who watches the log of what there was too much, and not of whom.
fn note(of_what: &str) {
    let now = now();
    let (last, silent) = SILENT.get();
    if now.since(last) < LINE_EVERY_MS {
        SILENT.set((last, silent.saturating_add(1)));
        return;
    }
    SILENT.set((now, 0));
    console_warn!("refused: too many {}, and {} requests before without a line", of_what, silent);
}

/// A page may read why, as with every refusal that the loader meets (SPEC WG3).
fn refuse(reject: Reject) -> Response {
    headers::for_any_origin(Refused::from(reject).into_response())
}

/// Whether the platform counts too many requests. Where it has no limiter, or one that fails, nobody is shut out.
async fn is_flood(env: &Env, prefix: NetworkPrefix) -> bool {
    let (Ok(limiter), Ok(secret)) = (env.rate_limiter(LIMITER), name_secret(env)) else {
        return false;
    };
    limiter.limit(prefix.object_name(&secret)).await.is_ok_and(|outcome| !outcome.success)
}
