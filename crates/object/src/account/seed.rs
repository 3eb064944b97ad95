//! The secret of the second factor, sealed for the account that it belongs to (SPEC AC12).

use domain::account::TotpSecret;
use domain::sealing::Place;
use protocol::{AccountId, Code};

use super::Turn;
use crate::platform::Platform;

const KIND: &str = "second-factor";

/// A secret that was opened.
pub(super) struct Seed {
    /// The secret.
    pub(super) secret: TotpSecret,
    /// Whether it should be sealed again.
    pub(super) is_outdated: bool,
}

impl<P: Platform> Turn<'_, P> {
    /// Seals a secret for an account.
    pub(super) fn seal(&mut self, account: AccountId, secret: &TotpSecret) -> Result<Vec<u8>, Code> {
        let nonce = self.platform.random()?;
        self.platform.sealing()?.seal(place(&account), nonce, secret.as_bytes())
    }

    /// Opens the secret of this account. One that does not open is noted, and is no reason to keep its person out: there
    /// are recovery codes.
    pub(super) fn open(&self, sealed: &[u8]) -> Result<Option<Seed>, Code> {
        // From before they were sealed.
        if let Ok(bytes) = sealed.try_into() {
            return Ok(Some(Seed { secret: TotpSecret::from_bytes(bytes), is_outdated: true }));
        }
        let account = self.own_id()?;
        let opened = self.platform.sealing()?.open(place(&account), sealed);
        let seed = opened.and_then(|opened| {
            let secret = TotpSecret::from_bytes(opened.secret.try_into().ok()?);
            Some(Seed { secret, is_outdated: !opened.is_current })
        });
        if seed.is_none() {
            self.platform.unsealable(KIND);
        }
        Ok(seed)
    }

    /// The id of the account that is here.
    pub(super) fn own_id(&self) -> Result<AccountId, Code> {
        self.id_of(&self.own_account()?.email)
    }
}

const fn place(account: &AccountId) -> Place<'_> {
    Place { kind: KIND, owner: account.as_bytes(), row: &[] }
}
