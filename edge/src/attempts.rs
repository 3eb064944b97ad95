//! What one part of the network, or one workspace, may try, counted exactly (SPEC AP12).

use core::time::Duration;

use axum::http::HeaderMap;
use futures_util::future::join;
use protocol::call::{Budget, CallResult, RateAnswer, RateCall};
use protocol::limits::HASH_WAIT_MS;
use protocol::{Code, Reject, SiteId};
use worker::{Delay, Env, console_warn};

use crate::config::name_secret;
use crate::{calls, client_address};

/// Milliseconds that an answer takes at least which must not tell by its haste whether there is an account.
const UNHURRIED_MS: u64 = 250;

/// Lets somebody try to sign in. Only what may have been a guess counts.
pub(crate) async fn sign_in<T>(
    env: &Env,
    headers: &HeaderMap,
    has_code: bool,
    attempt: impl Future<Output = CallResult<T>>,
) -> CallResult<T> {
    let Some(name) = network(env, headers)? else { return attempt.await };
    take(env, &name, Budget::SignIn).await?;
    let result = attempt.await;
    if !result.as_ref().err().is_some_and(|reject| was_a_guess(*reject, has_code)) {
        // Has been logged; the attempt counts for its quarter of an hour.
        let _ = calls::rate(env, &name, RateCall::GiveBack(Budget::SignIn)).await;
    }
    result
}

/// Asks a second time whoever need not wait long for their turn: a process hashes few passwords at once (SPEC AP43).
pub(crate) async fn in_turn<T, Asked>(ask: impl Fn() -> Asked) -> CallResult<T>
where
    Asked: Future<Output = CallResult<T>>,
{
    match ask().await {
        Err(Reject { code: Code::RateLimited, retry_after: Some(wait) }) if wait <= HASH_WAIT_MS => {
            Delay::from(Duration::from_millis(u64::from(wait))).await;
            ask().await
        }
        answer => answer,
    }
}

/// Lets somebody ask for a mail.
pub(crate) async fn mail(env: &Env, headers: &HeaderMap) -> CallResult<()> {
    let Some(name) = network(env, headers)? else { return Ok(()) };
    take(env, &name, Budget::Mail).await?;
    Ok(())
}

/// Lets a stranger come to a site; tells whether so many have come that this one has to do some work (SPEC AC13).
pub(crate) async fn new_visitor(env: &Env, headers: &HeaderMap, site: SiteId) -> CallResult<bool> {
    let Some(prefix) = client_address::prefix(env, headers) else { return Ok(false) };
    let name = prefix.object_name_at(site, &name_secret(env)?);
    Ok(take(env, &name, Budget::NewVisitor).await? == RateAnswer::Crowded)
}

/// Waits for something, and for a while that is the same whatever it does.
pub(crate) async fn unhurried<T>(future: impl Future<Output = T>) -> T {
    join(future, Delay::from(Duration::from_millis(UNHURRIED_MS))).await.0
}

/// Begins an attempt. A limit leaves a line in the log, which does not tell whose it is.
async fn take(env: &Env, name: &str, budget: Budget) -> CallResult<RateAnswer> {
    let answer = calls::rate(env, name, RateCall::Take(budget)).await;
    if let Err(Reject { code: Code::RateLimited, .. }) = &answer {
        console_warn!("refused: too often: {}", what(budget));
    }
    answer
}

const fn what(budget: Budget) -> &'static str {
    match budget {
        Budget::SignIn => "to sign in",
        Budget::Mail => "to get a mail",
        Budget::NewVisitor => "to come as somebody new",
    }
}

fn network(env: &Env, headers: &HeaderMap) -> Result<Option<String>, Code> {
    let Some(prefix) = client_address::prefix(env, headers) else { return Ok(None) };
    Ok(Some(prefix.object_name(&name_secret(env)?)))
}

const fn was_a_guess(reject: Reject, has_code: bool) -> bool {
    match reject.code {
        Code::SecondFactorRequired => has_code,
        code => matches!(code, Code::WrongSignIn | Code::LinkExpired | Code::RateLimited),
    }
}
