//! Dates, times and distances in words, by the browser's `Intl`.

use js_sys::{Array, Date, Intl, Object, Reflect};
use protocol::Timestamp;
use protocol::civil::{CivilDay, MinuteOfDay};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::model::ago::Ago;
use crate::model::days::LocalDay;

struct Formats {
    time: Intl::DateTimeFormat,
    day: Intl::DateTimeFormat,
    day_and_year: Intl::DateTimeFormat,
    short_date: Intl::DateTimeFormat,
    full: Intl::DateTimeFormat,
    date: Intl::DateTimeFormat,
    minutes: Intl::NumberFormat,
    hours: Intl::NumberFormat,
    days: Intl::NumberFormat,
    distance: Intl::RelativeTimeFormat,
    list: Option<JsValue>,
    countries: Option<JsValue>,
}

thread_local! {
    static FORMATS: Formats = Formats::new();
}

/// The time of day, as in "10:42".
pub(crate) fn time(at: Timestamp) -> String {
    FORMATS.with(|formats| format_date(&formats.time, at))
}

/// The day in words, as in "Monday 3 August"; with the year where it is another one.
pub(crate) fn day(at: Timestamp, now: Timestamp) -> String {
    let same_year = date(at).get_full_year() == date(now).get_full_year();
    FORMATS.with(|formats| format_date(if same_year { &formats.day } else { &formats.day_and_year }, at))
}

/// Date and time in full.
pub(crate) fn full(at: Timestamp) -> String {
    FORMATS.with(|formats| format_date(&formats.full, at))
}

/// The date, as in "3 Aug 2026".
pub(crate) fn date_of(at: Timestamp) -> String {
    FORMATS.with(|formats| format_date(&formats.date, at))
}

/// For the `datetime` attribute.
pub(crate) fn machine(at: Timestamp) -> String {
    date(at).to_iso_string().into()
}

/// A distance as narrow as can be, as in "5m"; `None` for this very moment.
pub(crate) fn narrow(ago: Ago, at: Timestamp) -> Option<String> {
    FORMATS.with(|formats| {
        Some(match ago {
            Ago::Now => return None,
            Ago::Minutes(count) => format_number(&formats.minutes, count),
            Ago::Hours(count) => format_number(&formats.hours, count),
            Ago::Days(count) => format_number(&formats.days, count),
            Ago::Longer => format_date(&formats.short_date, at),
        })
    })
}

/// A distance to be read aloud, as in "5 minutes ago"; `None` for this very moment.
pub(crate) fn spoken(ago: Ago, at: Timestamp) -> Option<String> {
    let (count, unit) = match ago {
        Ago::Now => return None,
        Ago::Minutes(count) => (count, "minute"),
        Ago::Hours(count) => (count, "hour"),
        Ago::Days(count) => (count, "day"),
        Ago::Longer => return Some(full(at)),
    };
    Some(FORMATS.with(|formats| formats.distance.format(-number(count), unit).into()))
}

/// Names in one phrase, as in "Anna, Ben, and Carla".
pub(crate) fn list(names: &[String]) -> String {
    let joined = || names.join(", ");
    FORMATS.with(|formats| {
        let Some(list) = &formats.list else {
            return joined();
        };
        let array: Array = names.iter().map(JsValue::from).collect();
        let format = Reflect::get(list, &"format".into())
            .ok()
            .and_then(|format| format.dyn_into::<js_sys::Function>().ok());
        format
            .and_then(|format| format.call1(list, &array).ok())
            .and_then(|text| text.as_string())
            .unwrap_or_else(joined)
    })
}

/// The name of a country by its two letters, or the letters where the browser knows no names.
pub(crate) fn country(letters: &str) -> String {
    let name = || {
        let names = FORMATS.with(|formats| formats.countries.clone())?;
        let of = Reflect::get(&names, &"of".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
        of.call1(&names, &letters.into()).ok()?.as_string()
    };
    name().unwrap_or_else(|| letters.to_owned())
}

/// A time of day by the local clock, some days after a moment's day.
pub(crate) fn local_time(now: Timestamp, days: u32, hour: i32) -> Timestamp {
    let today = date(now);
    let small = |number: u32| i32::try_from(number).unwrap_or_default();
    let day = small(today.get_date().saturating_add(days));
    timestamp(&Date::new_with_year_month_day_hr(today.get_full_year(), small(today.get_month()), day, hour))
}

/// The time of day by the local clock.
pub(crate) fn minute_of_day(at: Timestamp) -> MinuteOfDay {
    let at = date(at);
    MinuteOfDay(u16::try_from(at.get_hours() * 60 + at.get_minutes()).unwrap_or_default())
}

/// Days until the next Monday, by the local calendar: one at least.
pub(crate) fn days_to_monday(now: Timestamp) -> u32 {
    match date(now).get_day() {
        0 => 1,
        day => 8 - day,
    }
}

/// What a field for date and time holds; nothing before it is filled.
pub(crate) fn typed(value: &str) -> Option<Timestamp> {
    let at = Date::new(&value.into());
    (!value.is_empty() && !at.get_time().is_nan()).then(|| timestamp(&at))
}

#[expect(clippy::cast_possible_truncation, reason = "a date is a whole number far below 2^53")]
fn timestamp(at: &Date) -> Timestamp {
    Timestamp(at.get_time() as i64)
}

/// The day of a moment by the local calendar.
pub(crate) fn local_day(at: Timestamp) -> LocalDay {
    LocalDay::at(at.0, i64::from(minutes_ahead(at)))
}

/// By how many minutes the local clock is ahead of UTC at a moment.
pub(crate) fn minutes_ahead(at: Timestamp) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "an offset is a small whole number of minutes")]
    let minutes = -date(at).get_timezone_offset() as i16;
    minutes
}

/// The midnight with which the day begins that was so many days before a moment's.
pub(crate) fn midnight(now: Timestamp, days_before: u32) -> Timestamp {
    let today = date(now);
    let small = |number: u32| i32::try_from(number).unwrap_or_default();
    let day = small(today.get_date()) - small(days_before);
    timestamp(&Date::new_with_year_month_day(today.get_full_year(), small(today.get_month()), day))
}

/// A day of the calendar, as in "3 Aug 2026".
pub(crate) fn civil(day: CivilDay) -> String {
    let noon = Timestamp(i64::from(day.0) * 86_400_000 + 43_200_000);
    date_of(Timestamp(noon.0 - i64::from(minutes_ahead(noon)) * 60_000))
}

impl Formats {
    fn new() -> Self {
        let locales = Array::of1(&locale().into());
        let dates = |options: &[(&str, &str)]| Intl::DateTimeFormat::new(&locales, &object(options));
        let units = |unit| {
            Intl::NumberFormat::new(
                &locales,
                &object(&[("style", "unit"), ("unitDisplay", "narrow"), ("unit", unit)]),
            )
        };
        Self {
            time: dates(&[("timeStyle", "short")]),
            day: dates(&[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
            day_and_year: dates(&[("day", "numeric"), ("month", "long"), ("year", "numeric")]),
            short_date: dates(&[("day", "numeric"), ("month", "short")]),
            full: dates(&[("dateStyle", "medium"), ("timeStyle", "short")]),
            date: dates(&[("dateStyle", "medium")]),
            minutes: units("minute"),
            hours: units("hour"),
            days: units("day"),
            distance: Intl::RelativeTimeFormat::new(&locales, &object(&[("numeric", "auto")])),
            list: list_format(&locales),
            countries: country_names(&locales),
        }
    }
}

/// The words of the inbox are English, so that dates are too: the person's own English, where they have one.
fn locale() -> String {
    let own = web_sys::window().and_then(|window| window.navigator().language());
    own.filter(|own| own.starts_with("en")).unwrap_or_else(|| "en".to_owned())
}

fn country_names(locales: &Array) -> Option<JsValue> {
    let constructor = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"DisplayNames".into()))
        .ok()?
        .dyn_into::<js_sys::Function>()
        .ok()?;
    Reflect::construct(&constructor, &Array::of2(locales, &object(&[("type", "region")]))).ok()
}

fn list_format(locales: &Array) -> Option<JsValue> {
    let constructor = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"ListFormat".into()))
        .ok()?
        .dyn_into::<js_sys::Function>()
        .ok()?;
    Reflect::construct(&constructor, &Array::of1(locales)).ok()
}

fn object(fields: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object that was just made cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object
}

fn date(at: Timestamp) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "times stay below 2^53")]
    Date::new(&(at.0 as f64).into())
}

fn number(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a count of minutes, hours or days")]
    {
        count as f64
    }
}

fn format_date(format: &Intl::DateTimeFormat, at: Timestamp) -> String {
    let text = format.format().call1(format, &date(at));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn format_number(format: &Intl::NumberFormat, count: u64) -> String {
    let text = format.format().call1(format, &number(count).into());
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
