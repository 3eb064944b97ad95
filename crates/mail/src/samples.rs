//! One letter of each kind, for whoever changes what letters say or look like.

use protocol::Timestamp;
use protocol::limits::DELETION_WAIT_MS;
use protocol::mail::{GuardedChange, Language, Letter};

/// Every language, in the order of their codes on the mailbox's page.
pub const LANGUAGES: [Language; 5] = [Language::En, Language::De, Language::Fr, Language::Es, Language::Ar];

/// A letter of each kind. Their links have tokens that nobody gave out.
#[must_use]
pub fn samples(now: Timestamp) -> Vec<Letter> {
    let token = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz".to_owned();
    let mut samples = vec![
        Letter::SignUp { token: token.clone() },
        Letter::AlreadySignedUp,
        Letter::SignInLink { token: token.clone() },
        Letter::Reset { token: token.clone() },
        Letter::ConfirmNewAddress { token: token.clone() },
        Letter::AddressChanged,
        Letter::PasswordChanged,
        Letter::SecondFactorChanged { is_on: true },
        Letter::SecondFactorChanged { is_on: false },
        Letter::NewDevice { at: now },
        Letter::Invitation { token, invited_by: "mara@fernwood.example".to_owned() },
        Letter::DeletionBegun { at: now.plus(DELETION_WAIT_MS) },
        Letter::PasskeysChanged { is_added: true },
        Letter::PasskeysChanged { is_added: false },
        Letter::AccountDeleted,
    ];
    let by = || "mara@fernwood.example".to_owned();
    let changes = GuardedChange::ALL.map(|what| Letter::GuardedChange { what, by: by(), at: now });
    samples.extend(changes);
    samples
}
