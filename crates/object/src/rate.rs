//! The object of one part of the network: counts what it tries, exactly (SPEC AP12, AC13).

use domain::account::{attempt_allowed, is_crowd};
use protocol::Code;
use protocol::call::{CallResult, RateAnswer, RateCall};
use store::StorageError;
use store::rate::RateStore;

use crate::platform::Platform;

/// Answers a call of the Worker.
///
/// # Errors
/// [`Code::RateLimited`] with the milliseconds to wait; [`Code::Storage`].
pub fn answer_rate<P: Platform>(platform: &mut P, call: RateCall) -> CallResult<RateAnswer> {
    let now = platform.now();
    let opened = RateStore::open(platform.database());
    let store = stored(platform, opened)?;
    match call {
        RateCall::Take(budget) => {
            let is_first = stored(platform, store.forget(now))?.is_none();
            let attempts = stored(platform, store.attempts(budget))?;
            attempt_allowed(budget, &attempts, now)?;
            stored(platform, store.note(budget, now))?;
            if is_first && let Some(at) = stored(platform, store.forget(now))? {
                platform.wake_at(at);
            }
            if is_crowd(budget, &attempts, now) {
                return Ok(RateAnswer::Crowded);
            }
        }
        RateCall::GiveBack(budget) => stored(platform, store.take_back(budget))?,
    }
    Ok(RateAnswer::Done)
}

/// The alarm has gone off. Returns whether nothing is left, so that the storage can be given up.
pub fn rate_rang<P: Platform>(platform: &mut P) -> bool {
    let next = RateStore::open(platform.database()).and_then(|store| store.forget(platform.now()));
    match stored(platform, next) {
        Ok(None) => true,
        Ok(Some(at)) => {
            platform.wake_at(at);
            false
        }
        Err(_) => false,
    }
}

fn stored<P: Platform, T>(platform: &P, result: Result<T, StorageError>) -> Result<T, Code> {
    result.map_err(|error| {
        platform.storage_failed(&error);
        Code::Storage
    })
}
