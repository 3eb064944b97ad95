//! The local mailbox, for people and for tests. Where it is not configured these addresses do not exist.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use mail::{Shown, mailbox_page, sample_language, samples};
use protocol::call::{MailboxAnswer, MailboxCall};
use protocol::http::mailbox::Mailbox;
use protocol::mail::Mail;
use protocol::{Code, Nonce};

use super::Shared;
use super::body::from_own_origin;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::{now, random};
use crate::{calls, headers, mailer};

/// The page.
#[worker::send]
pub(super) async fn page(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let shown = Shown::read(query.as_deref().unwrap_or_default());
    let page = mailbox_page(&mails(&shared).await?, shown);
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok(headers::mailbox((StatusCode::OK, kind, page).into_response()))
}

/// The same as JSON.
#[worker::send]
pub(super) async fn list(State(shared): State<Shared>) -> Result<Response, Refused> {
    Ok(json(StatusCode::OK, &mails(&shared).await?))
}

/// Adds a letter of each kind.
#[worker::send]
pub(super) async fn add_samples(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Redirect, Refused> {
    if !mailer::has_mailbox(&shared.env) {
        return Err(Code::NotFound.into());
    }
    from_own_origin(&headers, &Config::read(&shared.env)?)?;
    let language = sample_language(&body).ok_or(Code::BadField)?;
    let batch = Nonce::from_bytes(random()?);
    for (index, letter) in samples(now()).into_iter().enumerate() {
        let mail = Mail { to: "you@example.com".to_owned(), language, letter };
        let sent = mailer::send(&shared.env, &mail, &format!("{batch}/{index}")).await;
        sent.map_err(|_| Code::Unavailable)?;
    }
    Ok(Redirect::to("/mailbox"))
}

async fn mails(shared: &Shared) -> Result<Mailbox, Refused> {
    if !mailer::has_mailbox(&shared.env) {
        return Err(Code::NotFound.into());
    }
    match calls::mailbox(&shared.env, &MailboxCall::List).await? {
        MailboxAnswer::Mails(mailbox) => Ok(mailbox),
        MailboxAnswer::Done => Err(Code::Internal.into()),
    }
}
