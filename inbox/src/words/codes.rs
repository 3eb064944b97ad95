//! What the codes of refusals mean for the person who reads them.

use protocol::Code;
use protocol::http::Problem;

/// A refusal of a request.
pub(crate) fn problem(problem: &Problem) -> String {
    match (problem.code, problem.retry_after) {
        (Code::RateLimited, Some(wait)) => format!("Too many attempts. Try again {}.", wait_words(wait)),
        (code, _) => code_words(code).to_owned(),
    }
}

/// How long to wait, rounded up so that it is never too early.
fn wait_words(milliseconds: u32) -> String {
    match milliseconds.div_ceil(60_000) {
        0 | 1 => "in a minute".to_owned(),
        minutes => format!("in {minutes} minutes"),
    }
}

/// What a code means for the person who reads it.
pub(crate) const fn code_words(code: Code) -> &'static str {
    match code {
        Code::WrongSignIn => "The email or the password is wrong.",
        Code::RateLimited => "That was too much at once. Wait a moment and try again.",
        Code::Unauthenticated => "Your session has ended. Sign in again.",
        Code::Forbidden | Code::OriginNotAllowed => "You may not do this.",
        Code::NotFound | Code::UnknownSite => "This does not exist, or you may not see it.",
        Code::Empty => "There is nothing in it to read.",
        Code::TooLong | Code::TooLarge => "It is too long.",
        Code::BadText => "It contains characters that cannot be sent.",
        Code::OutOfOrder => "An earlier message is not sent yet.",
        Code::IdempotencyConflict => "It was sent before with other words.",
        Code::TooManySockets => "You have too many tabs of Porchlight open. Close one.",
        Code::UpgradeRequired | Code::BadFrame => "This page is out of date. Reload it.",
        Code::AlreadySetUp => "This was set up before.",
        Code::Storage | Code::Unavailable => "Porchlight is busy at the moment. Try again.",
        Code::Internal => "Something went wrong on our side. Try again.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib1_a_rate_limit_tells_the_minutes_rounded_up() {
        let words = |wait| problem(&Problem { code: Code::RateLimited, retry_after: wait });
        assert_eq!(words(Some(61_000)), "Too many attempts. Try again in 2 minutes.");
        assert_eq!(words(Some(1)), "Too many attempts. Try again in a minute.");
        assert_eq!(words(None), "That was too much at once. Wait a moment and try again.");
    }
}
