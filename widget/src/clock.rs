//! Times and days as the visitor's language and region write them, by the browser's `Intl`.

use js_sys::{Array, Date, Function, Object, Reflect};
use protocol::Timestamp;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Intl, js_name = getCanonicalLocales)]
    fn canonical_locales(locale: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locales: &Array, options: &Object) -> DateTimeFormat;
    #[wasm_bindgen(method, getter)]
    fn format(this: &DateTimeFormat) -> Function;

    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locales: &Array, options: &Object) -> RelativeTimeFormat;
    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, value: f64, unit: &str) -> String;
}

/// Writes times for one locale.
pub(crate) struct Clock {
    time: Function,
    date: Function,
    relative: RelativeTimeFormat,
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// Returns the direction in which a locale is written.
pub(crate) fn direction(locale: &str) -> &'static str {
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    if RIGHT_TO_LEFT.iter().any(|other| language.eq_ignore_ascii_case(other)) { "rtl" } else { "ltr" }
}

impl Clock {
    /// Makes a clock for a locale; the browser's own if the page states one that does not exist.
    pub(crate) fn new(locale: &str) -> Self {
        let locales = canonical_locales(&locale.replace('_', "-")).unwrap_or_default();
        let format = |options: &[(&str, &str)]| DateTimeFormat::new(&locales, &object(options)).format();
        Self {
            time: format(&[("hour", "numeric"), ("minute", "2-digit")]),
            date: format(&[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
            relative: RelativeTimeFormat::new(&locales, &object(&[("numeric", "auto")])),
        }
    }

    /// Returns the hour and the minute.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        apply(&self.time, at)
    }

    /// Returns the day's name: today, yesterday, or its date; the style sheet makes the first letter a capital.
    pub(crate) fn day_name(&self, at: Timestamp, today: i64) -> String {
        let days = day(at) - today;
        if (-1..=0).contains(&days) {
            self.relative.format(days as f64, "day")
        } else {
            apply(&self.date, at)
        }
    }
}

/// Numbers the days as the visitor's time zone has them.
pub(crate) fn day(at: Timestamp) -> i64 {
    let offset = Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset();
    (at.0 - offset as i64 * 60_000).div_euclid(86_400_000)
}

/// Returns the visitor's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

fn apply(format: &Function, at: Timestamp) -> String {
    format
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(at.0 as f64))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn object(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
