//! What a signed-in person sees and changes of their account.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::account::{Email, MailedToken};
use protocol::call::{AccountAnswer, AccountCall, AccountRequest};
use protocol::http::account::{
    LinkFinish, MailRequest, PasswordChange, Profile, ProofRequest, SecondFactorFinish, SessionList,
};
use protocol::http::passkey::PasskeyList;
use protocol::{AccountId, Code, SessionId};

use super::ask;
use crate::calls;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::routes::Shared;
use crate::routes::body::{from_inbox, parse, sent};
use crate::routes::session::{device, nothing, person, signed_in, signed_out, token};

/// Says who is signed in.
#[worker::send]
pub(in crate::routes) async fn me(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    told(ask(&shared, &headers, AccountRequest::Me).await?)
}

/// Changes what others see of the person.
#[worker::send]
pub(in crate::routes) async fn set_profile(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let profile: Profile = sent(&shared, &headers, &body)?;
    told(ask(&shared, &headers, AccountRequest::SetProfile(profile)).await?)
}

/// Proves again who is at the keyboard.
#[worker::send]
pub(in crate::routes) async fn prove(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let ProofRequest { password, code } = sent(&shared, &headers, &body)?;
    let account = token(&headers)?.account;
    let request = AccountRequest::Prove { password, code };
    renewed(&headers, account, ask(&shared, &headers, request).await?)
}

/// A session that goes on under a new secret.
pub(super) fn renewed(
    headers: &HeaderMap,
    account: AccountId,
    answer: AccountAnswer,
) -> Result<Response, Refused> {
    match answer {
        AccountAnswer::SignedIn { secret, .. } => {
            Ok(signed_in(nothing(StatusCode::NO_CONTENT), account, secret, &device(headers)?))
        }
        _ => Err(Code::Internal.into()),
    }
}

/// Sets a password. The session goes on under a new secret.
#[worker::send]
pub(in crate::routes) async fn change_password(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let PasswordChange { password } = sent(&shared, &headers, &body)?;
    let account = token(&headers)?.account;
    renewed(&headers, account, ask(&shared, &headers, AccountRequest::SetPassword { password }).await?)
}

/// Lists the sessions.
#[worker::send]
pub(in crate::routes) async fn sessions(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    told(ask(&shared, &headers, AccountRequest::Sessions).await?)
}

/// Ends one of the sessions.
#[worker::send]
pub(in crate::routes) async fn end_session(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    let own = person(&shared.env, &headers).await?.session;
    let id: SessionId = id.parse().map_err(|_| Code::NotFound)?;
    let answer = ask(&shared, &headers, AccountRequest::EndSession(id)).await?;
    if id == own { Ok(signed_out()) } else { told(answer) }
}

/// Begins to set up a second factor.
#[worker::send]
pub(in crate::routes) async fn begin_second_factor(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    told(ask(&shared, &headers, AccountRequest::BeginSecondFactor).await?)
}

/// Switches the second factor on.
#[worker::send]
pub(in crate::routes) async fn finish_second_factor(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let SecondFactorFinish { code } = sent(&shared, &headers, &body)?;
    told(ask(&shared, &headers, AccountRequest::FinishSecondFactor { code }).await?)
}

/// Switches the second factor off.
#[worker::send]
pub(in crate::routes) async fn remove_second_factor(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    told(ask(&shared, &headers, AccountRequest::RemoveSecondFactor).await?)
}

/// Makes new recovery codes.
#[worker::send]
pub(in crate::routes) async fn renew_recovery_codes(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    told(ask(&shared, &headers, AccountRequest::RenewRecoveryCodes).await?)
}

/// Mails a link to a new address. In which language is the account's to say.
#[worker::send]
pub(in crate::routes) async fn mail_new_address(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let MailRequest { email, .. } = sent(&shared, &headers, &body)?;
    ask(&shared, &headers, AccountRequest::MailNewAddress { email }).await?;
    Ok(nothing(StatusCode::ACCEPTED))
}

/// Moves the account to the new address, by the link that was mailed there.
#[worker::send]
pub(in crate::routes) async fn finish_new_address(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let LinkFinish { token: link } = parse(&body)?;
    let own = token(&headers)?;
    let link = MailedToken::parse(&link).filter(|link| link.place == *own.account.as_bytes());
    let secret = link.ok_or(Code::LinkExpired)?.secret;
    let answer = ask(&shared, &headers, AccountRequest::FinishNewAddress { secret }).await?;
    let AccountAnswer::Moving(moving) = answer else {
        return Err(Code::Internal.into());
    };
    let account = Email::parse(&moving.email)?.account(&config.name_secret);
    match calls::account(&shared.env, account, &AccountCall::MoveIn(moving)).await? {
        AccountAnswer::SignedIn { secret, .. } => {
            Ok(signed_in(nothing(StatusCode::NO_CONTENT), account, secret, &device(&headers)?))
        }
        _ => Err(Code::Internal.into()),
    }
}

/// What an account has answered, as the person is told it.
pub(in crate::routes) fn told(answer: AccountAnswer) -> Result<Response, Refused> {
    match answer {
        AccountAnswer::Done => Ok(nothing(StatusCode::NO_CONTENT)),
        AccountAnswer::Me(me) => Ok(json(StatusCode::OK, &me)),
        AccountAnswer::Sessions(sessions) => Ok(json(StatusCode::OK, &SessionList { sessions })),
        AccountAnswer::SecondFactor(setup) => Ok(json(StatusCode::OK, &setup)),
        AccountAnswer::RecoveryCodes(codes) => Ok(json(StatusCode::OK, &codes)),
        AccountAnswer::Passkeys(passkeys) => Ok(json(StatusCode::OK, &PasskeyList { passkeys })),
        AccountAnswer::PasskeySetup(setup) => Ok(json(StatusCode::OK, &setup)),
        AccountAnswer::PasskeyQuestion(question) => Ok(json(StatusCode::OK, &question)),
        AccountAnswer::SignedIn { .. }
        | AccountAnswer::Authenticated(_)
        | AccountAnswer::Exists(_)
        | AccountAnswer::Moving(_)
        | AccountAnswer::PasskeyMoved(_)
        | AccountAnswer::Picture(_) => Err(Code::Internal.into()),
    }
}
