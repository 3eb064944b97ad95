//! When the workspace is told of a conversation (SPEC WS7).

use super::join::Attendance;
use crate::conversation::Outcome;

/// Milliseconds for which news is gathered that somebody of the team should not have to wait for.
const GATHER_MS: u64 = 20;

/// Milliseconds for which news is gathered while an agent has the conversation open and sees it there.
const GATHER_WATCHED_MS: u64 = 10_000;

/// Milliseconds before the second attempt; doubles up to [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u64 = 500;

const LONGEST_WAIT_MS: u64 = 30_000;

/// Milliseconds before the workspace is told what follows from a request, `failures` being the attempts in a row that
/// failed, and `outcome` what happened, if the request was not only to be let in.
#[must_use]
pub fn wait_before_telling(attendance: &Attendance, outcome: Option<&Outcome>, failures: u32) -> u64 {
    match failures.checked_sub(1) {
        Some(doublings) => FIRST_WAIT_MS
            .saturating_mul(1_u64.checked_shl(doublings.min(10)).unwrap_or(1))
            .min(LONGEST_WAIT_MS),
        None if attendance.has_agents() && !outcome.is_some_and(Outcome::is_pressing) => GATHER_WATCHED_MS,
        None => GATHER_MS,
    }
}
