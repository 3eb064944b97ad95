//! The hours of the team, as the server has told them.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use js_sys::Array;
use leptos::prelude::*;
use protocol::Timestamp;
use protocol::http::reception::Openings;
use sync::{Doors, doors};
use wasm_bindgen::prelude::*;

use crate::clock;
use crate::host::{flag, get};

/// Milliseconds after which the clock is looked at again: it may have been set, or the device may have slept.
const LONGEST_MS: u64 = 60_000;

/// The hours, and how the visitor's clock differs from the server's.
#[derive(Default)]
pub(crate) struct Hours {
    told: RefCell<Option<Openings>>,
    /// Milliseconds that the server is ahead.
    ahead: Cell<i64>,
    timer: Cell<Option<TimeoutHandle>>,
}

impl Hours {
    /// Reads what came with a session.
    pub(crate) fn hear(&self, reception: &JsValue) {
        let moment = |value: JsValue| value.as_f64().map(|milliseconds| Timestamp(milliseconds as i64));
        let hours = get(reception, "hours");
        let told = moment(get(&hours, "until")).map(|until| Openings {
            open: flag(&hours, "open"),
            changes: Array::from(&get(&hours, "changes")).iter().filter_map(moment).collect(),
            until,
        });
        if let Some(now) = moment(get(reception, "now")) {
            self.ahead.set(now.0 - clock::now().0);
        }
        self.told.replace(told);
    }

    /// Tells whether the team is there, and has it asked again when that may have changed.
    pub(crate) fn look(&self, again: Box<dyn FnOnce()>) -> Doors {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        let told = self.told.borrow();
        let Some(hours) = &*told else { return Doors::Unsaid };
        let now = Timestamp(clock::now().0 + self.ahead.get());
        let (doors, next) = doors(hours, now);
        let wait = next.map(|next| Duration::from_millis(next.since(now).min(LONGEST_MS)));
        self.timer.set(wait.and_then(|wait| set_timeout_with_handle(again, wait).ok()));
        doors
    }
}
