//! A provider of mail, by its HTTP interface.

use domain::outbound::Destination;
use mail::{Api, BaseUrl, Envelope, Provider, Verdict};
use worker::{Env, Method, console_error};

use super::Failure;
use crate::outbound::{Outbound, ask, rules};

/// Asks the provider to send a mail.
pub(super) async fn send(
    env: &Env,
    base: &BaseUrl,
    (provider, api): (&Provider, &Api),
    envelope: &Envelope<'_>,
) -> Result<(), Failure> {
    let name = provider.name();
    let Some(post) = provider.post(envelope) else {
        console_error!("{} was not asked: the recipient is no address", name);
        return Err(Failure::NEVER);
    };
    let Ok(destination) = Destination::parse(&api.url(post.url), &rules(env, base)) else {
        console_error!("{} was not asked: its address is refused", name);
        return Err(Failure::LATER);
    };
    let outbound = Outbound {
        destination: &destination,
        method: Method::Post,
        headers: &post.headers,
        body: &post.body,
    };
    let Ok(answer) = ask(&outbound).await else {
        console_error!("{} did not answer", name);
        return Err(Failure::LATER);
    };
    let verdict = provider.verdict(answer.status, &answer.body);
    if verdict == Verdict::Taken {
        return Ok(());
    }
    let wait = answer.headers.get("Retry-After").ok().flatten().unwrap_or_default();
    console_error!("{} answered {} Retry-After={}", name, answer.status, wait);
    Err(Failure::of(verdict))
}
