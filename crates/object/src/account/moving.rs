//! Another address: the account moves from the object of the old address to that of the new one (SPEC AP18).
//!
//! The old object says what moves; the new one takes it up in one turn, which decides that it has moved, and owes the old
//! one the news of it. Until that arrives there are two, for moments; whatever is done twice changes nothing.

use domain::account::passkey::{Passkey, PublicKey};
use domain::account::{Email, LinkPurpose, MailedToken, PasswordHash, TotpSecret};
use protocol::call::{AccountAnswer, AccountCall, Job, Moving, MovingPasskey, MovingSecondFactor};
use protocol::mail::Letter;
use protocol::{AccountId, Code, Octets};
use store::account::{KeptPasskey, KeptSession, SecondFactor};

use super::Turn;
use super::sessions::Means;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Says what moves to the address of a link. Nothing changes here until it has moved.
    pub(super) fn finish_new_address(
        &self,
        kept: &KeptSession,
        secret: &[u8; 32],
    ) -> Result<AccountAnswer, Code> {
        let link = self.link(LinkPurpose::NewAddress, secret)?;
        let account = self.own_account()?;
        let is_chosen = self.stored(self.store.first_password_ends())?.is_none();
        let second_factor = match self.stored(self.store.second_factor())? {
            Some(SecondFactor { sealed, last_used }) => Some(MovingSecondFactor {
                // Who cannot move with it has to switch it off first.
                secret: *self.open(&sealed)?.ok_or(Code::Unavailable)?.secret.as_bytes(),
                last_used,
                recovery_codes: self.stored(self.store.recovery_codes())?,
            }),
            None => None,
        };
        Ok(AccountAnswer::Moving(Box::new(Moving {
            link: MailedToken::digest(secret),
            from: self.id_of(&account.email)?,
            email: link.email,
            profile: account.profile,
            password: account.password.filter(|_| is_chosen).map(|hash| hash.as_str().to_owned()),
            second_factor,
            memberships: self.stored(self.store.memberships())?,
            devices: self.stored(self.store.devices())?,
            device: kept.device.clone(),
            proof: kept.session.proof,
            is_by_passkey: kept.is_by_passkey,
            passkeys: self.stored(self.store.passkeys())?.into_iter().map(leaving).collect(),
            picture: self.stored(self.store.picture())?,
        })))
    }

    /// Takes an account up.
    pub(super) fn move_in(&mut self, moving: &Moving) -> Result<AccountAnswer, Code> {
        let email = Email::parse(&moving.email)?;
        let to = self.id_of(&moving.email)?;
        match self.account()? {
            Some(account) if account.moved_in_by == Some(moving.link) => {}
            Some(_) => return Err(Code::Taken),
            None => self.take_up(&email, to, moving)?,
        }
        self.owe(&Job::Account(moving.from, Box::new(AccountCall::MovedOut { link: moving.link, to })))?;
        self.tell_workspaces(to, &moving.email, &moving.profile)?;
        let means = if moving.is_by_passkey { Means::Passkey } else { Means::Other };
        self.open_session(&moving.device, moving.proof, means)
    }

    fn take_up(&mut self, email: &Email, account: AccountId, moving: &Moving) -> Result<(), Code> {
        // Who comes back within a day finds their own trace.
        let has_gone_elsewhere = self.stored(self.store.moved_to())?.is_some_and(|to| to != moving.from);
        if has_gone_elsewhere || self.stored(self.store.was_deleted())? {
            return Err(Code::Taken);
        }
        for membership in &moving.memberships {
            self.stored(self.store.join(membership))?;
        }
        for passkey in &moving.passkeys {
            let kept = arriving(passkey).ok_or(Code::Internal)?;
            self.stored(self.store.add_passkey(&kept))?;
        }
        if let Some(picture) = moving.picture {
            self.stored(self.store.show_picture(picture))?;
        }
        for device in &moving.devices {
            self.stored(self.store.note_device(*device, self.now))?;
        }
        if let Some(factor) = &moving.second_factor {
            self.stored(self.store.set_recovery_codes(&factor.recovery_codes))?;
            let sealed = self.seal(account, &TotpSecret::from_bytes(factor.secret))?;
            let factor = SecondFactor { sealed, last_used: factor.last_used };
            self.stored(self.store.set_second_factor(&factor))?;
        }
        self.stored(self.store.end_links(LinkPurpose::SignUp))?;
        let password = moving.password.clone().map(PasswordHash::from_stored);
        let by = Some(&moving.link);
        self.stored(self.store.create(email, &moving.profile, password.as_ref(), by))?;
        Ok(())
    }

    /// The account has moved: everybody is signed out here, and the old address is told.
    pub(super) fn moved_out(&self, link: &[u8; 32], to: AccountId) -> Result<(), Code> {
        if self.stored(self.store.has_moved_out(link))? {
            return Ok(());
        }
        let Some(account) = self.account()? else { return Ok(()) };
        self.dismiss(None, "another address")?;
        self.deliver_to(&account, Letter::AddressChanged)?;
        self.leave_pictures()?;
        self.stored(self.store.move_out(link, to, self.now))
    }

    /// Whether an account left this address within the last day, or was deleted: news for it can still arrive, so that none
    /// is made.
    pub(super) fn is_held(&self) -> Result<bool, Code> {
        Ok(self.stored(self.store.moved_to())?.is_some() || self.stored(self.store.was_deleted())?)
    }
}

fn leaving(kept: KeptPasskey) -> MovingPasskey {
    let KeptPasskey { passkey, view } = kept;
    MovingPasskey {
        credential: Octets(passkey.credential),
        key: passkey.key.as_cose().into(),
        counter: passkey.counter,
        may_be_synced: passkey.may_be_synced,
        view,
    }
}

fn arriving(moving: &MovingPasskey) -> Option<KeptPasskey> {
    let passkey = Passkey {
        credential: moving.credential.0.clone(),
        key: PublicKey::parse(&moving.key.0)?,
        counter: moving.counter,
        may_be_synced: moving.may_be_synced,
        is_synced: moving.view.is_synced,
    };
    Some(KeptPasskey { passkey, view: moving.view.clone() })
}
