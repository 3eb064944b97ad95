//! Answers calls.

use domain::account::Email;
use protocol::Code;
use protocol::call::{AccountAnswer, AccountCall, AccountRequest, CallResult, Device, Job, Membership};
use protocol::http::account::{Newcomer, Profile};
use protocol::limits::FIRST_PASSWORD_MS;
use protocol::{AgentId, WorkspaceId};

use super::sessions::Means;
use super::{AccountObject, Turn, legal};
use crate::platform::Platform;

impl AccountObject {
    /// Answers a call of the Worker or of another object.
    ///
    /// # Errors
    /// What is refused, with its code.
    pub fn answer<P: Platform>(&mut self, platform: &mut P, call: AccountCall) -> CallResult<AccountAnswer> {
        let only_reads = only_reads(&call);
        let answer = Turn::begin(platform)?.answer(call);
        // Also after a refusal: a failed guess is to be forgotten one day.
        if !only_reads {
            self.arm(platform);
        }
        answer
    }
}

impl<P: Platform> Turn<'_, P> {
    fn answer(mut self, call: AccountCall) -> CallResult<AccountAnswer> {
        match call {
            AccountCall::Create { email, newcomer, device } => {
                Ok(self.create(&email, newcomer, device.as_ref())?)
            }
            AccountCall::MailSignUp { email, language } => done(self.mail_sign_up(&email, language)),
            AccountCall::FinishSignUp { secret, newcomer, device } => {
                Ok(self.finish_sign_up(&secret, newcomer, &device)?)
            }
            AccountCall::SignIn { password, code, device } => {
                self.sign_in(&password, code.as_deref(), &device)
            }
            AccountCall::MailSignInLink => done(self.mail_sign_in_link()),
            AccountCall::FinishSignInLink { secret, code, device } => {
                self.finish_sign_in_link(&secret, code.as_deref(), &device)
            }
            AccountCall::MailReset => done(self.mail_reset()),
            AccountCall::FinishReset { secret, password, code, device } => {
                self.finish_reset(&secret, &password, code.as_deref(), &device)
            }
            AccountCall::Authenticate { secret } => Ok(self.authenticate(&secret)?),
            AccountCall::SignOut { secret, everywhere } => done(self.sign_out(&secret, everywhere)),
            AccountCall::As { secret, request } => self.answer_to(&secret, request),
            AccountCall::Joined(membership) => done(self.joined(membership)),
            AccountCall::Left { workspace, agent } => done(self.left(workspace, agent)),
            AccountCall::Exists => Ok(AccountAnswer::Exists(self.account()?.is_some())),
            AccountCall::Deliver(mail) => done(self.deliver(*mail)),
            AccountCall::DeliverOrRefuse(mail) => done(self.deliver_or_refuse(*mail)),
            AccountCall::MoveIn(moving) => Ok(self.move_in(&moving)?),
            AccountCall::MovedOut { link, to } => done(self.moved_out(&link, to)),
            AccountCall::SignInByPasskey { passkey, origin, device } => {
                self.sign_in_by_passkey(&passkey, &origin, &device)
            }
        }
    }

    /// Makes the account of an address that was proved to be the person's.
    pub(super) fn create(
        &mut self,
        email: &str,
        newcomer: Newcomer,
        device: Option<&Device>,
    ) -> Result<AccountAnswer, Code> {
        let email = Email::parse(email)?;
        let Newcomer { name, password, language, time_zone } = newcomer;
        let profile = legal(&Profile { name, language, time_zone })?;
        if self.account()?.is_some() || self.is_held()? {
            return Err(Code::AlreadySetUp);
        }
        let password = match password {
            Some(password) => Some(self.hash(&password, email.as_str(), &profile.name)?),
            None => None,
        };
        self.stored(self.store.create(&email, &profile, password.as_ref(), None))?;
        if let Some(device) = device {
            return self.begin_session(device, Means::Other);
        }
        // Nobody is there to have chosen it: the server has made it.
        if password.is_some() {
            self.stored(self.store.set_first_password(self.now.plus(FIRST_PASSWORD_MS)))?;
        }
        Ok(AccountAnswer::Done)
    }

    fn joined(&self, membership: Membership) -> Result<(), Code> {
        if self.account()?.is_some() {
            self.show_to(membership.agent)?;
            return self.stored(self.store.join(&membership));
        }
        let to = self.stored(self.store.moved_to())?.ok_or(Code::NotFound)?;
        self.owe(&Job::Account(to, Box::new(AccountCall::Joined(membership))))
    }

    fn left(&self, workspace: WorkspaceId, agent: AgentId) -> Result<(), Code> {
        if self.account()?.is_some() {
            self.hide_from(agent)?;
            return self.stored(self.store.leave(workspace, agent));
        }
        match self.stored(self.store.moved_to())? {
            Some(to) => self.owe(&Job::Account(to, Box::new(AccountCall::Left { workspace, agent }))),
            None => Ok(()),
        }
    }
}

/// Whether a call leaves nothing behind that is to be done or forgotten. That a session was used only puts off its end,
/// which the alarm finds out.
const fn only_reads(call: &AccountCall) -> bool {
    matches!(
        call,
        AccountCall::Authenticate { .. }
            | AccountCall::Exists
            | AccountCall::As {
                request: AccountRequest::Me | AccountRequest::Sessions | AccountRequest::Passkeys,
                ..
            }
    )
}

/// The answer to what has none but that it was done.
pub(super) fn done(result: Result<(), Code>) -> CallResult<AccountAnswer> {
    result?;
    Ok(AccountAnswer::Done)
}
