//! The object of one site that knows who is there (SPEC VN). Who is, it keeps in memory alone; stored is only what an agent
//! has said to somebody, until that was shown and for a while after.

use std::collections::BTreeMap;

use domain::visits::{KeptOpener, Visits};
use protocol::call::{CallResult, Opener, Presence, SitePresence, VisitsAnswer, VisitsCall};
use protocol::http::visit::VisitQuery;
use protocol::limits::OPENERS;
use protocol::{Code, OpenerId, Timestamp, VisitId};
use store::StorageError;
use store::openers::OpenersStore;

use crate::platform::Platform;

/// The object in memory.
#[derive(Debug, Default)]
pub struct VisitsObject {
    visits: Visits,
    /// What is stored, once it was read.
    openers: Option<BTreeMap<VisitId, KeptOpener>>,
}

impl VisitsObject {
    /// Answers a call of the Worker.
    ///
    /// # Errors
    /// What is refused, with its code.
    pub fn answer<P: Platform>(&mut self, platform: &mut P, call: VisitsCall) -> CallResult<VisitsAnswer> {
        match call {
            VisitsCall::Beat(presence) => Ok(self.beat(platform, *presence)?),
            VisitsCall::List(query) => Ok(self.list(platform, &query)?),
            VisitsCall::Say { visit, opener } => Ok(self.say(platform, visit, opener)?),
            VisitsCall::Said { visit, id } => Ok(self.said(platform, visit, id)?),
        }
    }

    /// The alarm has gone off. Returns whether nothing is stored any more, so that the storage can be given up.
    pub fn rang<P: Platform>(&mut self, platform: &mut P) -> bool {
        let now = platform.now();
        let forgotten = OpenersStore::new(platform.database()).forget(now);
        if stored(platform, forgotten).is_err() {
            return false;
        }
        self.openers = None;
        let Ok(openers) = self.openers(platform) else { return false };
        match openers.values().map(|kept| kept.until).min() {
            Some(next) => {
                platform.wake_at(next);
                false
            }
            None => true,
        }
    }

    /// Somebody is there. Of those who are, most cost no more than this: neither is anything stored nor anybody asked.
    fn beat<P: Platform>(&mut self, platform: &mut P, presence: Presence) -> Result<VisitsAnswer, Code> {
        let now = platform.now();
        let Presence { visit, shown, is_leaving, is_private, .. } = presence;
        self.visits.beat(presence, now);
        let Some(kept) = self.openers(platform)?.get(&visit).cloned() else {
            return Ok(VisitsAnswer::Noted(None));
        };
        let is_shown = shown == Some(kept.opener.id) && !kept.is_shown;
        let kept = if is_shown { self.keep(platform, visit, kept.shown(now))? } else { kept };
        let told = kept.to_show(now).filter(|_| !is_leaving && !is_private);
        Ok(VisitsAnswer::Noted(told.cloned()))
    }

    fn list<P: Platform>(&mut self, platform: &P, query: &VisitQuery) -> Result<VisitsAnswer, Code> {
        let now = platform.now();
        let mut present: SitePresence = self.visits.list(query, now);
        let openers = self.openers(platform)?;
        for visit in &mut present.visits {
            visit.opener = openers.get(&visit.visit).and_then(|kept| kept.told(now));
        }
        Ok(VisitsAnswer::Present(Box::new(present)))
    }

    fn say<P: Platform>(
        &mut self,
        platform: &mut P,
        visit: VisitId,
        opener: Opener,
    ) -> Result<VisitsAnswer, Code> {
        let now = platform.now();
        self.visits.may_be_spoken_to(visit, now)?;
        let openers = self.openers(platform)?;
        match openers.get(&visit) {
            Some(kept) => kept.may_be_replaced(opener.by.id, now)?,
            None if openers.len() >= OPENERS => return Err(Code::TooLarge),
            None => (),
        }
        self.keep(platform, visit, KeptOpener::said(opener, now))?;
        Ok(VisitsAnswer::Done)
    }

    fn said<P: Platform>(
        &mut self,
        platform: &P,
        visit: VisitId,
        id: OpenerId,
    ) -> Result<VisitsAnswer, Code> {
        let kept = self.openers(platform)?.get(&visit).filter(|kept| kept.opener.id == id);
        Ok(VisitsAnswer::Noted(kept.map(|kept| kept.opener.clone())))
    }

    /// Stores what was said, and then has it in memory.
    fn keep<P: Platform>(
        &mut self,
        platform: &mut P,
        visit: VisitId,
        kept: KeptOpener,
    ) -> Result<KeptOpener, Code> {
        let row = (visit, kept.opener.clone(), kept.is_shown, kept.until);
        stored(platform, OpenersStore::new(platform.database()).keep(&row))?;
        let openers = self.openers.get_or_insert_default();
        openers.insert(visit, kept.clone());
        if let Some(next) = openers.values().map(|kept| kept.until).min() {
            platform.wake_at(next);
        }
        Ok(kept)
    }

    fn openers<P: Platform>(&mut self, platform: &P) -> Result<&BTreeMap<VisitId, KeptOpener>, Code> {
        if self.openers.is_none() {
            let rows = stored(platform, OpenersStore::new(platform.database()).all())?;
            let of = |(visit, opener, is_shown, until): (VisitId, Opener, bool, Timestamp)| {
                (visit, KeptOpener { opener, is_shown, until })
            };
            self.openers = Some(rows.into_iter().map(of).collect());
        }
        Ok(self.openers.get_or_insert_default())
    }
}

fn stored<P: Platform, T>(platform: &P, result: Result<T, StorageError>) -> Result<T, Code> {
    result.map_err(|error| {
        platform.storage_failed(&error);
        Code::Storage
    })
}
