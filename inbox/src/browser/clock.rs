//! The time, and a signal that follows it slowly.

use gloo::timers::callback::Interval;
use leptos::prelude::*;
use protocol::Timestamp;

/// Milliseconds between two looks at the clock: twice a minute keeps "5 minutes ago" true.
const TICK_MS: u32 = 30_000;

/// Reads the clock.
pub(crate) fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "Date.now() is a whole number of milliseconds")]
    Timestamp(js_sys::Date::now() as i64)
}

/// The time as the views know it.
#[derive(Clone, Copy)]
pub(crate) struct Clock(ReadSignal<Timestamp>);

impl Clock {
    /// Starts a clock that runs until its owner is gone.
    pub(crate) fn start() -> Self {
        let (read, write) = signal(now());
        let interval = StoredValue::new_local(Interval::new(TICK_MS, move || write.set(now())));
        on_cleanup(move || {
            interval.try_update_value(|interval| {
                drop(core::mem::replace(interval, Interval::new(TICK_MS, || ())))
            });
        });
        Self(read)
    }

    /// The time, tracked; never behind a moment that the view already shows.
    pub(crate) fn get(self) -> Timestamp {
        self.0.get()
    }
}
