//! Requests to the providers of mail, as they document them, and what their answers mean. Tracking is always off: it
//! would rewrite links, whose tokens then pass through somebody else's server.
//!
//! - Resend: <https://resend.com/docs/api-reference/emails/send-email>, `…/errors`
//! - Postmark: <https://postmarkapp.com/developer/api/email-api>, `…/overview`
//! - Mailgun: <https://documentation.mailgun.com/docs/mailgun/api-reference/openapi-final/tag/Messages/>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

use crate::address::{Sender, is_address};
use crate::message::Message;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A provider, with the key that it gave out.
#[derive(Clone, PartialEq, Eq)]
pub enum Provider {
    /// Resend.
    Resend {
        /// `re_…`.
        key: String,
    },
    /// Postmark.
    Postmark {
        /// A server's token.
        key: String,
    },
    /// Mailgun.
    Mailgun {
        /// A domain's sending key.
        key: String,
        /// The domain that sends.
        domain: String,
        /// Whether that domain is in Mailgun's European region.
        in_europe: bool,
    },
}

/// A mail with its addresses.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Who it is from.
    pub sender: &'a Sender,
    /// Who gets it: an address.
    pub to: &'a str,
    /// What it says.
    pub message: &'a Message,
    /// The same for every attempt at the same mail, and for no other mail; at most 256 characters.
    pub key: &'a str,
}

/// A request by `POST`.
#[derive(Clone, PartialEq, Eq)]
pub struct Post {
    /// Where to, always by https.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// In the format that `Content-Type` names.
    pub body: String,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The provider has the mail.
    Taken,
    /// It may take the same mail later: it is busy, broken, or refuses our key, which an operator will mend.
    Later,
    /// It will never take this mail.
    Refused,
}

impl Provider {
    /// The request that sends a mail; `None` if the recipient is no address. Nothing in it can be two headers.
    #[must_use]
    pub fn post(&self, envelope: &Envelope<'_>) -> Option<Post> {
        if !is_address(envelope.to) {
            return None;
        }
        Some(match self {
            Self::Resend { key } => resend(key, envelope),
            Self::Postmark { key } => postmark(key, envelope),
            Self::Mailgun { key, domain, in_europe } => mailgun(key, domain, *in_europe, envelope),
        })
    }

    /// Reads an answer. What an operator can mend (a key, a domain, a quota) is no fault of the mail.
    #[must_use]
    pub fn verdict(&self, status: u16, body: &[u8]) -> Verdict {
        match (status, self) {
            (200..=299, _) => Verdict::Taken,
            (409, Self::Resend { .. }) => already_taken_by_resend(body),
            (422, Self::Postmark { .. }) => refused_by_postmark(body),
            (400 | 413 | 422, _) => Verdict::Refused,
            _ => Verdict::Later,
        }
    }

    /// Its name, for logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Resend { .. } => "resend",
            Self::Postmark { .. } => "postmark",
            Self::Mailgun { .. } => "mailgun",
        }
    }
}

fn resend(key: &str, envelope: &Envelope<'_>) -> Post {
    let message = envelope.message;
    let body = json!({
        "from": envelope.sender.full(),
        "to": [envelope.to],
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
    });
    Post {
        url: "https://api.resend.com/emails".to_owned(),
        headers: vec![
            ("Authorization", format!("Bearer {key}")),
            ("Content-Type", JSON.to_owned()),
            ("Idempotency-Key", envelope.key.to_owned()),
        ],
        body: body.to_string(),
    }
}

fn postmark(key: &str, envelope: &Envelope<'_>) -> Post {
    let message = envelope.message;
    let body = json!({
        "From": envelope.sender.full(),
        "To": envelope.to,
        "Subject": message.subject,
        "TextBody": message.text,
        "HtmlBody": message.html,
        "MessageStream": "outbound",
        "TrackOpens": false,
        "TrackLinks": "None",
    });
    Post {
        url: "https://api.postmarkapp.com/email".to_owned(),
        headers: vec![
            ("Accept", JSON.to_owned()),
            ("Content-Type", JSON.to_owned()),
            ("X-Postmark-Server-Token", key.to_owned()),
        ],
        body: body.to_string(),
    }
}

fn mailgun(key: &str, domain: &str, in_europe: bool, envelope: &Envelope<'_>) -> Post {
    let message = envelope.message;
    let host = if in_europe { "api.eu.mailgun.net" } else { "api.mailgun.net" };
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("from", &envelope.sender.full())
        .append_pair("to", envelope.to)
        .append_pair("subject", &message.subject)
        .append_pair("text", &message.text)
        .append_pair("html", &message.html)
        .append_pair("o:tracking", "no");
    Post {
        url: format!("https://{host}/v3/{domain}/messages"),
        headers: vec![
            ("Authorization", format!("Basic {}", STANDARD.encode(format!("api:{key}")))),
            ("Content-Type", FORM.to_owned()),
        ],
        body: body.finish(),
    }
}

#[derive(Default, Deserialize)]
struct ResendError {
    #[serde(default)]
    name: String,
}

/// The key may be known with another body: a newer version of this program words the same mail differently.
fn already_taken_by_resend(body: &[u8]) -> Verdict {
    let error: ResendError = serde_json::from_slice(body).unwrap_or_default();
    if error.name == "invalid_idempotent_request" { Verdict::Taken } else { Verdict::Later }
}

#[derive(Default, Deserialize)]
struct PostmarkError {
    #[serde(default, rename = "ErrorCode")]
    code: u32,
}

/// 300 is an address that is none, 406 one that bounced before. All others are about our own account there.
fn refused_by_postmark(body: &[u8]) -> Verdict {
    let error: PostmarkError = serde_json::from_slice(body).unwrap_or_default();
    if [300, 406].contains(&error.code) { Verdict::Refused } else { Verdict::Later }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resend() -> Provider {
        Provider::Resend { key: "re_1".to_owned() }
    }

    fn postmark() -> Provider {
        Provider::Postmark { key: "token".to_owned() }
    }

    fn mailgun(in_europe: bool) -> Provider {
        Provider::Mailgun { key: "key-1".to_owned(), domain: "mg.example.com".to_owned(), in_europe }
    }

    fn post(provider: &Provider, to: &str) -> Option<Post> {
        let sender = Sender::parse("Porchlight <hello@example.com>").expect("a sender");
        let message = Message {
            subject: "Grüße".to_owned(),
            text: "a & b\n".to_owned(),
            html: "<p>a &amp; b</p>".to_owned(),
        };
        provider.post(&Envelope { sender: &sender, to, message: &message, key: "object/7" })
    }

    fn body(post: &Post) -> serde_json::Value {
        serde_json::from_str(&post.body).expect("JSON")
    }

    #[test]
    fn ml6_resend_is_asked_as_it_documents() {
        let post = post(&resend(), "anna@example.com").expect("an address");
        assert_eq!(post.url, "https://api.resend.com/emails");
        let expected = [
            ("Authorization", "Bearer re_1".to_owned()),
            ("Content-Type", "application/json".to_owned()),
            ("Idempotency-Key", "object/7".to_owned()),
        ];
        assert_eq!(post.headers, expected);
        let expected = json!({
            "from": "Porchlight <hello@example.com>", "to": ["anna@example.com"], "subject": "Grüße",
            "text": "a & b\n", "html": "<p>a &amp; b</p>",
        });
        assert_eq!(body(&post), expected);
    }

    #[test]
    fn ml6_postmark_is_asked_as_it_documents() {
        let post = post(&postmark(), "anna@example.com").expect("an address");
        assert_eq!(post.url, "https://api.postmarkapp.com/email");
        let expected = [
            ("Accept", "application/json".to_owned()),
            ("Content-Type", "application/json".to_owned()),
            ("X-Postmark-Server-Token", "token".to_owned()),
        ];
        assert_eq!(post.headers, expected);
        let expected = json!({
            "From": "Porchlight <hello@example.com>", "To": "anna@example.com", "Subject": "Grüße",
            "TextBody": "a & b\n", "HtmlBody": "<p>a &amp; b</p>", "MessageStream": "outbound",
            "TrackOpens": false, "TrackLinks": "None",
        });
        assert_eq!(body(&post), expected);
    }

    #[test]
    fn ml6_mailgun_is_asked_as_it_documents_in_either_region() {
        let post = |in_europe| post(&mailgun(in_europe), "anna@example.com").expect("an address");
        assert_eq!(post(false).url, "https://api.mailgun.net/v3/mg.example.com/messages");
        assert_eq!(post(true).url, "https://api.eu.mailgun.net/v3/mg.example.com/messages");
        let expected = [
            ("Authorization", "Basic YXBpOmtleS0x".to_owned()),
            ("Content-Type", "application/x-www-form-urlencoded".to_owned()),
        ];
        assert_eq!(post(false).headers, expected);
        let expected = "from=Porchlight+%3Chello%40example.com%3E&to=anna%40example.com&subject=Gr%C3%BC%C3%9Fe\
                        &text=a+%26+b%0A&html=%3Cp%3Ea+%26amp%3B+b%3C%2Fp%3E&o%3Atracking=no";
        assert_eq!(post(false).body, expected);
    }

    #[test]
    fn ml3_no_provider_is_asked_to_write_to_what_is_no_address() {
        let hostile = [
            "",
            "anna",
            "a@b.example, c@d.example",
            "a@b.example\r\nBcc: c@d.example",
            "A <a@b.example>",
            "a@b.example;c@d.example",
        ];
        for to in hostile {
            for provider in [resend(), postmark(), mailgun(false)] {
                assert!(post(&provider, to).is_none(), "{to:?} {}", provider.name());
            }
        }
    }

    #[test]
    fn ml7_a_mail_is_tried_again_unless_it_is_the_mail_that_is_refused() {
        let (resend, postmark, mailgun) = (resend(), postmark(), mailgun(true));
        let cases: [(&Provider, u16, &str, Verdict); 20] = [
            (&resend, 200, r#"{"id":"1"}"#, Verdict::Taken),
            (&resend, 401, "", Verdict::Later),
            (&resend, 403, "", Verdict::Later),
            (&resend, 409, r#"{"name":"concurrent_idempotent_requests"}"#, Verdict::Later),
            (&resend, 409, r#"{"name":"invalid_idempotent_request"}"#, Verdict::Taken),
            (&resend, 422, r#"{"name":"validation_error"}"#, Verdict::Refused),
            (&resend, 429, "", Verdict::Later),
            (&resend, 500, "", Verdict::Later),
            (&postmark, 200, r#"{"ErrorCode":0}"#, Verdict::Taken),
            (&postmark, 401, r#"{"ErrorCode":10}"#, Verdict::Later),
            (&postmark, 422, r#"{"ErrorCode":300}"#, Verdict::Refused),
            (&postmark, 422, r#"{"ErrorCode":406}"#, Verdict::Refused),
            (&postmark, 422, r#"{"ErrorCode":412}"#, Verdict::Later),
            (&postmark, 422, "<html>", Verdict::Later),
            (&postmark, 503, "", Verdict::Later),
            (&mailgun, 200, "", Verdict::Taken),
            (&mailgun, 302, "", Verdict::Later),
            (&mailgun, 400, "", Verdict::Refused),
            (&mailgun, 401, "", Verdict::Later),
            (&mailgun, 409, "", Verdict::Later),
        ];
        for (provider, status, body, expected) in cases {
            assert_eq!(
                provider.verdict(status, body.as_bytes()),
                expected,
                "{} {status} {body}",
                provider.name()
            );
        }
    }
}
