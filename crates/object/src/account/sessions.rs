//! Sessions: how they begin, are used and end.

use domain::account::{Session, SessionToken};
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

/// With what somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// A passkey, which is two factors.
    Passkey,
    /// A password or a link, with a code where one is asked for.
    Other,
}

impl Means {
    /// That of a session, as it was noted.
    pub(super) const fn of(kept: &KeptSession) -> Self {
        if kept.is_by_passkey { Self::Passkey } else { Self::Other }
    }
}

impl<P: Platform> Turn<'_, P> {
    /// Begins a session of somebody who has just proved who they are, and writes to them if the browser is not known.
    pub(super) fn begin_session(&mut self, device: &Device, means: Means) -> Result<AccountAnswer, Code> {
        let is_first = self.stored(self.store.devices())?.is_empty();
        if !self.stored(self.store.note_device(device.id, self.now))? && !is_first {
            self.deliver_to(&self.own_account()?, Letter::NewDevice { at: self.now })?;
        }
        self.open_session(&device.name, Proof { at: self.now }, means)
    }

    /// Opens a session under a new secret. Of too many, the one that was not used for longest ends.
    pub(super) fn open_session(
        &mut self,
        device: &str,
        proof: Proof,
        means: Means,
    ) -> Result<AccountAnswer, Code> {
        let secret = self.platform.random()?;
        let session = Session { proof, ..Session::beginning_at(self.now) };
        self.stored(self.store.begin_session(&secret, &session, device))?;
        self.note_means(SessionToken::id(&secret), means)?;
        for surplus in self.stored(self.store.sessions())?.into_iter().skip(SESSIONS) {
            self.end_session(surplus.id, "too many")?;
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
        let KeptSession { id, session, is_by_passkey, .. } = self.session(secret)?;
        let account = self.own_account()?;
        let has_codes = self.stored(self.store.second_factor())?.is_some();
        let has_passkeys = self.stored(self.store.has_passkeys())?;
        Ok(AccountAnswer::Authenticated(Box::new(Person {
            email: account.email,
            name: account.profile.name,
            language: account.profile.language,
            session: id,
            proof: session.proof,
            has_second_factor: has_codes || has_passkeys,
            memberships: self.stored(self.store.memberships())?,
            used_second_factor: has_codes || (has_passkeys && is_by_passkey),
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
            self.dismiss(None, "signed out everywhere")?;
            self.stored(self.store.end_sessions(None))
        } else {
            self.end_session(kept.id, "signed out")
        }
    }

    /// Notes a proof of who one is: the session goes on under a new secret (OWASP ASVS 5.0, 7.2.4).
    pub(super) fn renew_session(&mut self, id: SessionId, means: Means) -> Result<AccountAnswer, Code> {
        let secret = self.platform.random()?;
        self.note_means(id, means)?;
        self.stored(self.store.prove_session(id, Proof { at: self.now }, &secret))?;
        Ok(AccountAnswer::SignedIn { secret, me: Box::new(self.me()?) })
    }

    /// Notes that a passkey was used in a session, if one was.
    pub(super) fn note_means(&self, id: SessionId, means: Means) -> Result<(), Code> {
        match means {
            Means::Passkey => self.stored(self.store.note_passkey_session(id)),
            Means::Other => Ok(()),
        }
    }

    pub(super) fn end_session(&self, id: SessionId, why: &str) -> Result<(), Code> {
        self.dismiss(Some(id), why)?;
        self.stored(self.store.end_session(id))
    }

    /// The sessions that are good, as the person of one of them sees them.
    pub(super) fn session_views(&self, own: SessionId) -> Result<Vec<SessionView>, Code> {
        let kept = self.stored(self.store.sessions())?;
        let views = kept.into_iter().filter(|kept| kept.session.is_good(self.now));
        let view = |KeptSession { id, session, device, .. }| SessionView {
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
                self.end_session(kept.id, "its time is over")?;
            }
        }
        self.sweep_pictures()?;
        self.stored(self.store.forget(self.now))
    }
}
