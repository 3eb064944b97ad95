//! Cloudflare's `send_email` binding. It writes the MIME message itself.

use mail::{Message, Sender, is_address};
use worker::{EmailAddress, Env, Error, SendEmailBuilder, console_error};

use super::Failure;

const BINDING: &str = "EMAIL";

/// Codes that are about the mail itself, and will be the same next time.
/// <https://developers.cloudflare.com/email-service/api/send-emails/workers-api/>
const REFUSED: [&str; 6] = [
    "E_CONTENT_TOO_LARGE",
    "E_DELIVERY_FAILED",
    "E_FIELD_MISSING",
    "E_RECIPIENT_NOT_ALLOWED",
    "E_TOO_MANY_RECIPIENTS",
    "E_VALIDATION_ERROR",
];

/// Sends a mail.
pub(super) async fn send(env: &Env, sender: &Sender, to: &str, message: &Message) -> Result<(), Failure> {
    if !is_address(to) {
        console_error!("the mail binding was not asked: the recipient is no address");
        return Err(Failure::NEVER);
    }
    let Ok(binding) = env.send_email(BINDING) else {
        console_error!("configuration of mail is missing or wrong: the binding {}", BINDING);
        return Err(Failure::LATER);
    };
    let mail = builder(sender, to, message);
    mail.set_text(&message.text);
    mail.set_html(&message.html);
    match binding.send_with_builder(&mail).await {
        Ok(_) => Ok(()),
        Err(error) => Err(failed(&Error::from(error))),
    }
}

fn builder(sender: &Sender, to: &str, message: &Message) -> SendEmailBuilder {
    if sender.name().is_empty() {
        return SendEmailBuilder::new(sender.address(), to, &message.subject);
    }
    let from = EmailAddress::new(sender.name(), sender.address());
    SendEmailBuilder::new_with_email_address_and_str(&from, to, &message.subject)
}

/// Tells from a code, never by a message: that may repeat the address.
fn failed(error: &Error) -> Failure {
    let (code, failure) = match error {
        Error::EmailRecipientSuppressed(_) => ("E_RECIPIENT_SUPPRESSED", Failure::NEVER),
        Error::EmailRecipientNotAllowed(_) => ("RCPT_NOT_ALLOWED", Failure::NEVER),
        Error::UnknownJsError { code: Some(code), .. } if REFUSED.contains(&code.as_str()) => {
            (code.as_str(), Failure::NEVER)
        }
        Error::UnknownJsError { code: Some(code), .. } => (code.as_str(), Failure::LATER),
        _ => ("no code", Failure::LATER),
    };
    console_error!("the mail binding failed: {}", code);
    failure
}
