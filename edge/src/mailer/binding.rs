//! Cloudflare's `send_email` binding. It writes the MIME message itself.

use mail::{Message, Sender, binding_verdict, is_address};
use worker::{EmailAddress, Env, Error, SendEmailBuilder, console_error};

use super::Failure;

const BINDING: &str = "EMAIL";

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
    let code = match error {
        Error::EmailRecipientSuppressed(_) => Some("E_RECIPIENT_SUPPRESSED"),
        Error::EmailRecipientNotAllowed(_) => Some("RCPT_NOT_ALLOWED"),
        Error::UnknownJsError { code, .. } => code.as_deref(),
        _ => None,
    };
    console_error!("the mail binding failed: {}", code.unwrap_or("no code"));
    Failure::of(binding_verdict(code))
}
