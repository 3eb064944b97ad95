//! Time zones by the runtime's `Intl`, whose rules are always the newest.

use domain::workspace::Zone;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use protocol::Timestamp;
use worker::wasm_bindgen::{JsCast, JsValue};

/// A time zone of the IANA database that the runtime knows.
pub(crate) struct TimeZone {
    /// Writes a moment with the zone's distance from UTC at its end, as `GMT+05:45`.
    format: Function,
}

impl TimeZone {
    /// Looks a zone up by its name; `None` if the runtime does not know it.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let options = Object::new();
        for (option, value) in [("timeZone", name), ("timeZoneName", "longOffset")] {
            Reflect::set(&options, &option.into(), &value.into()).ok()?;
        }
        // Not by its own constructor, which throws through us what is wrong with a name.
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
        let arguments = Array::of2(&"en".into(), &options);
        let format: Intl::DateTimeFormat =
            Reflect::construct(&constructor, &arguments).ok()?.unchecked_into();
        Some(Self { format: format.format() })
    }
}

impl Zone for TimeZone {
    fn offset_ms(&self, at: Timestamp) -> i64 {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay below 2^53")]
        let date = Date::new(&JsValue::from_f64(at.0 as f64));
        let written = self.format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string());
        written
            .as_deref()
            .and_then(|text| text.rsplit_once("GMT"))
            .map_or(0, |(_, offset)| milliseconds(offset))
    }
}

/// Reads `+05:45`, `-03:30:52`, or nothing.
fn milliseconds(offset: &str) -> i64 {
    let sign = if offset.starts_with(['-', '\u{2212}']) { -1 } else { 1 };
    let digits = offset.trim_start_matches(['+', '-', '\u{2212}']);
    let parts = digits.split(':').map(|part| part.parse().unwrap_or(0));
    let units = parts.zip([3_600_000_i64, 60_000, 1_000]);
    let distance =
        units.fold(0_i64, |sum, (number, unit): (i64, i64)| sum.saturating_add(number.saturating_mul(unit)));
    distance.saturating_mul(sign)
}
