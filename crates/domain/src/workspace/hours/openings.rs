//! When a team comes and goes: the hours of a wall clock, as moments.
//!
//! A span opens at the first moment at which the clock reads its beginning or later, and closes at the last one at which it
//! reads its end or earlier. So where the clock is put forward, a span that begins in the hour that there is not begins
//! after it, and where it is put back, the hour that comes twice belongs to a span whole.

use protocol::Timestamp;
use protocol::civil::{CivilDay, MinuteOfDay};
use protocol::http::reception::{DaySpan, OfficeHours, Openings};

use super::zone::Zone;

/// Changes that are told.
const MOST_CHANGES: usize = 16;
/// Days after today that are looked at.
const DAYS_AHEAD: i32 = 60;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// Which of two moments is meant where the clock reads the same twice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// When a team comes and goes from a moment on: some changes, two months ahead at most (SPEC OH2).
#[must_use]
pub fn openings(hours: &OfficeHours, zone: &impl Zone, now: Timestamp) -> Openings {
    let wall = now.0.saturating_add(zone.offset_ms(now));
    let today = CivilDay(i32::try_from(wall.div_euclid(DAY_MS)).unwrap_or_default());
    let end = instant(zone, today.plus(DAYS_AHEAD), 0, Edge::First);
    let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
    let mut known = end;
    // A span of yesterday may still last.
    for day in (-1..DAYS_AHEAD).map(|days| today.plus(days)) {
        for (from, until) in spans_of(hours, zone, day).filter(|(_, until)| *until > now) {
            match spans.last_mut() {
                Some((_, open_until)) if from <= *open_until => *open_until = until.max(*open_until),
                Some(_) | None => spans.push((from, until)),
            }
        }
        // The last span may go on with the next day.
        if spans.len() > MOST_CHANGES / 2 {
            known = spans.pop().map_or(end, |(from, _)| from);
            break;
        }
    }
    let changes = spans.iter().flat_map(|(from, until)| [*from, *until]);
    Openings {
        open: spans.first().is_some_and(|(from, _)| *from <= now),
        changes: changes.filter(|change| now < *change && *change < known).collect(),
        until: known,
    }
}

/// The spans that begin on a day, in their order.
fn spans_of(
    hours: &OfficeHours,
    zone: &impl Zone,
    day: CivilDay,
) -> impl Iterator<Item = (Timestamp, Timestamp)> {
    let holiday = hours.holidays.iter().find(|holiday| holiday.day == day);
    let mut spans: Vec<DaySpan> = match holiday {
        Some(holiday) => holiday.spans.clone(),
        None => {
            let weekday = day.weekday();
            let week = hours.week.iter().filter(|span| span.day == weekday);
            week.map(|span| DaySpan { from: span.from, until: span.until }).collect()
        }
    };
    spans.sort_unstable();
    let moments = spans.into_iter().map(move |DaySpan { from, until }| {
        let over_midnight = if until <= from { MinuteOfDay::END.0 } else { 0 };
        let until = until.0.saturating_add(over_midnight);
        (instant(zone, day, from.0, Edge::First), instant(zone, day, until, Edge::Last))
    });
    moments.filter(|(from, until)| from < until)
}

/// The moment at which the clock on the wall reads so many minutes after the midnight with which a day begins.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "days of 32 bits, in milliseconds, are few for numbers of 64"
)]
fn instant(zone: &impl Zone, day: CivilDay, minutes: u16, edge: Edge) -> Timestamp {
    let wall = i64::from(day.0) * DAY_MS + i64::from(minutes) * MINUTE_MS;
    // No clock is as far from UTC as a day.
    let before = zone.offset_ms(Timestamp(wall - DAY_MS));
    let after = zone.offset_ms(Timestamp(wall + DAY_MS));
    let (by_before, by_after) = (Timestamp(wall - before), Timestamp(wall - after));
    if before == after {
        return by_before;
    }
    let reads_before = zone.offset_ms(by_before) == before;
    let reads_after = zone.offset_ms(by_after) == after;
    match (reads_before, reads_after, edge) {
        (true, true, Edge::First) | (true, false, _) => by_before,
        (true, true, Edge::Last) | (false, true, _) => by_after,
        (false, false, _) => change_between(zone, by_after, by_before),
    }
}

/// The moment at which the clock is put forward, after the first moment and not after the second.
fn change_between(zone: &impl Zone, mut early: Timestamp, mut late: Timestamp) -> Timestamp {
    let offset = zone.offset_ms(early);
    while late.since(early) > 1 {
        let middle = early.plus(late.since(early) / 2);
        if zone.offset_ms(middle) == offset {
            early = middle;
        } else {
            late = middle;
        }
    }
    late
}
