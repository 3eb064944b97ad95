//! Links into the inbox. A token stands in the fragment, which browsers send to no server.

use protocol::mail::Letter;

use crate::base_url::BaseUrl;

/// Where a letter's button leads; `None` if there is nothing to do.
pub(crate) fn link(base: &BaseUrl, letter: &Letter) -> Option<String> {
    match letter {
        Letter::SignUp { token } => Some(with_token(base, "sign-up", token)),
        Letter::SignInLink { token } => Some(with_token(base, "sign-in-link", token)),
        Letter::Reset { token } => Some(with_token(base, "reset", token)),
        Letter::ConfirmNewAddress { token } => Some(with_token(base, "new-address", token)),
        Letter::Invitation { token, .. } => Some(with_token(base, "join", token)),
        Letter::PasswordChanged => Some(page(base, "reset")),
        Letter::AlreadySignedUp => Some(page(base, "sign-in")),
        Letter::SecondFactorChanged { .. } | Letter::PasskeysChanged { .. } => {
            Some(page(base, "account/security"))
        }
        Letter::NewDevice { .. } => Some(page(base, "account/sessions")),
        Letter::DeletionBegun { .. } => Some(page(base, "")),
        Letter::GuardedChange { .. } => Some(page(base, "settings/audit")),
        Letter::AddressChanged | Letter::AccountDeleted | Letter::Transcript(_) => None,
    }
}

fn page(base: &BaseUrl, page: &str) -> String {
    format!("{base}/inbox/{page}")
}

/// A token is base64url; whatever else it might hold is left out, so that a link is one word.
fn with_token(base: &BaseUrl, page: &str, token: &str) -> String {
    let is_plain = |character: &char| character.is_ascii_alphanumeric() || "-_".contains(*character);
    let token: String = token.chars().filter(is_plain).collect();
    format!("{base}/inbox/{page}#{token}")
}
