//! What the links of mails open. Each is good once, for its purpose and its address (SPEC AP9).

use domain::account::LinkPurpose;
use protocol::Code;
use protocol::call::{AccountAnswer, CallResult, Device};
use protocol::http::account::Newcomer;
use protocol::mail::Letter;
use store::account::{Account, Link};

use super::Turn;
use super::sessions::Means;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Makes the account that a link stands for. Who is refused for their name or password can use it again.
    pub(super) fn finish_sign_up(
        &mut self,
        secret: &[u8; 32],
        newcomer: Newcomer,
        device: &Device,
    ) -> Result<AccountAnswer, Code> {
        let link = self.link(LinkPurpose::SignUp, secret)?;
        let answer = self.create(&link.email, newcomer, Some(device)).map_err(|code| match code {
            Code::AlreadySetUp => Code::LinkExpired,
            other => other,
        })?;
        self.stored(self.store.end_links(LinkPurpose::SignUp))?;
        Ok(answer)
    }

    /// Begins a session by a link.
    pub(super) fn finish_sign_in_link(
        &mut self,
        secret: &[u8; 32],
        code: Option<&str>,
        device: &Device,
    ) -> CallResult<AccountAnswer> {
        self.account_of_link(LinkPurpose::SignIn, secret)?;
        self.check_second_factor(code)?;
        self.stored(self.store.end_links(LinkPurpose::SignIn))?;
        Ok(self.begin_session(device, Means::Other)?)
    }

    /// Sets a password by a link, ends every session and begins one.
    pub(super) fn finish_reset(
        &mut self,
        secret: &[u8; 32],
        password: &str,
        code: Option<&str>,
        device: &Device,
    ) -> CallResult<AccountAnswer> {
        let account = self.account_of_link(LinkPurpose::Reset, secret)?;
        domain::account::password_allowed(password, &account.email, &account.profile.name)?;
        self.check_second_factor(code)?;
        self.replace_password(&account, password)?;
        Ok(self.begin_session(device, Means::Other)?)
    }

    /// Sets a password: everybody is signed out, and every link that could sign somebody in is worthless.
    pub(super) fn replace_password(&mut self, account: &Account, password: &str) -> Result<(), Code> {
        let hash = self.hash(password, &account.email, &account.profile.name)?;
        self.dismiss(None, "another password")?;
        self.stored(self.store.end_sessions(None))?;
        self.stored(self.store.end_links(LinkPurpose::Reset))?;
        self.stored(self.store.end_links(LinkPurpose::SignIn))?;
        self.stored(self.store.end_links(LinkPurpose::NewAddress))?;
        self.stored(self.store.set_password(&hash))?;
        self.deliver_to(account, Letter::PasswordChanged)
    }

    /// A link that is good.
    pub(super) fn link(&self, purpose: LinkPurpose, secret: &[u8; 32]) -> Result<Link, Code> {
        self.stored(self.store.link(purpose, secret, self.now))?.ok_or(Code::LinkExpired)
    }

    /// The account whose address a link proves.
    fn account_of_link(&self, purpose: LinkPurpose, secret: &[u8; 32]) -> Result<Account, Code> {
        let link = self.link(purpose, secret)?;
        self.account()?.filter(|account| account.email == link.email).ok_or(Code::LinkExpired)
    }
}
