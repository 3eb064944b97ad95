//! Proving who one is, with a password, a second factor or both.

use domain::account::{Guess, PasswordHash, RecoveryCode, may_hash, sign_in_allowed};
use protocol::call::{AccountAnswer, CallResult, Device};
use protocol::{Code, Reject};
use store::account::SecondFactor;

use super::Turn;
use super::sessions::Means;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Signs in. An address without an account takes as long and answers the same. A password that the server has made is
    /// good for this once (SPEC AP31).
    pub(super) fn sign_in(
        &mut self,
        password: &str,
        code: Option<&str>,
        device: &Device,
    ) -> CallResult<AccountAnswer> {
        let is_known = self.stored(self.store.knows_device(device.id))?;
        self.check_password(password, if is_known { Guess::Known } else { Guess::Stranger })?;
        self.check_second_factor(code)?;
        self.stored(self.store.forget_first_password())?;
        Ok(self.begin_session(device, Means::Other)?)
    }

    /// Whether there were few enough failures to look at another guess of this kind.
    pub(super) fn may_guess(&self, guess: Guess) -> Result<(), Reject> {
        sign_in_allowed(&self.stored(self.store.failures(guess))?, self.now)
    }

    /// Whether this process has time for one more guess at anybody's password.
    fn may_hash(&self, guess: Guess) -> Result<(), Reject> {
        let hashed = self.platform.hashed();
        let mut bucket = hashed.get();
        let allowed = may_hash(&mut bucket, guess, self.now);
        hashed.set(bucket);
        allowed
    }

    /// Checks the password, at the same cost whether there is one or not.
    pub(super) fn check_password(&self, password: &str, guess: Guess) -> Result<(), Reject> {
        self.may_guess(guess)?;
        self.may_hash(guess)?;
        let is_over = self.stored(self.store.first_password_ends())?.is_some_and(|ends| ends <= self.now);
        let hash = self.account()?.and_then(|account| account.password).filter(|_| !is_over);
        let is_right = hash.as_ref().map_or_else(
            || {
                PasswordHash::match_nobody(password);
                false
            },
            |hash| hash.matches(password),
        );
        if is_right { Ok(()) } else { Err(self.failed(guess, Code::WrongSignIn)) }
    }

    /// Checks the second factor where one is on. A code that is missing is no guess.
    pub(super) fn check_second_factor(&mut self, code: Option<&str>) -> Result<(), Reject> {
        let Some(factor) = self.stored(self.store.second_factor())? else { return Ok(()) };
        let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else {
            return Err(Code::SecondFactorRequired.into());
        };
        self.may_guess(Guess::Code)?;
        if let Some(seed) = self.open(&factor.sealed)?
            && let Some(last_used) = seed.secret.check(&digits(code), factor.last_used, self.now)
        {
            let sealed =
                if seed.is_outdated { self.seal(self.own_id()?, &seed.secret)? } else { factor.sealed };
            return Ok(self.stored(self.store.set_second_factor(&SecondFactor { sealed, last_used }))?);
        }
        if let Some(code) = RecoveryCode::parse(code)
            && self.stored(self.store.use_recovery_code(&code.digest()))?
        {
            return Ok(());
        }
        Err(self.failed(Guess::Code, Code::SecondFactorRequired))
    }

    /// A guess that was wrong: it is noted, and refused.
    pub(super) fn failed(&self, guess: Guess, code: Code) -> Reject {
        let noted = self.stored(self.store.note_failure(guess, self.now));
        noted.err().unwrap_or(code).into()
    }
}

/// A code as apps show it, in two groups.
pub(super) fn digits(code: &str) -> String {
    code.chars().filter(|character| !character.is_whitespace()).collect()
}
