//! What the codes of refusals mean for the person who reads them.

use protocol::http::Problem;
use protocol::{Code, Failure};

use super::OFFLINE;
use crate::api;

/// Why a message is not sent.
pub(crate) fn failure(failure: Failure) -> String {
    match failure {
        Failure::Lost => "Not on the server any more. Resend it?".to_owned(),
        Failure::Refused(Code::Internal) => "Not sent. The server could not take it.".to_owned(),
        Failure::Refused(code) => format!("Not sent. {}", code_words(code)),
    }
}

/// What the button says that sends a message again.
pub(crate) const fn again(failure: Failure) -> &'static str {
    match failure {
        Failure::Lost => "Resend",
        Failure::Refused(Code::IdempotencyConflict) => "Send as new",
        Failure::Refused(_) => "Retry",
    }
}

/// Why a request has no good answer.
pub(crate) fn unanswered(failure: api::Failure) -> String {
    match failure {
        api::Failure::Refused(refusal) => problem(&refusal),
        api::Failure::Unreachable => OFFLINE.to_owned(),
        api::Failure::Silent => "Porchlight takes too long to answer. Try again.".to_owned(),
        api::Failure::Unproven => "Nothing was changed, because you did not prove who you are.".to_owned(),
    }
}

/// A refusal of a request.
fn problem(problem: &Problem) -> String {
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
        Code::TooLong => "It is too long.",
        Code::TooLarge => "It is too long, or there are too many of them.",
        Code::BadText => "It contains characters that cannot be sent.",
        Code::OutOfOrder => "An earlier message is not sent yet.",
        Code::IdempotencyConflict => "It was mixed up with another message. Send it as new?",
        Code::TooManySockets => "You have too many tabs of Porchlight open. Close one.",
        Code::UpgradeRequired | Code::BadFrame => "This page is out of date. Reload it.",
        Code::AlreadySetUp => "This was set up before.",
        Code::Storage | Code::Unavailable => "Porchlight is busy at the moment. Try again.",
        Code::Internal => "Something went wrong on our side. Try again.",
        Code::SecondFactorRequired => "The code is missing or not right.",
        Code::ProofRequired => "Prove who you are first.",
        Code::LinkExpired => "This link is not good any more.",
        Code::WeakPassword => "This password is too easy to guess. Choose another one.",
        Code::BadField => "Something in it is not accepted. Check what you typed.",
        Code::Taken => "There is one of this name already.",
        Code::InUse => "It is in use, and cannot go.",
        Code::SignUpClosed => "New accounts are made by invitation only.",
        Code::TooLate => "It is too late to change this.",
        Code::Overtaken => "Something came that you had not seen.",
        Code::SecondFactorMissing => "This takes a second factor. Set one up in your account first.",
        Code::IdentityRequired | Code::BadIdentity => "The proof of who the visitor is, is not good.",
        Code::UnsupportedFile => "Files of this kind cannot be sent.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib22_a_failure_says_what_became_of_the_message_and_what_the_button_does() {
        let told = |failed| (failure(failed), again(failed));
        assert_eq!(told(Failure::Lost), ("Not on the server any more. Resend it?".to_owned(), "Resend"));
        let conflict = told(Failure::Refused(Code::IdempotencyConflict));
        assert!(conflict.0.starts_with("Not sent. It was mixed up with another message"), "{}", conflict.0);
        assert_eq!(conflict.1, "Send as new");
        let fault = told(Failure::Refused(Code::Internal));
        assert_eq!(fault, ("Not sent. The server could not take it.".to_owned(), "Retry"));
    }

    #[test]
    fn ib1_a_rate_limit_tells_the_minutes_rounded_up() {
        let words = |wait| problem(&Problem { code: Code::RateLimited, retry_after: wait });
        assert_eq!(words(Some(61_000)), "Too many attempts. Try again in 2 minutes.");
        assert_eq!(words(Some(1)), "Too many attempts. Try again in a minute.");
        assert_eq!(words(None), "That was too much at once. Wait a moment and try again.");
    }
}
