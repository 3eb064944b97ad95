//! Letters to the address of the object, within its limit (SPEC AP11).

use domain::account::{LetterKind, LinkPurpose, MailedToken, letter_allowed, link_expires_at};
use protocol::Code;
use protocol::call::Job;
use protocol::mail::{Language, Letter, Mail};
use store::account::{Account, Link};

use super::Turn;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Mails a link to sign up, or word that there is an account.
    pub(super) fn mail_sign_up(&mut self, email: &str, language: Language) -> Result<(), Code> {
        let token = self.new_token(email)?;
        let letter = Letter::SignUp { token: token.to_text() };
        if !self.may_deliver(&letter)? || self.is_held()? {
            return Ok(());
        }
        if let Some(account) = self.account()? {
            return self.deliver_to(&account, Letter::AlreadySignedUp);
        }
        self.keep_link(LinkPurpose::SignUp, &token, email)?;
        self.deliver(Mail { to: email.to_owned(), language, letter })
    }

    /// Mails a link to sign in, if there is an account.
    pub(super) fn mail_sign_in_link(&mut self) -> Result<(), Code> {
        self.mail_link(LinkPurpose::SignIn, |token| Letter::SignInLink { token })
    }

    /// Mails a link to choose a new password, if there is an account.
    pub(super) fn mail_reset(&mut self) -> Result<(), Code> {
        self.mail_link(LinkPurpose::Reset, |token| Letter::Reset { token })
    }

    fn mail_link(&mut self, purpose: LinkPurpose, letter: fn(String) -> Letter) -> Result<(), Code> {
        let Some(account) = self.account()? else { return Ok(()) };
        let token = self.new_token(&account.email)?;
        let letter = letter(token.to_text());
        if !self.may_deliver(&letter)? {
            return Ok(());
        }
        self.keep_link(purpose, &token, &account.email)?;
        self.deliver_to(&account, letter)
    }

    /// Keeps a link that is about to be mailed.
    pub(super) fn keep_link(
        &self,
        purpose: LinkPurpose,
        token: &MailedToken,
        email: &str,
    ) -> Result<(), Code> {
        let link = Link { email: email.to_owned(), expires_at: link_expires_at(purpose, self.now) };
        self.stored(self.store.add_link(purpose, &token.secret, &link))
    }

    /// Writes to the account's own address.
    pub(super) fn deliver_to(&self, account: &Account, letter: Letter) -> Result<(), Code> {
        let language = account.profile.language;
        self.deliver(Mail { to: account.email.clone(), language, letter })
    }

    /// Sends a letter, unless that is over the limit. A link to move an account here is none where there is one.
    pub(super) fn deliver(&self, mut mail: Mail) -> Result<(), Code> {
        if !self.may_deliver(&mail.letter)? {
            return Ok(());
        }
        let kind = LetterKind::of(&mail.letter);
        if matches!(mail.letter, Letter::ConfirmNewAddress { .. }) && self.account()?.is_some() {
            mail.letter = Letter::AlreadySignedUp;
        }
        self.stored(self.store.note_letter(kind, self.now))?;
        self.owe(&Job::Mail(Box::new(mail)))
    }

    /// The same for who is to hear of the limit.
    pub(super) fn deliver_or_refuse(&self, mail: Mail) -> Result<(), Code> {
        if self.may_deliver(&mail.letter)? { self.deliver(mail) } else { Err(Code::RateLimited) }
    }

    /// Whether one more letter of this kind is within the limit.
    pub(super) fn may_deliver(&self, letter: &Letter) -> Result<bool, Code> {
        let sent = self.stored(self.store.letters(LetterKind::of(letter)))?;
        Ok(letter_allowed(&sent, self.now))
    }
}
