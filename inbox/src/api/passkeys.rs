//! The person's passkeys, and signing in with one.

use gloo::net::http::Method;
use protocol::PasskeyId;
use protocol::http::account::Me;
use protocol::http::passkey::{
    MadePasskey, PasskeyList, PasskeyName, PasskeyQuestion, PasskeySetup, PasskeySignIn, UsedPasskey,
};

use super::Failure;
use super::exchange::{act, act_for, get, send, tell, tell_unguarded};

/// Asks what a passkey has to sign for a sign-in.
pub(crate) async fn begin_sign_in() -> Result<PasskeyQuestion, Failure> {
    act_for(Method::POST, "/api/account/passkey-sign-in").await
}

/// Signs in with a passkey.
pub(crate) async fn sign_in(request: PasskeySignIn) -> Result<Me, Failure> {
    send(Method::POST, "/api/account/passkey-sign-in/finish", &request).await
}

/// Asks what a passkey has to sign for a proof of who is at the keyboard.
pub(crate) async fn begin_proof() -> Result<PasskeyQuestion, Failure> {
    act_for(Method::POST, "/api/account/prove/passkey").await
}

/// Proves with a passkey who is at the keyboard.
pub(crate) async fn prove(request: UsedPasskey) -> Result<(), Failure> {
    tell_unguarded("/api/account/prove/passkey/finish", &request).await
}

/// Lists the passkeys.
pub(crate) async fn list() -> Result<PasskeyList, Failure> {
    get("/api/account/passkeys").await
}

/// Asks what a new passkey has to sign.
pub(crate) async fn begin() -> Result<PasskeySetup, Failure> {
    act_for(Method::POST, "/api/account/passkeys").await
}

/// Adds a passkey.
pub(crate) async fn add(request: MadePasskey) -> Result<(), Failure> {
    tell(Method::POST, "/api/account/passkeys/finish", &request).await
}

/// Gives a passkey another name.
pub(crate) async fn rename(id: PasskeyId, request: PasskeyName) -> Result<(), Failure> {
    tell(Method::PATCH, &format!("/api/account/passkeys/{id}"), &request).await
}

/// Removes a passkey.
pub(crate) async fn remove(id: PasskeyId) -> Result<(), Failure> {
    act(Method::DELETE, &format!("/api/account/passkeys/{id}")).await
}
