//! The picture that a person shows of themselves. Its bytes never come here (SPEC AP29).
//!
//! Others know a person as an agent of their workspace: what each agent is seen with is kept under the agent's id, and
//! follows by jobs.

use protocol::call::{AccountAnswer, CallResult, Job};
use protocol::limits::{OWN_PICTURE_MS, OWN_PICTURES_BEGUN};
use protocol::{AgentId, Code, PictureId, Reject};

use super::Turn;
use crate::platform::Platform;

impl<P: Platform> Turn<'_, P> {
    /// Names a picture whose bytes are about to be kept. It is removed again unless it is shown in time.
    pub(super) fn begin_picture(&mut self) -> CallResult<AccountAnswer> {
        let begun = self.stored(self.store.begun_pictures())?.len();
        if u64::try_from(begun).is_ok_and(|begun| begun >= OWN_PICTURES_BEGUN) {
            return Err(Reject { code: Code::RateLimited, retry_after: None });
        }
        let id = PictureId::from_bytes(self.platform.random()?);
        self.stored(self.store.begin_picture(id, self.now.plus(OWN_PICTURE_MS)))?;
        Ok(AccountAnswer::Picture(id))
    }

    /// Shows a picture that was begun, everywhere.
    pub(super) fn show_picture(&self, id: PictureId) -> Result<AccountAnswer, Code> {
        if !self.stored(self.store.begun_pictures())?.contains(&id) {
            return Err(Code::NotFound);
        }
        self.put_away()?;
        self.stored(self.store.show_picture(id))?;
        self.seen_everywhere_with(Some(id))?;
        Ok(AccountAnswer::Me(Box::new(self.me()?)))
    }

    /// Shows none any more. Doing it again changes nothing.
    pub(super) fn remove_picture(&self) -> Result<AccountAnswer, Code> {
        if self.put_away()? {
            self.seen_everywhere_with(None)?;
        }
        Ok(AccountAnswer::Me(Box::new(self.me()?)))
    }

    /// An agent that the person has become is seen with their picture, if they have one.
    pub(super) fn show_to(&self, agent: AgentId) -> Result<(), Code> {
        match self.stored(self.store.picture())? {
            Some(id) => self.owe(&Job::Face(agent, Some(id))),
            None => Ok(()),
        }
    }

    /// An agent that the person is no more is seen without it.
    pub(super) fn hide_from(&self, agent: AgentId) -> Result<(), Code> {
        match self.stored(self.store.picture())? {
            Some(_) => self.owe(&Job::Face(agent, None)),
            None => Ok(()),
        }
    }

    /// Removes what was begun and never shown.
    pub(super) fn sweep_pictures(&self) -> Result<(), Code> {
        for id in self.stored(self.store.due_pictures(self.now))? {
            self.remove(id)?;
        }
        Ok(())
    }

    /// The picture that is shown has moved with its account; what was only begun has not.
    pub(super) fn leave_pictures(&self) -> Result<(), Code> {
        for id in self.stored(self.store.begun_pictures())? {
            self.remove(id)?;
        }
        Ok(())
    }

    fn seen_everywhere_with(&self, picture: Option<PictureId>) -> Result<(), Code> {
        for membership in self.stored(self.store.memberships())? {
            self.owe(&Job::Face(membership.agent, picture))?;
        }
        Ok(())
    }

    /// Removes the picture that is shown; says whether one was.
    pub(super) fn put_away(&self) -> Result<bool, Code> {
        let Some(shown) = self.stored(self.store.picture())? else { return Ok(false) };
        self.remove(shown)?;
        Ok(true)
    }

    fn remove(&self, id: PictureId) -> Result<(), Code> {
        self.owe(&Job::ForgetPicture(id))?;
        self.stored(self.store.forget_picture(id))
    }
}
