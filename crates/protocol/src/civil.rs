//! Days and times as a calendar and a clock on the wall show them, without a time zone.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::reject::Code;

/// Days of four hundred years, after which the calendar begins anew.
const DAYS_OF_ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_BEFORE_1970: i64 = 719_468;

/// A day of the calendar, counted from 1970-01-01, which is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CivilDay(pub i32);

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// The first by ISO 8601.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

impl Weekday {
    /// All, in their order.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

impl CivilDay {
    /// Which day of the week it is.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        let index = i64::from(self.0).saturating_add(3).rem_euclid(7);
        Weekday::ALL.into_iter().nth(usize::try_from(index).unwrap_or_default()).unwrap_or(Weekday::Monday)
    }

    /// The day that is so many later.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// Writes `2026-12-25` (ISO 8601).
impl fmt::Display for CivilDay {
    #[expect(clippy::arithmetic_side_effects, reason = "days of 32 bits are few for numbers of 64")]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Years begin in March, so that the leap day is the last of one.
        let shifted = i64::from(self.0) + DAYS_BEFORE_1970;
        let (era, day) = (shifted.div_euclid(DAYS_OF_ERA), shifted.rem_euclid(DAYS_OF_ERA));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
        let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        write!(formatter, "{:04}-{month:02}-{day_of_month:02}", era * 400 + year + next_year)
    }
}

/// Reads `2026-12-25`, of a day that there is in the years 1970 to 9999.
impl FromStr for CivilDay {
    type Err = Code;

    #[expect(clippy::arithmetic_side_effects, reason = "numbers of four digits at most")]
    fn from_str(text: &str) -> Result<Self, Code> {
        let number = |part: Option<&str>, digits: usize| {
            let part =
                part.filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()));
            part.and_then(|part| part.parse::<i64>().ok()).ok_or(Code::BadField)
        };
        let mut parts = text.split('-');
        let (year, month, day) =
            (number(parts.next(), 4)?, number(parts.next(), 2)?, number(parts.next(), 2)?);
        if parts.next().is_some() || year < 1970 || !(1..=12).contains(&month) {
            return Err(Code::BadField);
        }
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * month + 2) / 5 + day - 1;
        let days = era * DAYS_OF_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let found = Self(i32::try_from(days - DAYS_BEFORE_1970).map_err(|_| Code::BadField)?);
        // A day that there is not, like the 31st of April, is another one when it is written.
        if found.to_string() == text { Ok(found) } else { Err(Code::BadField) }
    }
}

/// A time on the wall, in minutes from midnight; 1,440 is the midnight at the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MinuteOfDay(pub u16);

impl MinuteOfDay {
    /// Midnight at the end of a day.
    pub const END: Self = Self(1_440);
}

/// Writes `09:30`.
impl fmt::Display for MinuteOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Reads `09:30`, and `24:00`.
impl FromStr for MinuteOfDay {
    type Err = Code;

    #[expect(clippy::arithmetic_side_effects, reason = "numbers of two digits")]
    fn from_str(text: &str) -> Result<Self, Code> {
        let (hours, minutes) = text.split_once(':').ok_or(Code::BadField)?;
        let number = |part: &str| {
            let is_number = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<u16>().ok()).flatten().ok_or(Code::BadField)
        };
        let (hours, minutes) = (number(hours)?, number(minutes)?);
        let found = Self(hours * 60 + minutes);
        if minutes < 60 && found <= Self::END { Ok(found) } else { Err(Code::BadField) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oh1_days_are_written_and_read_as_the_calendar_has_them() {
        let cases = [
            (0, "1970-01-01", Weekday::Thursday),
            (11_016, "2000-02-29", Weekday::Tuesday),
            (20_783, "2026-11-26", Weekday::Thursday),
            (20_812, "2026-12-25", Weekday::Friday),
            (47_540, "2100-02-28", Weekday::Sunday),
            (47_541, "2100-03-01", Weekday::Monday),
        ];
        for (day, text, weekday) in cases {
            assert_eq!(CivilDay(day).to_string(), text);
            assert_eq!(text.parse(), Ok(CivilDay(day)));
            assert_eq!(CivilDay(day).weekday(), weekday, "{text}");
        }
        for day in 0..40_000 {
            assert_eq!(CivilDay(day).to_string().parse(), Ok(CivilDay(day)));
        }
    }

    #[test]
    fn oh1_what_is_no_day_and_no_time_is_refused() {
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-01",
            "2026-04-31",
            "1969-12-31",
            "+026-01-01",
        ] {
            assert_eq!(text.parse::<CivilDay>(), Err(Code::BadField), "{text}");
        }
        for text in ["", "9:30", "24:01", "09:60", "0930", "09:30:00", "-1:00"] {
            assert_eq!(text.parse::<MinuteOfDay>(), Err(Code::BadField), "{text}");
        }
        for text in ["00:00", "09:30", "23:59", "24:00"] {
            assert_eq!(text.parse::<MinuteOfDay>().map(|minute| minute.to_string()), Ok(text.to_owned()));
        }
    }
}
