//! Office hours: what they may be, and when a team comes and goes by them.

mod openings;
#[cfg(test)]
mod tests;
mod zone;

use protocol::Code;
use protocol::civil::MinuteOfDay;
use protocol::http::reception::{DaySpan, Holiday, OfficeHours};
use protocol::limits::{DAY_SPANS, HOLIDAYS, WEEKLY_SPANS};

pub use openings::openings;
pub use zone::Zone;

use crate::account::time_zone;
use crate::name::name;

/// Puts office hours into their one spelling: spans in their order, holidays by their day (SPEC OH1).
///
/// # Errors
/// [`Code::BadField`] for a zone without a name or with a bad one, a time beyond the day, a span that begins at its end,
/// spans that overlap, a bad name of a holiday and two of one day; [`Code::TooLarge`] for more than [`WEEKLY_SPANS`],
/// [`HOLIDAYS`] or [`DAY_SPANS`] on one of them.
pub fn tidied_hours(hours: OfficeHours) -> Result<OfficeHours, Code> {
    let OfficeHours { zone, mut week, holidays } = hours;
    if zone.is_empty() {
        return Err(Code::BadField);
    }
    if week.len() > WEEKLY_SPANS || holidays.len() > HOLIDAYS {
        return Err(Code::TooLarge);
    }
    week.sort_unstable();
    for spans in week.chunk_by(|one, other| one.day == other.day) {
        check_spans(
            &spans.iter().map(|span| DaySpan { from: span.from, until: span.until }).collect::<Vec<_>>(),
        )?;
    }
    let mut holidays = holidays.into_iter().map(tidied_holiday).collect::<Result<Vec<_>, _>>()?;
    holidays.sort_by_key(|holiday| holiday.day);
    if holidays.windows(2).any(|pair| matches!(pair, [one, other] if one.day == other.day)) {
        return Err(Code::BadField);
    }
    Ok(OfficeHours { zone: time_zone(&zone)?, week, holidays })
}

fn tidied_holiday(holiday: Holiday) -> Result<Holiday, Code> {
    let Holiday { day, name: text, mut spans } = holiday;
    if spans.len() > DAY_SPANS {
        return Err(Code::TooLarge);
    }
    spans.sort_unstable();
    check_spans(&spans)?;
    Ok(Holiday { day, name: name(&text)?, spans })
}

/// Accepts spans that are in their order: only the last one may cross midnight.
fn check_spans(spans: &[DaySpan]) -> Result<(), Code> {
    let is_time = |span: &DaySpan| span.from < MinuteOfDay::END && span.until <= MinuteOfDay::END;
    let is_apart = |pair: &[DaySpan]| match pair {
        [one, other] => one.from < one.until && one.until <= other.from,
        _ => true,
    };
    let is_good =
        spans.iter().all(|span| is_time(span) && span.from != span.until) && spans.windows(2).all(is_apart);
    if is_good { Ok(()) } else { Err(Code::BadField) }
}
