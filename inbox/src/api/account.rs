//! The person's own account.

use gloo::net::http::Method;
use protocol::SessionId;
use protocol::http::account::{
    AccountDeletion, LinkFinish, LinkSignIn, MailRequest, Me, PasswordChange, Profile, ProofRequest,
    RecoveryCodes, ResetFinish, SecondFactorFinish, SecondFactorSetup, SessionList, SignInRequest,
    SignUpFinish,
};

use super::Failure;
use super::exchange::{act, act_for, get, send, send_bytes, tell, tell_unguarded};

/// What a mail is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letter {
    /// Signing up.
    SignUp,
    /// Signing in without a password.
    SignInLink,
    /// Choosing a new password.
    Reset,
    /// Confirming another address.
    NewAddress,
}

/// Asks who is signed in.
pub(crate) async fn me() -> Result<Me, Failure> {
    get("/api/account/me").await
}

/// Asks for a mail. The answer is the same whether the address is known or not.
pub(crate) async fn mail(letter: Letter, request: MailRequest) -> Result<(), Failure> {
    let path = match letter {
        Letter::SignUp => "/api/account/sign-up",
        Letter::SignInLink => "/api/account/sign-in-link",
        Letter::Reset => "/api/account/reset",
        Letter::NewAddress => "/api/account/new-address",
    };
    tell(Method::POST, path, &request).await
}

/// Makes an account and signs in; the session's cookie is out of reach for scripts.
pub(crate) async fn finish_sign_up(request: SignUpFinish) -> Result<Me, Failure> {
    send(Method::POST, "/api/account/sign-up/finish", &request).await
}

/// Signs in with a password.
pub(crate) async fn sign_in(request: SignInRequest) -> Result<Me, Failure> {
    send(Method::POST, "/api/account/sign-in", &request).await
}

/// Signs in with a mailed link.
pub(crate) async fn finish_sign_in_link(request: LinkSignIn) -> Result<Me, Failure> {
    send(Method::POST, "/api/account/sign-in-link/finish", &request).await
}

/// Sets a password with a mailed link and signs in.
pub(crate) async fn finish_reset(request: ResetFinish) -> Result<Me, Failure> {
    send(Method::POST, "/api/account/reset/finish", &request).await
}

/// Moves the account to another address with a mailed link.
pub(crate) async fn finish_new_address(request: LinkFinish) -> Result<(), Failure> {
    tell(Method::POST, "/api/account/new-address/finish", &request).await
}

/// Ends the session.
pub(crate) async fn sign_out() -> Result<(), Failure> {
    act(Method::POST, "/api/account/sign-out").await
}

/// Changes what others see of the person.
pub(crate) async fn set_profile(profile: Profile) -> Result<Me, Failure> {
    send(Method::PUT, "/api/account/profile", &profile).await
}

/// Shows a picture of the person.
pub(crate) async fn set_picture(bytes: Vec<u8>) -> Result<Me, Failure> {
    send_bytes(Method::POST, "/api/account/picture", bytes).await
}

/// Shows none any more.
pub(crate) async fn remove_picture() -> Result<Me, Failure> {
    act_for(Method::DELETE, "/api/account/picture").await
}

/// Proves again who is at the keyboard.
pub(crate) async fn prove(request: ProofRequest) -> Result<(), Failure> {
    tell_unguarded("/api/account/prove", &request).await
}

/// Sets a password.
pub(crate) async fn set_password(request: PasswordChange) -> Result<(), Failure> {
    tell(Method::POST, "/api/account/password", &request).await
}

/// Deletes the account.
pub(crate) async fn delete(email: String) -> Result<(), Failure> {
    tell(Method::POST, "/api/account/deletion", &AccountDeletion { email }).await
}

/// Lists the sessions.
pub(crate) async fn sessions() -> Result<SessionList, Failure> {
    get("/api/account/sessions").await
}

/// Ends a session.
pub(crate) async fn end_session(session: SessionId) -> Result<(), Failure> {
    act(Method::DELETE, &format!("/api/account/sessions/{session}")).await
}

/// Begins to set up a second factor.
pub(crate) async fn begin_second_factor() -> Result<SecondFactorSetup, Failure> {
    act_for(Method::POST, "/api/account/second-factor").await
}

/// Switches the second factor on.
pub(crate) async fn finish_second_factor(request: SecondFactorFinish) -> Result<RecoveryCodes, Failure> {
    send(Method::POST, "/api/account/second-factor/finish", &request).await
}

/// Switches the second factor off.
pub(crate) async fn remove_second_factor() -> Result<(), Failure> {
    act(Method::DELETE, "/api/account/second-factor").await
}

/// Makes new recovery codes.
pub(crate) async fn renew_recovery_codes() -> Result<RecoveryCodes, Failure> {
    act_for(Method::POST, "/api/account/recovery-codes").await
}
