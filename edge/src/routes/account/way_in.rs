//! Signing up, in and out.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::account::{Email, MailedToken, SessionToken};
use protocol::call::{AccountAnswer, AccountCall, CallResult, Device};
use protocol::http::account::{LinkSignIn, MailRequest, ResetFinish, SignInRequest, SignUpFinish};
use protocol::mail::Language;
use protocol::{AccountId, Code};
use worker::console_log;

use crate::config::{Config, sign_up_is_open};
use crate::problem::{Refused, json};
use crate::routes::Shared;
use crate::routes::body::{from_inbox, parse, sent};
use crate::routes::session::{device, nothing, signed_in, signed_out};
use crate::{attempts, calls, session_cookie};

/// Mails a link to sign up.
#[worker::send]
pub(in crate::routes) async fn mail_sign_up(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    if !sign_up_is_open(&shared.env) {
        return Err(Code::SignUpClosed.into());
    }
    let call =
        |email: &Email, language| AccountCall::MailSignUp { email: email.as_str().to_owned(), language };
    mail(&shared, &headers, &body, call).await
}

/// Mails a link to sign in.
#[worker::send]
pub(in crate::routes) async fn mail_sign_in_link(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    mail(&shared, &headers, &body, |_, _| AccountCall::MailSignInLink).await
}

/// Mails a link to choose a new password.
#[worker::send]
pub(in crate::routes) async fn mail_reset(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    mail(&shared, &headers, &body, |_, _| AccountCall::MailReset).await
}

/// Makes the account of a link and signs in.
#[worker::send]
pub(in crate::routes) async fn finish_sign_up(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    if !sign_up_is_open(&shared.env) {
        return Err(Code::SignUpClosed.into());
    }
    let SignUpFinish { token, newcomer } = parse(&body)?;
    let call = |secret, device| AccountCall::FinishSignUp { secret, newcomer, device };
    finish(&shared, &headers, StatusCode::CREATED, &token, false, call).await
}

/// Signs in by a link.
#[worker::send]
pub(in crate::routes) async fn finish_sign_in_link(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let LinkSignIn { token, code } = sent(&shared, &headers, &body)?;
    let has_code = code.is_some();
    let call = |secret, device| AccountCall::FinishSignInLink { secret, code, device };
    finish(&shared, &headers, StatusCode::OK, &token, has_code, call).await
}

/// Sets a password by a link and signs in.
#[worker::send]
pub(in crate::routes) async fn finish_reset(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let ResetFinish { token, password, code } = sent(&shared, &headers, &body)?;
    let has_code = code.is_some();
    let call = |secret, device| AccountCall::FinishReset { secret, password, code, device };
    finish(&shared, &headers, StatusCode::OK, &token, has_code, call).await
}

/// Checks a password and begins a session, always a new one.
#[worker::send]
pub(in crate::routes) async fn sign_in(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let SignInRequest { email, password, code } = parse(&body)?;
    let email = Email::parse(&email).map_err(|_| Code::WrongSignIn)?;
    let account = email.account(&config.name_secret);
    let device = device(&headers)?;
    let has_code = code.is_some();
    let call = AccountCall::SignIn { password, code, device: device.clone() };
    let attempt = attempts::in_turn(|| calls::account(&shared.env, account, &call));
    let answer = attempts::sign_in(&shared.env, &headers, has_code, attempts::unhurried(attempt)).await;
    begun(StatusCode::OK, account, answer, &device)
}

/// Ends the session here.
#[worker::send]
pub(in crate::routes) async fn sign_out(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    leave(&shared, &headers, false).await
}

/// Ends every session of the person.
#[worker::send]
pub(in crate::routes) async fn sign_out_everywhere(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    leave(&shared, &headers, true).await
}

async fn leave(shared: &Shared, headers: &HeaderMap, everywhere: bool) -> Result<Response, Refused> {
    from_inbox(headers, &Config::read(&shared.env)?)?;
    if let Some(SessionToken { account, secret }) = session_cookie::read(headers) {
        calls::account(&shared.env, account, &AccountCall::SignOut { secret, everywhere }).await?;
        console_log!(
            "account {} signed out{}",
            account.to_string(),
            if everywhere { " everywhere" } else { "" }
        );
    }
    Ok(signed_out())
}

/// Asks the object of an address to send a mail, if that is called for.
async fn mail(
    shared: &Shared,
    headers: &HeaderMap,
    body: &[u8],
    call: impl FnOnce(&Email, Language) -> AccountCall,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(headers, &config)?;
    let MailRequest { email, language } = parse(body)?;
    let email = Email::parse(&email)?;
    attempts::mail(&shared.env, headers).await?;
    let account = email.account(&config.name_secret);
    let call = call(&email, language);
    attempts::unhurried(calls::account(&shared.env, account, &call)).await?;
    Ok(nothing(StatusCode::ACCEPTED))
}

/// Uses a mailed link. What is no token wakes no object.
async fn finish(
    shared: &Shared,
    headers: &HeaderMap,
    status: StatusCode,
    token: &str,
    has_code: bool,
    call: impl FnOnce([u8; 32], Device) -> AccountCall,
) -> Result<Response, Refused> {
    let MailedToken { place, secret } = MailedToken::parse(token).ok_or(Code::LinkExpired)?;
    let account = AccountId::from_bytes(place);
    let device = device(headers)?;
    let call = call(secret, device.clone());
    let attempt = calls::account(&shared.env, account, &call);
    let answer = attempts::sign_in(&shared.env, headers, has_code, attempt).await;
    begun(status, account, answer, &device)
}

/// Lets a session begin in the browser.
pub(super) fn begun(
    status: StatusCode,
    account: AccountId,
    answer: CallResult<AccountAnswer>,
    device: &Device,
) -> Result<Response, Refused> {
    match answer? {
        AccountAnswer::SignedIn { secret, me } => {
            console_log!("account {} signed in", account.to_string());
            Ok(signed_in(json(status, &me), account, secret, device))
        }
        _ => Err(Code::Internal.into()),
    }
}
