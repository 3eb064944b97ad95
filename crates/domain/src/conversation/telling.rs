//! When the workspace is told of a conversation (SPEC WS7).

use super::outcome::Outcome;

/// Milliseconds for which news is gathered that somebody of the team should not have to wait for.
const GATHER_MS: u64 = 20;

/// Milliseconds for which news is gathered while an agent has the conversation open and sees it there.
const GATHER_WATCHED_MS: u64 = 10_000;

/// Milliseconds before the second attempt; doubles up to [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u64 = 500;

const LONGEST_WAIT_MS: u64 = 30_000;

/// Milliseconds before the workspace is told what follows from a request: `is_watched` if whoever should not have to wait
/// has the conversation open, `outcome` being what happened, if the request was not only to be let in, and `failures` the attempts in a row
/// that failed.
#[must_use]
pub fn wait_before_telling(is_watched: bool, outcome: Option<&Outcome>, failures: u32) -> u64 {
    match failures.checked_sub(1) {
        Some(doublings) => FIRST_WAIT_MS
            .saturating_mul(1_u64.checked_shl(doublings.min(10)).unwrap_or(1))
            .min(LONGEST_WAIT_MS),
        None if is_watched && !outcome.is_some_and(Outcome::is_pressing) => GATHER_WATCHED_MS,
        None => GATHER_MS,
    }
}
