//! Sends letters, by the way that the deployment's variables choose. What they say and how providers are asked is in the
//! crate `mail`.

mod binding;
mod provider;

use ::mail::{Mailer, Message, Misconfigured, Verdict, compose};
use protocol::Code;
use protocol::call::{MailboxCall, PostedMail};
use protocol::mail::Mail;
use worker::{Env, console_error, console_log};

use crate::calls;
use crate::config::base_url;

/// A letter that was not sent. Why is in the log, without whom it was for or what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    /// Whether the same letter can be sent later.
    pub(crate) retryable: bool,
}

impl Failure {
    /// It may go later.
    const LATER: Self = Self { retryable: true };

    /// It never will.
    const NEVER: Self = Self { retryable: false };

    /// What a verdict other than [`Verdict::Taken`] comes to.
    fn of(verdict: Verdict) -> Self {
        if verdict == Verdict::Refused { Self::NEVER } else { Self::LATER }
    }
}

/// Sends a letter, once. The key, of at most 200 ASCII characters, is the same for every attempt at the same letter, and
/// for no other: where a provider knows such keys, it sends one mail for all of them.
pub(crate) async fn send(env: &Env, mail: &Mail, key: &str) -> Result<(), Failure> {
    let (Ok(base), Ok(mailer)) = (base_url(env), configured(env)) else {
        return Err(Failure::LATER);
    };
    let message = compose(&base, mail.language, &mail.letter);
    match mailer {
        Mailer::Off => {
            console_log!("a mail was not sent: MAIL is none");
            Err(Failure::NEVER)
        }
        Mailer::Binding(sender) => binding::send(env, &sender, &mail.to, &message).await,
        Mailer::Provider(sender, provider, api) => {
            let envelope = ::mail::Envelope { sender: &sender, to: &mail.to, message: &message, key };
            provider::send(env, &base, (&provider, &api), &envelope).await
        }
        Mailer::Mailbox => keep(env, mail, message, key).await,
    }
}

/// Which way mails go.
///
/// # Errors
/// [`Code::Internal`] if it lacks something; the log names the variable.
pub(crate) fn configured(env: &Env) -> Result<Mailer, Code> {
    let variable = |name| env.var(name).ok().map(|value| value.to_string());
    Mailer::read(&base_url(env)?, variable).map_err(|Misconfigured(name)| {
        console_error!("configuration of mail is missing or wrong: {}", name);
        Code::Internal
    })
}

/// Whether this deployment shows its mails on a page.
pub(crate) fn has_mailbox(env: &Env) -> bool {
    configured(env).is_ok_and(|mailer| mailer == Mailer::Mailbox)
}

async fn keep(env: &Env, mail: &Mail, message: Message, key: &str) -> Result<(), Failure> {
    let posted = PostedMail {
        key: key.to_owned(),
        to: mail.to.clone(),
        language: mail.language,
        subject: message.subject,
        text: message.text,
        html: message.html,
    };
    let kept = calls::mailbox(env, &MailboxCall::Keep(Box::new(posted))).await;
    kept.map(drop).map_err(|_| Failure::LATER)
}
