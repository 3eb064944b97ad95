//! Times and days as the visitor's language and region write them, by the browser's `Intl` (in `boot.js`: calls to the
//! browser weigh several times as much from here).

use js_sys::{Date, Promise};
use leptos::prelude::window;
use protocol::Timestamp;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = porchlightWords, js_name = time)]
    fn time_at(milliseconds: f64) -> String;
    #[wasm_bindgen(js_namespace = porchlightWords, js_name = moment)]
    fn moment_at(milliseconds: f64) -> String;
    #[wasm_bindgen(js_namespace = porchlightWords, js_name = day)]
    fn day_at(milliseconds: f64, days_from_today: f64) -> String;
    #[wasm_bindgen(js_namespace = porchlightWords, js_name = when)]
    fn when_at(milliseconds: f64, days_from_today: f64) -> String;
}

/// Returns the hour and the minute.
pub(crate) fn time(at: Timestamp) -> String {
    time_at(at.0 as f64)
}

/// Returns the day and the time of it.
pub(crate) fn moment(at: Timestamp) -> String {
    moment_at(at.0 as f64)
}

/// Returns the day's name: today, yesterday, or its date; the style sheet makes the first letter a capital.
pub(crate) fn day_name(at: Timestamp, today: i64) -> String {
    day_at(at.0 as f64, (day(at) - today) as f64)
}

/// Returns when something will be: the time if it is today, with the day of the week in the days after, else with the date.
pub(crate) fn when(at: Timestamp, now: Timestamp) -> String {
    when_at(at.0 as f64, (day(at) - day(now)) as f64)
}

/// Numbers the days as the visitor's time zone has them.
pub(crate) fn day(at: Timestamp) -> i64 {
    let offset = Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset();
    (at.0 - offset as i64 * 60_000).div_euclid(86_400_000)
}

/// Is kept after so many milliseconds.
pub(crate) fn after(milliseconds: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    })
}

/// Returns the visitor's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}
