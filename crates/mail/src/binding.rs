//! What the errors of Cloudflare's `send_email` binding mean.
//! <https://developers.cloudflare.com/email-service/api/send-emails/workers-api/>

use crate::provider::Verdict;

/// Codes that are about the mail itself, and will be the same next time.
const REFUSED: [&str; 8] = [
    "E_CONTENT_TOO_LARGE",
    "E_DELIVERY_FAILED",
    "E_FIELD_MISSING",
    "E_RECIPIENT_NOT_ALLOWED",
    "E_RECIPIENT_SUPPRESSED",
    "E_TOO_MANY_RECIPIENTS",
    "E_VALIDATION_ERROR",
    "RCPT_NOT_ALLOWED",
];

/// Reads the code of an error that the binding threw; `None` for one that has none. What an operator can mend (a sender, a
/// domain, a quota) is no fault of the mail.
#[must_use]
pub fn binding_verdict(code: Option<&str>) -> Verdict {
    if code.is_some_and(|code| REFUSED.contains(&code)) { Verdict::Refused } else { Verdict::Later }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ml7_the_binding_refuses_a_mail_for_good_or_for_a_while() {
        for code in REFUSED {
            assert_eq!(binding_verdict(Some(code)), Verdict::Refused, "{code}");
        }
        let others = [
            "E_SENDER_NOT_VERIFIED",
            "E_SENDER_DOMAIN_NOT_AVAILABLE",
            "E_RATE_LIMIT_EXCEEDED",
            "E_DAILY_LIMIT_EXCEEDED",
            "E_INTERNAL_SERVER_ERROR",
            "E_HEADER_NOT_ALLOWED",
            "",
            "e_validation_error",
        ];
        for code in others {
            assert_eq!(binding_verdict(Some(code)), Verdict::Later, "{code}");
        }
        assert_eq!(binding_verdict(None), Verdict::Later);
    }
}
