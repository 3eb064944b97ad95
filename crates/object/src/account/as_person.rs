//! What a signed-in person asks of their account.

use domain::account::{Email, Guess, LetterKind, LinkPurpose, is_fresh};
use protocol::call::{AccountAnswer, AccountCall, AccountRequest, CallResult, Job};
use protocol::http::account::Profile;
use protocol::mail::{Letter, Mail};
use protocol::{Code, Reject};
use store::account::KeptSession;

use super::answer::done;
use super::sessions::Means;
use super::{Turn, legal};
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Answers who has a session that is good.
    pub(super) fn answer_to(
        &mut self,
        secret: &[u8; 32],
        request: AccountRequest,
    ) -> CallResult<AccountAnswer> {
        let kept = self.session(secret)?;
        match request {
            AccountRequest::Me => Ok(AccountAnswer::Me(Box::new(self.me()?))),
            AccountRequest::SetProfile(profile) => Ok(self.set_profile(&profile)?),
            AccountRequest::Prove { password, code } => {
                self.prove(&kept, password.as_deref(), code.as_deref())
            }
            AccountRequest::SetPassword { password } => Ok(self.set_password(&kept, &password)?),
            AccountRequest::Sessions => Ok(AccountAnswer::Sessions(self.session_views(kept.id)?)),
            AccountRequest::EndSession(id) => {
                let is_there = self.stored(self.store.sessions())?.iter().any(|other| other.id == id);
                if is_there {
                    done(self.end_session(id, "ended from another"))
                } else {
                    Err(Code::NotFound.into())
                }
            }
            AccountRequest::BeginSecondFactor => {
                self.proven(&kept)?;
                Ok(self.begin_second_factor()?)
            }
            AccountRequest::FinishSecondFactor { code } => self.finish_second_factor(kept.id, &code),
            AccountRequest::RemoveSecondFactor => {
                self.proven(&kept)?;
                done(self.remove_second_factor(kept.id))
            }
            AccountRequest::RenewRecoveryCodes => {
                self.proven(&kept)?;
                self.stored(self.store.second_factor())?.ok_or(Code::NotFound)?;
                Ok(self.renew_recovery_codes()?)
            }
            AccountRequest::MailNewAddress { email } => {
                self.proven(&kept)?;
                self.mail_new_address(&email)
            }
            AccountRequest::FinishNewAddress { secret } => Ok(self.finish_new_address(&kept, &secret)?),
            AccountRequest::Passkeys => Ok(AccountAnswer::Passkeys(self.passkey_views()?)),
            AccountRequest::BeginPasskey { origin } => {
                self.proven(&kept)?;
                Ok(self.begin_passkey(kept.id, &origin)?)
            }
            AccountRequest::FinishPasskey { made, origin } => {
                done(self.finish_passkey(&kept, &made, &origin))
            }
            AccountRequest::RenamePasskey { id, name } => done(self.rename_passkey(id, &name)),
            AccountRequest::RemovePasskey(id) => {
                self.proven(&kept)?;
                done(self.remove_passkey(kept.id, id))
            }
            AccountRequest::BeginPasskeyProof { origin } => Ok(self.begin_passkey_proof(kept.id, &origin)?),
            AccountRequest::ProveByPasskey { passkey, origin } => {
                self.prove_by_passkey(kept.id, &passkey, &origin)
            }
            AccountRequest::BeginPicture => self.begin_picture(),
            AccountRequest::ShowPicture(id) => Ok(self.show_picture(id)?),
            AccountRequest::RemovePicture => Ok(self.remove_picture()?),
            AccountRequest::Delete { left } => {
                self.proven(&kept)?;
                done(self.delete(&left))
            }
        }
    }

    fn set_profile(&self, profile: &Profile) -> Result<AccountAnswer, Code> {
        let profile = legal(profile)?;
        let account = self.own_account()?;
        if account.profile.name != profile.name || account.profile.language != profile.language {
            self.tell_workspaces(self.id_of(&account.email)?, &account.email, &profile)?;
        }
        self.stored(self.store.set_profile(&profile))?;
        Ok(AccountAnswer::Me(Box::new(self.me()?)))
    }

    /// Whoever has no password proves who they are by signing in with a link.
    fn prove(
        &mut self,
        kept: &KeptSession,
        password: Option<&str>,
        code: Option<&str>,
    ) -> CallResult<AccountAnswer> {
        let has_password = self.own_account()?.password.is_some();
        let password = password.filter(|_| has_password).ok_or(Code::ProofRequired)?;
        self.check_password(password, Guess::Known)?;
        self.check_second_factor(code)?;
        Ok(self.renew_session(kept.id, Means::Other)?)
    }

    /// Sets a password. The session goes on under a new secret, alone.
    fn set_password(&mut self, kept: &KeptSession, password: &str) -> Result<AccountAnswer, Code> {
        self.proven(kept)?;
        let account = self.own_account()?;
        self.replace_password(&account, password)?;
        self.open_session(&kept.device, kept.session.proof, Means::of(kept))
    }

    /// Mails a link to the new address, from the object of that address, which knows its limit. Whether there is an
    /// account is told to who reads its mail, and to nobody else.
    fn mail_new_address(&mut self, email: &str) -> CallResult<AccountAnswer> {
        let email = Email::parse(email)?;
        let account = self.own_account()?;
        if account.email == email.as_str() {
            return Err(Code::Taken.into());
        }
        let token = self.new_token(&account.email)?;
        let letter = Letter::ConfirmNewAddress { token: token.to_text() };
        if !self.may_deliver(&letter)? {
            return Err(Reject { code: Code::RateLimited, retry_after: None });
        }
        self.stored(self.store.note_letter(LetterKind::of(&letter), self.now))?;
        self.keep_link(LinkPurpose::NewAddress, &token, email.as_str())?;
        let to = self.id_of(email.as_str())?;
        let language = account.profile.language;
        let mail = Mail { to: email.as_str().to_owned(), language, letter };
        done(self.owe(&Job::Account(to, Box::new(AccountCall::Deliver(Box::new(mail))))))
    }

    fn proven(&self, kept: &KeptSession) -> Result<(), Code> {
        if is_fresh(kept.session.proof, self.now) { Ok(()) } else { Err(Code::ProofRequired) }
    }
}
