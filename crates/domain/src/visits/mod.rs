//! Who is on a site at the moment (SPEC VN).
//!
//! [`Visits`] is kept in memory alone: pages tell anew every [`BEAT_SECONDS`](protocol::limits::BEAT_SECONDS) that their
//! visitor is there, so that nothing is lost for long, and nothing is stored of where anybody was.

mod opener;
mod presence;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use protocol::call::{Presence, PresentVisit, SitePresence};
use protocol::http::visit::{CountryCount, VisitCounts, VisitPosition, VisitQuery};
use protocol::limits::{
    VISIT_LEAVING_MS, VISIT_SECONDS, VISIT_SILENCE_MS, VISITS_COUNTED, VISITS_LISTED, VISITS_PAGE,
};
use protocol::{Code, ConversationId, Timestamp, VisitId, VisitorId};

pub use opener::{KeptOpener, tidied_opener};
pub use presence::presence;

/// Those who are on one site.
#[derive(Debug, Clone, Default)]
pub struct Visits {
    listed: BTreeMap<VisitId, Known>,
    /// In which visit each conversation is open.
    chats: BTreeMap<ConversationId, VisitId>,
    /// Those for whom there was no room, until when each counts.
    unlisted: BTreeMap<VisitId, Timestamp>,
    /// Since when there is somebody to tell.
    awake_since: Option<Timestamp>,
    /// When those were last looked for who are gone.
    swept_at: Timestamp,
}

/// What is known of one of them.
#[derive(Debug, Clone)]
struct Known {
    since: Timestamp,
    /// When they are not there any more, unless they tell that they are.
    until: Timestamp,
    url: String,
    title: String,
    source: String,
    campaign: String,
    country: Option<String>,
    visits: Option<u32>,
    is_private: bool,
    chat: Option<(ConversationId, VisitorId)>,
}

impl Visits {
    /// Takes up that somebody is there, or leaves.
    pub fn beat(&mut self, presence: Presence, now: Timestamp) {
        self.awake_since.get_or_insert(now);
        if presence.is_leaving {
            self.leave(presence.visit, now);
            return;
        }
        let until = now.plus(VISIT_SILENCE_MS);
        let before = self.take(&presence);
        if before.is_none() && self.listed.len() >= VISITS_LISTED {
            self.sweep(now);
            if self.listed.len() >= VISITS_LISTED {
                self.count(presence.visit, until);
                return;
            }
        }
        self.unlisted.remove(&presence.visit);
        let known = Known::after(before, presence.clone(), now, until);
        if let Some((conversation, _)) = known.chat {
            self.chats.insert(conversation, presence.visit);
        }
        self.listed.insert(presence.visit, known);
    }

    /// Takes out what is known of a visit: under its own name, or under an earlier one with the same conversation, which the
    /// visitor has open in another tab, or had on the page before.
    fn take(&mut self, presence: &Presence) -> Option<Known> {
        let own = self.listed.remove(&presence.visit);
        let Some((conversation, _)) = presence.chat else { return own };
        let other = self.chats.get(&conversation).copied().filter(|visit| *visit != presence.visit);
        let Some(other) = other else { return own };
        let other = self.listed.remove(&other);
        match (own, other) {
            (Some(own), Some(other)) if own.since <= other.since => Some(own),
            (own, other) => other.or(own),
        }
    }

    /// A page is left: perhaps for another one of the site, which tells so soon.
    fn leave(&mut self, visit: VisitId, now: Timestamp) {
        let until = now.plus(VISIT_LEAVING_MS);
        let listed = self.listed.get_mut(&visit).map(|known| &mut known.until);
        if let Some(known) = listed.or_else(|| self.unlisted.get_mut(&visit)) {
            *known = until.min(*known);
        }
    }

    fn count(&mut self, visit: VisitId, until: Timestamp) {
        if self.unlisted.len() < VISITS_COUNTED || self.unlisted.contains_key(&visit) {
            self.unlisted.insert(visit, until);
        }
    }

    /// Forgets those who are gone.
    fn sweep(&mut self, now: Timestamp) {
        if self.swept_at == now {
            return;
        }
        self.swept_at = now;
        self.listed.retain(|_, known| now < known.until);
        self.unlisted.retain(|_, until| now < *until);
        let listed = &self.listed;
        self.chats.retain(|_, visit| listed.contains_key(visit));
    }

    /// Those who fit, and how many there are; what was said to whom is no part of it.
    pub fn list(&mut self, query: &VisitQuery, now: Timestamp) -> SitePresence {
        let awake_since = *self.awake_since.get_or_insert(now);
        self.sweep(now);
        let mut countries: BTreeMap<&str, u32> = BTreeMap::new();
        for country in self.listed.values().filter_map(|known| known.country.as_deref()) {
            let count = countries.entry(country).or_default();
            *count = count.saturating_add(1);
        }
        let wanted = query.page.trim().to_lowercase();
        let fits = |known: &Known| known.fits(query, &wanted);
        // In the order of the list, the latest first: as many as make a page and show that there are more.
        let mut first: BTreeSet<Reverse<VisitPosition>> = BTreeSet::new();
        let mut fitting = 0_u32;
        for (visit, known) in self.listed.iter().filter(|(_, known)| fits(known)) {
            fitting = fitting.saturating_add(1);
            let position = VisitPosition { since: known.since, visit: *visit };
            if query.after.is_none_or(|after| position < after) {
                first.insert(Reverse(position));
                if first.len() > VISITS_PAGE.saturating_add(1) {
                    first.pop_last();
                }
            }
        }
        let found = first.iter().filter_map(|Reverse(VisitPosition { visit, .. })| {
            self.listed.get(visit).map(|known| known.told(*visit))
        });
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let unlisted = count(self.unlisted.len());
        SitePresence {
            counts: VisitCounts {
                present: count(self.listed.len()).saturating_add(unlisted),
                unlisted,
                in_chat: count(self.listed.values().filter(|known| known.chat.is_some()).count()),
                fitting,
            },
            countries: ranked(countries),
            visits: found.collect(),
            is_filling: now.0 < awake_since.plus(VISIT_SILENCE_MS).0,
        }
    }

    /// Decides whether something may be said to somebody: they are there, and do not ask to be left alone.
    ///
    /// # Errors
    /// [`Code::NotFound`] for who is not there, [`Code::Forbidden`] for who asks not to be followed.
    pub fn may_be_spoken_to(&self, visit: VisitId, now: Timestamp) -> Result<(), Code> {
        let known = self.listed.get(&visit).filter(|known| now < known.until).ok_or(Code::NotFound)?;
        if known.is_private { Err(Code::Forbidden) } else { Ok(()) }
    }
}

impl Known {
    /// What is known of somebody after they have told that they are there.
    fn after(before: Option<Self>, told: Presence, now: Timestamp, until: Timestamp) -> Self {
        let Presence { seconds, url, title, source, campaign, visits, country, chat, is_private, .. } = told;
        let lasted = u64::from(seconds.min(VISIT_SECONDS)).saturating_mul(1_000);
        let new = Self {
            since: Timestamp(now.0.saturating_sub_unsigned(lasted)),
            until,
            url,
            title,
            source,
            campaign,
            country,
            visits,
            is_private,
            chat,
        };
        let Some(before) = before else { return new };
        // Where they opened the chat is all that is told of who asks not to be followed, also by a page that says more.
        if before.is_private && is_private {
            return Self { until, chat: new.chat.or(before.chat), ..before };
        }
        if is_private {
            return new;
        }
        let first = |before: String, new: String| if before.is_empty() { new } else { before };
        Self {
            since: before.since.min(new.since),
            // Where a visit came from is told on its first page.
            source: first(before.source, new.source),
            campaign: first(before.campaign, new.campaign),
            country: new.country.or(before.country),
            visits: new.visits.or(before.visits),
            chat: new.chat.or(before.chat),
            ..new
        }
    }

    /// Whether an agent who looks for this wants to see it; the text in lower case.
    fn fits(&self, query: &VisitQuery, page: &str) -> bool {
        let is_from = query.country.is_none() || query.country == self.country;
        let is_in_chat = query.in_chat.is_none_or(|in_chat| in_chat == self.chat.is_some());
        let has = |text: &str| text.to_lowercase().contains(page);
        is_from && is_in_chat && (page.is_empty() || has(&self.url) || has(&self.title))
    }

    fn told(&self, visit: VisitId) -> PresentVisit {
        PresentVisit {
            visit,
            since: self.since,
            url: self.url.clone(),
            title: self.title.clone(),
            source: self.source.clone(),
            campaign: self.campaign.clone(),
            country: self.country.clone(),
            visits: self.visits,
            is_private: self.is_private,
            chat: self.chat,
            opener: None,
        }
    }
}

/// Countries, the one that most come from first.
fn ranked(countries: BTreeMap<&str, u32>) -> Vec<CountryCount> {
    let counted =
        countries.into_iter().map(|(country, count)| CountryCount { country: country.to_owned(), count });
    let mut ranked: Vec<_> = counted.collect();
    ranked.sort_by_key(|counted| Reverse(counted.count));
    ranked
}

/// What there is on several sites, as one list.
#[must_use]
pub fn together<Site: Copy>(sites: Vec<(Site, SitePresence)>) -> (SitePresence, Vec<Site>) {
    let mut counts = VisitCounts::default();
    let mut countries: BTreeMap<String, u32> = BTreeMap::new();
    let mut visits: Vec<(Site, PresentVisit)> = Vec::new();
    let mut is_filling = false;
    for (site, presence) in sites {
        counts.present = counts.present.saturating_add(presence.counts.present);
        counts.unlisted = counts.unlisted.saturating_add(presence.counts.unlisted);
        counts.in_chat = counts.in_chat.saturating_add(presence.counts.in_chat);
        counts.fitting = counts.fitting.saturating_add(presence.counts.fitting);
        for CountryCount { country, count } in presence.countries {
            let sum = countries.entry(country).or_default();
            *sum = sum.saturating_add(count);
        }
        is_filling |= presence.is_filling;
        visits.extend(presence.visits.into_iter().map(|visit| (site, visit)));
    }
    visits.sort_by_key(|(_, visit)| Reverse(VisitPosition { since: visit.since, visit: visit.visit }));
    visits.truncate(VISITS_PAGE.saturating_add(1));
    let countries = ranked(countries.iter().map(|(country, count)| (country.as_str(), *count)).collect());
    let (places, visits) = visits.into_iter().unzip();
    (SitePresence { counts, countries, visits, is_filling }, places)
}
