//! Passkeys: making, using and removing them (SPEC AP24 to AP28). What a browser sends is checked by
//! [`domain::account::passkey`]; here is decided whose it is and whether its challenge was ours and is fresh.

use domain::account::Guess;
use domain::account::passkey::{
    ALGORITHMS, Assertion, Registration, RelyingParty, answered_challenge, passkey_id,
};
use protocol::call::{AccountAnswer, CallResult, Device};
use protocol::http::passkey::{MadePasskey, PasskeyQuestion, PasskeySetup, PasskeyView, UsedPasskey};
use protocol::mail::Letter;
use protocol::{Code, Nonce, Octets, PasskeyCeremony, PasskeyChallenge, PasskeyId, SessionId, limits};
use store::account::{KeptPasskey, KeptSession};

use super::Turn;
use super::sessions::Means;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// The passkeys, as their person sees them.
    pub(super) fn passkey_views(&self) -> Result<Vec<PasskeyView>, Code> {
        Ok(self.stored(self.store.passkeys())?.into_iter().map(|kept| kept.view).collect())
    }

    /// Says what a browser needs to make one.
    pub(super) fn begin_passkey(&mut self, session: SessionId, origin: &str) -> Result<AccountAnswer, Code> {
        let known = self.credentials()?;
        if known.len() >= limits::PASSKEYS {
            return Err(Code::InUse);
        }
        let account = self.own_account()?;
        let setup = PasskeySetup {
            relying_party: relying_party(origin)?.id().to_owned(),
            challenge: self.challenge(PasskeyCeremony::Add(session))?,
            user: self.id_of(&account.email)?.as_bytes().as_slice().into(),
            email: account.email,
            name: account.profile.name,
            algorithms: ALGORITHMS.to_vec(),
            known,
        };
        Ok(AccountAnswer::PasskeySetup(Box::new(setup)))
    }

    /// Takes one up. The session in which it was made has used it.
    pub(super) fn finish_passkey(
        &mut self,
        kept: &KeptSession,
        made: &MadePasskey,
        origin: &str,
    ) -> Result<(), Code> {
        let answered = self.answered(&made.client_data, PasskeyCeremony::Add(kept.id))?;
        let (text, challenge) = answered.ok_or(Code::LinkExpired)?;
        let registration =
            Registration { client_data: &made.client_data.0, attestation: &made.attestation.0 };
        let new = registration.check(&relying_party(origin)?, text.as_bytes()).ok_or(Code::BadField)?;
        if self.credentials()?.len() >= limits::PASSKEYS {
            return Err(Code::InUse);
        }
        let is_first = !self.has_second_factor()?;
        let name = if new.provider.is_empty() { kept.device.clone() } else { new.provider.to_owned() };
        let view = PasskeyView {
            id: passkey_id(&new.passkey.credential),
            name,
            made_at: self.now,
            used_at: None,
            is_synced: new.passkey.is_synced,
        };
        if !self.stored(self.store.add_passkey(&KeptPasskey { passkey: new.passkey, view }))? {
            return Err(Code::Taken);
        }
        self.stored(self.store.note_answer(challenge.nonce, challenge.expires_at))?;
        self.note_means(kept.id, Means::Passkey)?;
        if is_first {
            self.tell_of_second_factor(true)?;
        }
        self.deliver_to(&self.own_account()?, Letter::PasskeysChanged { is_added: true })
    }

    /// Gives one another name.
    pub(super) fn rename_passkey(&self, id: PasskeyId, name: &str) -> Result<(), Code> {
        let name = domain::name(name)?;
        self.stored(self.store.passkey(id))?.ok_or(Code::NotFound)?;
        self.stored(self.store.rename_passkey(id, &name))
    }

    /// Removes one and ends every other session, which may be one that it began.
    pub(super) fn remove_passkey(&self, session: SessionId, id: PasskeyId) -> Result<(), Code> {
        self.stored(self.store.passkey(id))?.ok_or(Code::NotFound)?;
        self.dismiss(None, "a passkey was removed")?;
        self.stored(self.store.end_sessions(Some(session)))?;
        self.stored(self.store.remove_passkey(id))?;
        if !self.has_second_factor()? {
            self.tell_of_second_factor(false)?;
        }
        self.deliver_to(&self.own_account()?, Letter::PasskeysChanged { is_added: false })
    }

    /// Says what a browser needs for the person of a session to use one.
    pub(super) fn begin_passkey_proof(
        &mut self,
        session: SessionId,
        origin: &str,
    ) -> Result<AccountAnswer, Code> {
        let known = self.credentials()?;
        if known.is_empty() {
            return Err(Code::NotFound);
        }
        Ok(AccountAnswer::PasskeyQuestion(PasskeyQuestion {
            relying_party: relying_party(origin)?.id().to_owned(),
            challenge: self.challenge(PasskeyCeremony::Prove(session))?,
            known,
        }))
    }

    /// Proves again who is at the keyboard.
    pub(super) fn prove_by_passkey(
        &mut self,
        session: SessionId,
        passkey: &UsedPasskey,
        origin: &str,
    ) -> CallResult<AccountAnswer> {
        self.check_passkey(passkey, origin, PasskeyCeremony::Prove(session))?;
        Ok(self.renew_session(session, Means::Passkey)?)
    }

    /// Signs in. An account that is none, or has no such passkey, answers as one that was signed wrongly for.
    pub(super) fn sign_in_by_passkey(
        &mut self,
        passkey: &UsedPasskey,
        origin: &str,
        device: &Device,
    ) -> CallResult<AccountAnswer> {
        let id = passkey_id(&passkey.credential.0);
        if let Some(account) = self.stored(self.store.passkey_moved_to(id))? {
            return Ok(AccountAnswer::PasskeyMoved(account));
        }
        self.check_passkey(passkey, origin, PasskeyCeremony::SignIn(device.id))?;
        Ok(self.begin_session(device, Means::Passkey)?)
    }

    /// Checks the use of a passkey, and notes it.
    fn check_passkey(
        &self,
        passkey: &UsedPasskey,
        origin: &str,
        ceremony: PasskeyCeremony,
    ) -> CallResult<()> {
        self.may_guess(Guess::Passkey)?;
        if self.use_passkey(passkey, origin, ceremony)?.is_none() {
            return Err(self.failed(Guess::Passkey, Code::WrongSignIn));
        }
        Ok(())
    }

    fn use_passkey(
        &self,
        sent: &UsedPasskey,
        origin: &str,
        ceremony: PasskeyCeremony,
    ) -> Result<Option<()>, Code> {
        let Some((text, challenge)) = self.answered(&sent.client_data, ceremony)? else { return Ok(None) };
        let id = passkey_id(&sent.credential.0);
        let kept = self.stored(self.store.passkey(id))?;
        let Some(kept) = kept.filter(|kept| kept.passkey.credential == sent.credential.0) else {
            return Ok(None);
        };
        let assertion = Assertion {
            client_data: &sent.client_data.0,
            authenticator_data: &sent.authenticator_data.0,
            signature: &sent.signature.0,
        };
        let used = assertion.check(&kept.passkey, &relying_party(origin)?, text.as_bytes());
        let Some(used) = used else { return Ok(None) };
        self.stored(self.store.note_answer(challenge.nonce, challenge.expires_at))?;
        self.stored(self.store.use_passkey(id, used, self.now))?;
        Ok(Some(()))
    }

    /// A challenge of ours for a ceremony.
    fn challenge(&mut self, ceremony: PasskeyCeremony) -> Result<Octets, Code> {
        let challenge = PasskeyChallenge {
            ceremony,
            nonce: Nonce::from_bytes(self.platform.random()?),
            expires_at: self.now.plus(limits::PASSKEY_CHALLENGE_MS),
        };
        Ok(Octets(domain::token::sign(&self.platform.token_secret()?, &challenge).into_bytes()))
    }

    /// The challenge that was answered, as text and as what it says; `None` unless it is ours, for this ceremony, in time
    /// and for the first time.
    fn answered(
        &self,
        client_data: &Octets,
        ceremony: PasskeyCeremony,
    ) -> Result<Option<(String, PasskeyChallenge)>, Code> {
        let Some(text) = answered_challenge(&client_data.0) else { return Ok(None) };
        let secret = self.platform.token_secret()?;
        let challenge = domain::token::verify::<PasskeyChallenge>(&secret, &text, self.now);
        let Some(challenge) = challenge.filter(|challenge| challenge.ceremony == ceremony) else {
            return Ok(None);
        };
        let is_fresh = !self.stored(self.store.was_answered(challenge.nonce))?;
        Ok(is_fresh.then_some((text, challenge)))
    }

    fn credentials(&self) -> Result<Vec<Octets>, Code> {
        let kept = self.stored(self.store.passkeys())?;
        Ok(kept.into_iter().map(|kept| Octets(kept.passkey.credential)).collect())
    }

    fn has_second_factor(&self) -> Result<bool, Code> {
        let has_codes = self.stored(self.store.second_factor())?.is_some();
        Ok(has_codes || self.stored(self.store.has_passkeys())?)
    }
}

/// Where passkeys are for: `unavailable` where the deployment's address is a number.
fn relying_party(origin: &str) -> Result<RelyingParty, Code> {
    RelyingParty::of(origin).ok_or(Code::Unavailable)
}
