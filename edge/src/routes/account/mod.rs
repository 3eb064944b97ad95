//! People and their accounts: the way in, by mailed links, passwords and passkeys, and what a signed-in person changes.
//!
//! What a stranger is answered is the same, and takes as long, whether an address has an account or not.

mod deletion;
mod passkeys;
mod settings;
mod way_in;

use axum::http::HeaderMap;
use protocol::call::{AccountAnswer, AccountCall, AccountRequest};

pub(super) use self::deletion::delete;
pub(super) use self::passkeys::{
    begin_passkey, begin_passkey_proof, begin_passkey_sign_in, finish_passkey, finish_passkey_sign_in,
    passkeys, prove_by_passkey, remove_passkey, rename_passkey,
};
pub(super) use self::settings::told;
pub(super) use self::settings::{
    begin_second_factor, change_password, end_session, finish_new_address, finish_second_factor,
    mail_new_address, me, prove, remove_second_factor, renew_recovery_codes, sessions, set_profile,
};
pub(super) use self::way_in::{
    finish_reset, finish_sign_in_link, finish_sign_up, mail_reset, mail_sign_in_link, mail_sign_up, sign_in,
    sign_out, sign_out_everywhere,
};
use super::Shared;
use super::session::token;
use crate::calls;
use crate::problem::Refused;

/// Asks the account of the session for something.
pub(super) async fn ask(
    shared: &Shared,
    headers: &HeaderMap,
    request: AccountRequest,
) -> Result<AccountAnswer, Refused> {
    let token = token(headers)?;
    let call = AccountCall::As { secret: token.secret, request };
    Ok(calls::account(&shared.env, token.account, &call).await?)
}
