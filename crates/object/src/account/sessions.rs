//! Sessions: how they begin, are used and end.

use domain::account::Session;
use protocol::Code;
use protocol::SessionId;
use protocol::call::{AccountAnswer, Device, Person, Proof};
use protocol::http::account::SessionView;
use protocol::mail::Letter;
use store::account::KeptSession;

use super::Turn;
use crate::platform::Platform;

/// Sessions that one person has at most.
const SESSIONS: usize = 100;

impl<P: Platform> Turn<'_, P> {
    /// Begins a session of somebody who has just proved who they are, and writes to them if the browser is not known.
    pub(super) fn begin_session(&mut self, device: &Device) -> Result<AccountAnswer, Code> {
        let is_first = self.stored(self.store.devices())?.is_empty();
        if !self.stored(self.store.note_device(device.id, self.now))? && !is_first {
            self.deliver_to(&self.own_account()?, Letter::NewDevice { at: self.now })?;
        }
        self.open_session(&device.name, Proof { at: self.now })
    }

    /// Opens a session under a new secret. Of too many, the one that was not used for longest ends.
    pub(super) fn open_session(&mut self, device: &str, proof: Proof) -> Result<AccountAnswer, Code> {
        let secret = self.platform.random()?;
        let session = Session { proof, ..Session::beginning_at(self.now) };
        self.stored(self.store.begin_session(&secret, &session, device))?;
        for surplus in self.stored(self.store.sessions())?.into_iter().skip(SESSIONS) {
            self.end_session(surplus.id)?;
        }
        Ok(AccountAnswer::SignedIn { secret, me: Box::new(self.me()?) })
    }

    /// The session of a secret, if it is good; notes its use.
    pub(super) fn session(&self, secret: &[u8; 32]) -> Result<KeptSession, Code> {
        let kept = self.stored(self.store.session(secret))?;
        let kept = kept.filter(|kept| kept.session.is_good(self.now)).ok_or(Code::Unauthenticated)?;
        if kept.session.wants_touch(self.now) {
            self.stored(self.store.touch_session(kept.id, self.now))?;
        }
        Ok(kept)
    }

    pub(super) fn authenticate(&self, secret: &[u8; 32]) -> Result<AccountAnswer, Code> {
        let KeptSession { id, session, .. } = self.session(secret)?;
        let account = self.own_account()?;
        Ok(AccountAnswer::Authenticated(Box::new(Person {
            email: account.email,
            name: account.profile.name,
            language: account.profile.language,
            session: id,
            proof: session.proof,
            has_second_factor: self.stored(self.store.second_factor())?.is_some(),
            memberships: self.stored(self.store.memberships())?,
        })))
    }

    /// Ends a session, or all of its person. Nothing happens if it has ended.
    pub(super) fn sign_out(&self, secret: &[u8; 32], everywhere: bool) -> Result<(), Code> {
        let kept = match self.session(secret) {
            Ok(kept) => kept,
            Err(Code::Unauthenticated) => return Ok(()),
            Err(other) => return Err(other),
        };
        if everywhere {
            self.dismiss(None)?;
            self.stored(self.store.end_sessions(None))
        } else {
            self.end_session(kept.id)
        }
    }

    /// Notes a proof of who one is: the session goes on under a new secret (OWASP ASVS 5.0, 7.2.4).
    pub(super) fn renew_session(&mut self, id: SessionId) -> Result<AccountAnswer, Code> {
        let secret = self.platform.random()?;
        self.stored(self.store.prove_session(id, Proof { at: self.now }, &secret))?;
        Ok(AccountAnswer::SignedIn { secret, me: Box::new(self.me()?) })
    }

    pub(super) fn end_session(&self, id: SessionId) -> Result<(), Code> {
        self.dismiss(Some(id))?;
        self.stored(self.store.end_session(id))
    }

    /// The sessions that are good, as the person of one of them sees them.
    pub(super) fn session_views(&self, own: SessionId) -> Result<Vec<SessionView>, Code> {
        let kept = self.stored(self.store.sessions())?;
        let views = kept.into_iter().filter(|kept| kept.session.is_good(self.now));
        let view = |KeptSession { id, session, device }| SessionView {
            id,
            is_this: id == own,
            device,
            created_at: session.created_at,
            used_at: session.used_at,
        };
        Ok(views.map(view).collect())
    }

    /// Ends the sessions that are over by their age, and forgets what is too old.
    pub(super) fn sweep(&self) -> Result<(), Code> {
        for kept in self.stored(self.store.sessions())? {
            if !kept.session.is_good(self.now) {
                self.end_session(kept.id)?;
            }
        }
        self.stored(self.store.forget(self.now))
    }
}
