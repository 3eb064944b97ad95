//! Callers who ask for what does not exist, again and again: they are guessing.

use std::collections::BTreeMap;

use protocol::{Code, Reject, Timestamp, limits};

/// Callers that are remembered at most; the ones that have waited longest are forgotten first.
const CALLERS: usize = 4_096;

/// What callers have missed lately, each named by `Caller`. Kept in memory: a first filter, in front of the objects.
#[derive(Debug)]
pub struct Guesses<Caller> {
    callers: BTreeMap<Caller, Missed>,
}

/// How often, since a moment.
#[derive(Debug, Clone, Copy)]
struct Missed {
    times: u32,
    since: Timestamp,
}

impl<Caller> Default for Guesses<Caller> {
    fn default() -> Self {
        Self { callers: BTreeMap::new() }
    }
}

impl<Caller: Ord + Copy> Guesses<Caller> {
    /// Decides whether a caller may ask for one more name (SPEC AC10).
    ///
    /// # Errors
    /// [`Code::RateLimited`] with the milliseconds to wait, after [`limits::MISSES`] misses within
    /// [`limits::MISS_WINDOW_MS`].
    pub fn allow(&self, caller: Caller, now: Timestamp) -> Result<(), Reject> {
        match self.callers.get(&caller) {
            Some(missed) if missed.times >= limits::MISSES && missed.counts(now) => {
                let wait = missed.since.plus(limits::MISS_WINDOW_MS).since(now);
                Err(Reject {
                    code: Code::RateLimited,
                    retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)),
                })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Notes that what a caller asked for does not exist.
    pub fn note(&mut self, caller: Caller, now: Timestamp) {
        if self.callers.len() >= CALLERS && !self.callers.contains_key(&caller) {
            self.forget(now);
        }
        let missed = self.callers.entry(caller).or_insert(Missed { times: 0, since: now });
        if !missed.counts(now) {
            *missed = Missed { times: 0, since: now };
        }
        missed.times = missed.times.saturating_add(1);
    }

    /// Makes room: whoever no longer counts goes, and if nobody does, whoever began first.
    fn forget(&mut self, now: Timestamp) {
        self.callers.retain(|_, missed| missed.counts(now));
        if self.callers.len() < CALLERS {
            return;
        }
        let oldest = self.callers.iter().min_by_key(|(_, missed)| missed.since).map(|(caller, _)| *caller);
        if let Some(oldest) = oldest {
            self.callers.remove(&oldest);
        }
    }
}

impl Missed {
    const fn counts(&self, now: Timestamp) -> bool {
        now.since(self.since) < limits::MISS_WINDOW_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac10_after_twenty_misses_a_caller_waits_out_the_minute() {
        let mut guesses = Guesses::default();
        for _ in 0..20 {
            assert_eq!(guesses.allow(1, Timestamp(1_000)), Ok(()));
            guesses.note(1, Timestamp(1_000));
        }
        let refused = Reject { code: Code::RateLimited, retry_after: Some(59_000) };
        assert_eq!(guesses.allow(1, Timestamp(2_000)), Err(refused));
        assert_eq!(guesses.allow(2, Timestamp(2_000)), Ok(()), "others are not meant");
        assert_eq!(guesses.allow(1, Timestamp(61_000)), Ok(()));
        guesses.note(1, Timestamp(61_000));
        assert_eq!(guesses.allow(1, Timestamp(61_000)), Ok(()), "the count begins anew");
    }

    #[test]
    fn ac10_what_is_remembered_is_bounded() {
        let mut guesses = Guesses::default();
        for caller in 0..10_000_i64 {
            guesses.note(caller, Timestamp(caller));
        }
        assert_eq!(guesses.callers.len(), CALLERS);
        assert!(guesses.callers.contains_key(&9_999) && !guesses.callers.contains_key(&0));
    }
}
