//! Whether somebody uses this tab.

use protocol::Timestamp;
use protocol::limits::IDLE_MS;

/// When there was input last, and what follows from it (SPEC AV2).
///
/// Input moves no timer: when the time is up that was waited for, what came meanwhile is looked at, so that a key costs
/// nothing.
#[derive(Debug)]
pub(crate) struct Idleness {
    used_at: Timestamp,
    look_at: Option<Timestamp>,
}

impl Idleness {
    /// Of a tab that was just opened.
    pub(crate) const fn new(now: Timestamp) -> Self {
        Self { used_at: now, look_at: Some(now.plus(IDLE_MS)) }
    }

    /// Whether nobody uses it.
    pub(crate) const fn is_idle(&self) -> bool {
        self.look_at.is_none()
    }

    /// When it is to be looked at.
    pub(crate) const fn wake_at(&self) -> Option<Timestamp> {
        self.look_at
    }

    /// There was input; tells whether nobody had used it before.
    pub(crate) fn used(&mut self, now: Timestamp) -> bool {
        let was_idle = self.is_idle();
        self.used_at = now;
        if was_idle {
            self.look_at = Some(now.plus(IDLE_MS));
        }
        was_idle
    }

    /// Looks whether the time is up; tells whether nobody uses it from now on.
    pub(crate) fn woke(&mut self, now: Timestamp) -> bool {
        if self.look_at.is_none_or(|at| now < at) {
            return false;
        }
        let until = self.used_at.plus(IDLE_MS);
        self.look_at = (now < until).then_some(until);
        self.is_idle()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60_000;

    #[test]
    fn av2_a_tab_is_idle_ten_minutes_after_the_last_input() {
        let start = Timestamp(1_000);
        let mut tab = Idleness::new(start);
        assert_eq!(tab.wake_at(), Some(start.plus(10 * MINUTE)));
        assert!(!tab.used(start.plus(4 * MINUTE)));
        assert_eq!(tab.wake_at(), Some(start.plus(10 * MINUTE)), "input moves no timer");
        assert!(!tab.woke(start.plus(9 * MINUTE)));
        assert!(!tab.woke(start.plus(10 * MINUTE)));
        assert_eq!(tab.wake_at(), Some(start.plus(14 * MINUTE)));
        assert!(tab.woke(start.plus(14 * MINUTE)) && tab.is_idle());
        assert_eq!(tab.wake_at(), None);
        assert!(!tab.woke(start.plus(20 * MINUTE)), "it is told once");
        assert!(tab.used(start.plus(30 * MINUTE)) && !tab.is_idle());
        assert_eq!(tab.wake_at(), Some(start.plus(40 * MINUTE)));
    }
}
