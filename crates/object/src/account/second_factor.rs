//! Switching the second factor on and off.

use domain::account::{Guess, RECOVERY_CODES, RecoveryCode, TotpSecret};
use protocol::call::{AccountAnswer, CallResult, Job, WorkspaceCall};
use protocol::http::account::{RecoveryCodes, SecondFactorSetup};
use protocol::mail::Letter;
use protocol::{Code, SessionId};
use store::account::SecondFactor;

use super::Turn;
use super::sign_in::digits;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Makes a secret, which counts from its first code on.
    pub(super) fn begin_second_factor(&mut self) -> Result<AccountAnswer, Code> {
        if self.stored(self.store.second_factor())?.is_some() {
            return Err(Code::Taken);
        }
        let email = self.own_account()?.email;
        let secret = TotpSecret::from_bytes(self.platform.random()?);
        let sealed = self.seal(self.own_id()?, &secret)?;
        self.stored(self.store.set_new_second_factor(Some(&sealed)))?;
        let setup = SecondFactorSetup { secret: secret.to_base32(), address: secret.address(&email) };
        Ok(AccountAnswer::SecondFactor(setup))
    }

    /// Switches it on and ends every other session.
    pub(super) fn finish_second_factor(
        &mut self,
        session: SessionId,
        code: &str,
    ) -> CallResult<AccountAnswer> {
        self.may_guess(Guess::Code)?;
        let sealed = self.stored(self.store.new_second_factor())?.ok_or(Code::NotFound)?;
        let seed = self.open(&sealed)?.ok_or(Code::NotFound)?;
        let Some(last_used) = seed.secret.check(&digits(code), 0, self.now) else {
            return Err(self.failed(Guess::Code, Code::SecondFactorRequired));
        };
        self.second_factor_changed(session, true)?;
        let codes = self.renew_recovery_codes()?;
        self.stored(self.store.set_new_second_factor(None))?;
        self.stored(self.store.set_second_factor(&SecondFactor { sealed, last_used }))?;
        Ok(codes)
    }

    /// Switches it off and ends every other session.
    pub(super) fn remove_second_factor(&self, session: SessionId) -> Result<(), Code> {
        if self.stored(self.store.second_factor())?.is_none() {
            return Err(Code::NotFound);
        }
        self.second_factor_changed(session, false)?;
        self.stored(self.store.remove_second_factor())
    }

    /// Makes new recovery codes; the others are worthless.
    pub(super) fn renew_recovery_codes(&mut self) -> Result<AccountAnswer, Code> {
        let mut codes = Vec::new();
        for _ in 0..RECOVERY_CODES {
            codes.push(RecoveryCode::from_entropy(self.platform.random()?));
        }
        let digests: Vec<_> = codes.iter().map(RecoveryCode::digest).collect();
        self.stored(self.store.set_recovery_codes(&digests))?;
        let codes = codes.iter().map(RecoveryCode::to_text).collect();
        Ok(AccountAnswer::RecoveryCodes(RecoveryCodes { codes }))
    }

    fn second_factor_changed(&self, session: SessionId, is_on: bool) -> Result<(), Code> {
        self.dismiss(None, "another second factor")?;
        if !self.stored(self.store.has_passkeys())? {
            self.tell_of_second_factor(is_on)?;
        }
        self.stored(self.store.end_sessions(Some(session)))?;
        self.deliver_to(&self.own_account()?, Letter::SecondFactorChanged { is_on })
    }

    /// Tells every workspace that there is a second factor from now on, or none.
    pub(super) fn tell_of_second_factor(&self, is_on: bool) -> Result<(), Code> {
        for membership in self.stored(self.store.memberships())? {
            let call = WorkspaceCall::SecondFactorChanged { agent: membership.agent, is_on };
            self.owe(&Job::Workspace(membership.workspace.id, Box::new(call)))?;
        }
        Ok(())
    }
}
