//! Passkeys: signing in with one, proving with one, and which there are.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::account::passkey::RelyingParty;
use protocol::call::{AccountAnswer, AccountCall, AccountRequest, CallResult};
use protocol::http::passkey::{MadePasskey, PasskeyName, PasskeyQuestion, PasskeySignIn, UsedPasskey};
use protocol::{AccountId, Code, Nonce, Octets, PasskeyCeremony, PasskeyChallenge, PasskeyId, limits};
use worker::Env;

use super::ask;
use super::settings::{renewed, told};
use super::way_in::begun;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::routes::Shared;
use crate::routes::body::{from_inbox, parse, sent};
use crate::routes::session::{device, known_device, token};
use crate::surroundings::{now, random};
use crate::{attempts, calls};

/// Moves from address to address that a passkey is followed over, within which any account stays.
const MOVES: usize = 8;

/// Says what a browser needs to sign in with a passkey of whomever. No object is woken: the challenge says itself where it
/// is good.
#[worker::send]
pub(in crate::routes) async fn begin_passkey_sign_in(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let relying_party = RelyingParty::of(&config.base_url).ok_or(Code::Unavailable)?;
    let device = device(&headers)?;
    let challenge = PasskeyChallenge {
        ceremony: PasskeyCeremony::SignIn(device.id),
        nonce: Nonce::from_bytes(random()?),
        expires_at: now().plus(limits::PASSKEY_CHALLENGE_MS),
    };
    let question = PasskeyQuestion {
        relying_party: relying_party.id().to_owned(),
        challenge: Octets(domain::token::sign(&config.token_secret, &challenge).into_bytes()),
        known: Vec::new(),
    };
    Ok(known_device(json(StatusCode::OK, &question), &device))
}

/// Signs in with a passkey. What leads to no account is answered as what is signed wrongly.
#[worker::send]
pub(in crate::routes) async fn finish_passkey_sign_in(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let PasskeySignIn { user, passkey } = parse(&body)?;
    let account = user.0.try_into().map(AccountId::from_bytes).map_err(|_| Code::WrongSignIn)?;
    let device = device(&headers)?;
    let call = AccountCall::SignInByPasskey { passkey, origin: config.base_url, device: device.clone() };
    let attempt = attempts::unhurried(ask_along(&shared.env, account, &call));
    let (account, answer) = match attempts::sign_in(&shared.env, &headers, false, attempt).await {
        Ok((account, answer)) => (account, Ok(answer)),
        Err(reject) => (account, Err(reject)),
    };
    begun(StatusCode::OK, account, answer, &device)
}

/// Asks the account that a passkey leads to, wherever its person has moved it.
async fn ask_along(
    env: &Env,
    mut account: AccountId,
    call: &AccountCall,
) -> CallResult<(AccountId, AccountAnswer)> {
    for _ in 0..=MOVES {
        match calls::account(env, account, call).await? {
            AccountAnswer::PasskeyMoved(to) => account = to,
            answer => return Ok((account, answer)),
        }
    }
    Err(Code::WrongSignIn.into())
}

/// Says what a browser needs to prove with a passkey who is at the keyboard.
#[worker::send]
pub(in crate::routes) async fn begin_passkey_proof(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    told(ask(&shared, &headers, AccountRequest::BeginPasskeyProof { origin: config.base_url }).await?)
}

/// Proves with a passkey who is at the keyboard.
#[worker::send]
pub(in crate::routes) async fn prove_by_passkey(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let passkey: UsedPasskey = sent(&shared, &headers, &body)?;
    let account = token(&headers)?.account;
    let origin = Config::read(&shared.env)?.base_url;
    let answer = ask(&shared, &headers, AccountRequest::ProveByPasskey { passkey, origin }).await?;
    renewed(&headers, account, answer)
}

/// Lists the passkeys.
#[worker::send]
pub(in crate::routes) async fn passkeys(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    told(ask(&shared, &headers, AccountRequest::Passkeys).await?)
}

/// Says what a browser needs to make a passkey.
#[worker::send]
pub(in crate::routes) async fn begin_passkey(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    told(ask(&shared, &headers, AccountRequest::BeginPasskey { origin: config.base_url }).await?)
}

/// Takes up a passkey that was made.
#[worker::send]
pub(in crate::routes) async fn finish_passkey(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let made: MadePasskey = sent(&shared, &headers, &body)?;
    let origin = Config::read(&shared.env)?.base_url;
    told(ask(&shared, &headers, AccountRequest::FinishPasskey { made, origin }).await?)
}

/// Gives a passkey another name.
#[worker::send]
pub(in crate::routes) async fn rename_passkey(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let PasskeyName { name } = sent(&shared, &headers, &body)?;
    token(&headers)?;
    let id: PasskeyId = id.parse().map_err(|_| Code::NotFound)?;
    told(ask(&shared, &headers, AccountRequest::RenamePasskey { id, name }).await?)
}

/// Removes a passkey.
#[worker::send]
pub(in crate::routes) async fn remove_passkey(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    from_inbox(&headers, &Config::read(&shared.env)?)?;
    token(&headers)?;
    let id: PasskeyId = id.parse().map_err(|_| Code::NotFound)?;
    told(ask(&shared, &headers, AccountRequest::RemovePasskey(id)).await?)
}
