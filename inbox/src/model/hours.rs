//! Office hours between what the server keeps and what the browser's time fields hold.
//!
//! A time field knows no 24:00: a span that ends at 00:00 ends with its day.

use protocol::civil::{MinuteOfDay, Weekday};
use protocol::http::reception::{DaySpan, OfficeHours, WeeklySpan};

/// What is wrong with the spans of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpanFault {
    /// A time is missing.
    Missing,
    /// One begins when it ends.
    Empty,
    /// Two of them overlap.
    Overlap,
}

/// Reads the spans of a day, each by its beginning and its end, in any order.
pub(crate) fn read_spans(typed: &[(String, String)]) -> Result<Vec<DaySpan>, SpanFault> {
    let mut spans = Vec::new();
    for (from, until) in typed {
        let from: MinuteOfDay = from.parse().map_err(|_| SpanFault::Missing)?;
        let until: MinuteOfDay = until.parse().map_err(|_| SpanFault::Missing)?;
        let until = if until == MinuteOfDay(0) { MinuteOfDay::END } else { until };
        if from == until {
            return Err(SpanFault::Empty);
        }
        spans.push(DaySpan { from, until });
    }
    spans.sort_unstable();
    let is_apart =
        |pair: &[DaySpan]| matches!(pair, [one, other] if one.from < one.until && one.until <= other.from);
    if spans.windows(2).all(is_apart) { Ok(spans) } else { Err(SpanFault::Overlap) }
}

/// What the fields of a span show.
pub(crate) fn shown(span: DaySpan) -> (String, String) {
    let until = if span.until == MinuteOfDay::END { MinuteOfDay(0) } else { span.until };
    (span.from.to_string(), until.to_string())
}

/// The span that somebody is offered to add to a day: nine to five, or the hours after its last one as far as there is room.
pub(crate) fn after(last: Option<DaySpan>) -> DaySpan {
    let Some(last) = last else {
        return DaySpan { from: MinuteOfDay(9 * 60), until: MinuteOfDay(17 * 60) };
    };
    let from = last.until.0.saturating_add(60).min(MinuteOfDay::END.0 - 60);
    DaySpan { from: MinuteOfDay(from), until: MinuteOfDay(from.saturating_add(240).min(MinuteOfDay::END.0)) }
}

/// The spans of one day of the week.
pub(crate) fn spans_on(hours: &OfficeHours, day: Weekday) -> Vec<DaySpan> {
    let spans = hours.week.iter().filter(|span| span.day == day);
    spans.map(|WeeklySpan { from, until, .. }| DaySpan { from: *from, until: *until }).collect()
}

/// The week with which somebody begins: nine to five on weekdays.
pub(crate) fn usual_week(zone: String) -> OfficeHours {
    let weekdays = Weekday::ALL.into_iter().filter(|day| !matches!(day, Weekday::Saturday | Weekday::Sunday));
    let week = weekdays.map(|day| WeeklySpan { day, from: MinuteOfDay(9 * 60), until: MinuteOfDay(17 * 60) });
    OfficeHours { zone, week: week.collect(), holidays: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &[(&str, &str)]) -> Result<Vec<(String, String)>, SpanFault> {
        let typed: Vec<_> =
            typed.iter().map(|(from, until)| ((*from).to_owned(), (*until).to_owned())).collect();
        read_spans(&typed).map(|spans| spans.into_iter().map(shown).collect())
    }

    #[test]
    fn ib61_spans_are_read_in_their_order_and_shown_as_they_were_typed() {
        let owned = |from: &str, until: &str| (from.to_owned(), until.to_owned());
        assert_eq!(read(&[]), Ok(vec![]));
        let day = read(&[("13:00", "17:00"), ("09:00", "12:00")]);
        assert_eq!(day, Ok(vec![owned("09:00", "12:00"), owned("13:00", "17:00")]));
        assert_eq!(read(&[("00:00", "00:00")]), Ok(vec![owned("00:00", "00:00")]), "the whole day");
        assert_eq!(read(&[("22:00", "02:00")]), Ok(vec![owned("22:00", "02:00")]), "over midnight");
    }

    #[test]
    fn ib61_what_is_wrong_with_spans_is_told_before_anything_is_sent() {
        assert_eq!(read(&[("09:00", "")]), Err(SpanFault::Missing));
        assert_eq!(read(&[("09:00", "09:00")]), Err(SpanFault::Empty));
        assert_eq!(read(&[("09:00", "12:00"), ("11:59", "13:00")]), Err(SpanFault::Overlap));
        assert_eq!(read(&[("22:00", "02:00"), ("23:00", "23:30")]), Err(SpanFault::Overlap));
    }

    #[test]
    fn ib61_somebody_begins_with_a_usual_week() {
        let hours = usual_week("Europe/Berlin".to_owned());
        assert_eq!(spans_on(&hours, Weekday::Friday).len(), 1);
        assert_eq!(spans_on(&hours, Weekday::Saturday), []);
    }
}
