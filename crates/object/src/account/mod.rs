//! A person's account: what its object does when it is asked, and when its alarm goes off.
//!
//! The object of an address without an account answers as one with it does, as far as a stranger can see. What it owes to
//! others (mails, news to workspaces) goes through its outbox; the shell does what is owed.

mod answer;
mod as_person;
mod deletion;
mod links;
mod mails;
mod moving;
mod passkeys;
mod pictures;
mod second_factor;
mod seed;
mod sessions;
mod sign_in;

use domain::account::{Email, MailedToken, PasswordHash};
use protocol::call::{Dismissal, Job, WorkspaceCall};
use protocol::http::account::{Me, Profile};
use protocol::{AccountId, Code, SessionId, Timestamp};
use store::StorageError;
use store::account::{Account, AccountStore};

use crate::platform::Platform;

/// What the object of one account has in memory. All of it can be lost between two turns.
#[derive(Debug, Default)]
pub struct AccountObject {
    /// The alarm that was set last, unless it has gone off.
    armed_for: Option<Timestamp>,
}

impl AccountObject {
    /// The alarm has gone off: ends sessions that are over and forgets what is too old. Returns whether there is an
    /// outbox; the caller then does what is owed, and calls [`Self::settled`].
    pub fn rang<P: Platform>(&mut self, platform: &mut P) -> bool {
        self.armed_for = None;
        let Ok(turn) = Turn::begin(platform) else { return false };
        // What fails is logged, and done when the alarm goes off again.
        let _ = turn.sweep();
        turn.store.outbox().is_some()
    }

    /// What was owed is done, or was attempted: sets the alarm for what is left. Returns whether nothing is kept that is
    /// worth keeping, so that the storage can be given up.
    pub fn settled<P: Platform>(&mut self, platform: &mut P) -> bool {
        let is_empty = Turn::begin(platform).and_then(|turn| turn.stored(turn.store.is_empty()));
        self.arm(platform);
        is_empty.unwrap_or(false)
    }

    /// Sets the alarm for what is next, unless one is set that is early enough.
    fn arm<P: Platform>(&mut self, platform: &mut P) {
        let next = Turn::begin(platform).and_then(|turn| turn.stored(turn.store.wakes_at()));
        let Ok(Some(at)) = next else { return };
        if self.armed_for.is_none_or(|armed_for| armed_for > at) && platform.wake_at(at) {
            self.armed_for = Some(at);
        }
    }
}

/// One call, from its beginning to its end.
struct Turn<'a, P: Platform> {
    platform: &'a mut P,
    store: AccountStore<P::Database>,
    now: Timestamp,
}

impl<'a, P: Platform> Turn<'a, P> {
    fn begin(platform: &'a mut P) -> Result<Self, Code> {
        let now = platform.now();
        let opened = AccountStore::open(platform.database());
        let store = opened.map_err(|error| {
            platform.storage_failed(&error);
            Code::Storage
        })?;
        Ok(Self { platform, store, now })
    }

    fn stored<T>(&self, result: Result<T, StorageError>) -> Result<T, Code> {
        result.map_err(|error| {
            self.platform.storage_failed(&error);
            Code::Storage
        })
    }

    fn account(&self) -> Result<Option<Account>, Code> {
        self.stored(self.store.account())
    }

    /// The account of a session that is good.
    fn own_account(&self) -> Result<Account, Code> {
        self.account()?.ok_or(Code::Unauthenticated)
    }

    fn me(&self) -> Result<Me, Code> {
        let account = self.own_account()?;
        let memberships = self.stored(self.store.memberships())?;
        Ok(Me {
            email: account.email,
            profile: account.profile,
            has_password: account.password.is_some(),
            has_second_factor: self.stored(self.store.second_factor())?.is_some(),
            workspaces: memberships.into_iter().map(|membership| membership.workspace).collect(),
            has_passkeys: self.stored(self.store.has_passkeys())?,
            picture: self.stored(self.store.picture())?,
        })
    }

    fn id_of(&self, email: &str) -> Result<AccountId, Code> {
        Ok(Email::parse(email)?.account(&self.platform.name_secret()?))
    }

    /// Hashes a password that may be chosen.
    fn hash(&mut self, password: &str, email: &str, name: &str) -> Result<PasswordHash, Code> {
        domain::account::password_allowed(password, email, name)?;
        PasswordHash::of(password, &self.platform.random()?)
    }

    fn owe(&self, job: &Job) -> Result<(), Code> {
        let pushed = self.store.make_outbox().and_then(|outbox| outbox.push(job, self.now));
        self.stored(pushed)
    }

    /// Lets every workspace close the sockets of a session that ends, or of all, and whoever watches the log know why.
    fn dismiss(&self, session: Option<SessionId>, why: &str) -> Result<(), Code> {
        self.platform.session_ended(session, why);
        for membership in self.stored(self.store.memberships())? {
            let dismissal = Dismissal { agent: membership.agent, session, may_return: true };
            let call = WorkspaceCall::SessionsEnded(dismissal);
            self.owe(&Job::Workspace(membership.workspace.id, Box::new(call)))?;
        }
        Ok(())
    }

    /// Tells every workspace who the person is now.
    fn tell_workspaces(&self, account: AccountId, email: &str, profile: &Profile) -> Result<(), Code> {
        for membership in self.stored(self.store.memberships())? {
            let call = WorkspaceCall::PersonChanged {
                agent: membership.agent,
                account,
                email: email.to_owned(),
                name: profile.name.clone(),
                language: profile.language,
            };
            self.owe(&Job::Workspace(membership.workspace.id, Box::new(call)))?;
        }
        Ok(())
    }

    fn new_token(&mut self, email: &str) -> Result<MailedToken, Code> {
        let place = *self.id_of(email)?.as_bytes();
        Ok(MailedToken { place, secret: self.platform.random()? })
    }
}

/// A profile that is legal.
fn legal(profile: &Profile) -> Result<Profile, Code> {
    Ok(Profile {
        name: domain::name(&profile.name)?,
        language: profile.language,
        time_zone: domain::account::time_zone(&profile.time_zone)?,
    })
}
