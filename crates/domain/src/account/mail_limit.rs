//! How often one address is written to.

use protocol::Timestamp;
use protocol::mail::{GuardedChange, Letter};

use super::window::window_allows;

const MINUTE_MS: u64 = 60_000;

/// Milliseconds for which letters are remembered.
pub const LETTERS_COUNT_MS: u64 = 60 * MINUTE_MS;

const LETTERS_AN_HOUR: usize = 5;

/// A kind of letter, each of which has a limit of its own at each address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LetterKind(u8);

impl LetterKind {
    /// The kind of a letter. A sign-up is one kind whatever is answered to it.
    #[must_use]
    pub const fn of(letter: &Letter) -> Self {
        Self(match letter {
            Letter::SignUp { .. } | Letter::AlreadySignedUp => 1,
            Letter::SignInLink { .. } => 2,
            Letter::Reset { .. } => 3,
            Letter::ConfirmNewAddress { .. } => 4,
            Letter::AddressChanged => 5,
            Letter::PasswordChanged => 6,
            Letter::SecondFactorChanged { is_on: true } => 7,
            Letter::NewDevice { .. } => 8,
            Letter::Invitation { .. } => 9,
            Letter::DeletionBegun { .. } => 10,
            Letter::PasskeysChanged { is_added: true } => 11,
            Letter::PasskeysChanged { is_added: false } => 12,
            Letter::SecondFactorChanged { is_on: false } => 13,
            Letter::AccountDeleted => 14,
            // Each is told however lately another was, so that none hides behind a harmless one.
            Letter::GuardedChange { what: GuardedChange::Owner, .. } => 15,
            Letter::GuardedChange { what: GuardedChange::Rights, .. } => 16,
            Letter::GuardedChange { what: GuardedChange::ApiKey, .. } => 17,
            Letter::GuardedChange { what: GuardedChange::Site, .. } => 18,
            Letter::GuardedChange { what: GuardedChange::Identity, .. } => 19,
            Letter::GuardedChange { what: GuardedChange::SecondFactor, .. } => 20,
            Letter::GuardedChange { what: GuardedChange::Retention, .. } => 21,
            Letter::Transcript(_) => 22,
        })
    }

    /// The number that is stored.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// Whether one more letter of a kind may go to an address, by the times of those so far: one a minute and five an hour
/// (SPEC AP11).
#[must_use]
pub fn letter_allowed(sent: &[Timestamp], now: Timestamp) -> bool {
    window_allows(sent, 1, MINUTE_MS, now).is_ok()
        && window_allows(sent, LETTERS_AN_HOUR, LETTERS_COUNT_MS, now).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap11_an_address_gets_a_letter_a_minute_and_five_an_hour() {
        let minute = |minutes: i64| Timestamp(minutes * 60_000);
        assert!(letter_allowed(&[], minute(0)));
        assert!(!letter_allowed(&[minute(0)], Timestamp(59_999)));
        assert!(letter_allowed(&[minute(0)], minute(1)));
        let five: Vec<_> = (0..5).map(|count| minute(2 * count)).collect();
        assert!(letter_allowed(&five[..4], minute(20)));
        assert!(!letter_allowed(&five, minute(59)));
        assert!(letter_allowed(&five, minute(60)));
    }

    #[test]
    fn ap11_the_two_answers_to_a_sign_up_share_a_limit() {
        let sign_up = LetterKind::of(&Letter::SignUp { token: String::new() });
        assert_eq!(sign_up, LetterKind::of(&Letter::AlreadySignedUp));
        assert_ne!(sign_up, LetterKind::of(&Letter::Reset { token: String::new() }));
    }

    #[test]
    fn ap27_that_a_passkey_went_is_told_however_lately_one_came() {
        let kind = |is_added| LetterKind::of(&Letter::PasskeysChanged { is_added });
        assert_ne!(kind(true), kind(false));
    }

    #[test]
    fn ws50_no_change_hides_behind_another() {
        let kind =
            |what| LetterKind::of(&Letter::GuardedChange { what, by: String::new(), at: Timestamp(0) });
        let kinds: std::collections::BTreeSet<_> = GuardedChange::ALL.into_iter().map(kind).collect();
        assert_eq!(kinds.len(), GuardedChange::ALL.len());
    }

    #[test]
    fn ap11_that_a_second_factor_went_is_told_however_lately_it_came() {
        let kind = |is_on| LetterKind::of(&Letter::SecondFactorChanged { is_on });
        assert_ne!(kind(true), kind(false));
    }
}
