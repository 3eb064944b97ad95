//! Office hours against the time zones of the IANA database.

use jiff::Timestamp as Moment;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use protocol::civil::{CivilDay, MinuteOfDay, Weekday};
use protocol::http::reception::{DaySpan, Holiday, OfficeHours, WeeklySpan};
use protocol::{Code, Timestamp, limits};

use super::{Zone, openings, tidied_hours};

struct Listed(TimeZone);

impl Zone for Listed {
    fn offset_ms(&self, at: Timestamp) -> i64 {
        let moment = Moment::from_millisecond(at.0).expect("a moment");
        i64::from(self.0.to_offset(moment).seconds()) * 1_000
    }
}

fn zone(name: &str) -> Listed {
    Listed(TimeZone::get(name).expect("it is listed"))
}

fn utc(text: &str) -> Timestamp {
    Timestamp(text.parse::<Moment>().expect("a moment").as_millisecond())
}

fn minute(text: &str) -> MinuteOfDay {
    text.parse().expect("a time")
}

fn day_span(text: &str) -> DaySpan {
    let (from, until) = text.split_once('-').expect("a span");
    DaySpan { from: minute(from), until: minute(until) }
}

fn on(days: &[Weekday], spans: &[&str]) -> Vec<WeeklySpan> {
    let spans = spans.iter().map(|text| day_span(text));
    let each = |DaySpan { from, until }| days.iter().map(move |day| WeeklySpan { day: *day, from, until });
    spans.flat_map(each).collect()
}

fn hours(week: Vec<WeeklySpan>) -> OfficeHours {
    OfficeHours { zone: "UTC".to_owned(), week, holidays: Vec::new() }
}

const WORKDAYS: &[Weekday] =
    &[Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// Checks whether a team is there at a moment, and the first changes after it.
fn check(hours: &OfficeHours, zone_name: &str, now: &str, open: bool, changes: &[&str]) {
    let told = openings(hours, &zone(zone_name), utc(now));
    assert_eq!(told.open, open, "{zone_name} at {now}");
    let first: Vec<_> = told.changes.iter().take(changes.len()).copied().collect();
    let expected: Vec<_> = changes.iter().map(|text| utc(text)).collect();
    assert_eq!(first, expected, "{zone_name} at {now}");
}

#[test]
fn oh2_a_week_with_a_break_at_noon() {
    let hours = hours(on(WORKDAYS, &["09:00-12:00", "13:00-17:00"]));
    // 2026-11-26 is a Thursday; Berlin is an hour ahead.
    check(&hours, "Europe/Berlin", "2026-11-26T07:59:59Z", false, &["2026-11-26T08:00:00Z"]);
    check(
        &hours,
        "Europe/Berlin",
        "2026-11-26T08:00:00Z",
        true,
        &["2026-11-26T11:00:00Z", "2026-11-26T12:00:00Z"],
    );
    check(&hours, "Europe/Berlin", "2026-11-26T11:00:00Z", false, &["2026-11-26T12:00:00Z"]);
    check(&hours, "Europe/Berlin", "2026-11-27T16:00:00Z", false, &["2026-11-30T08:00:00Z"]);
    check(&hours, "Asia/Kathmandu", "2026-11-26T03:15:00Z", true, &["2026-11-26T06:15:00Z"]);
}

#[test]
fn oh2_hours_keep_to_the_clock_on_the_wall_when_it_is_changed_in_both_hemispheres() {
    let hours = hours(on(&Weekday::ALL, &["09:00-17:00"]));
    let summer_begins = ["2026-03-28T16:00:00Z", "2026-03-29T07:00:00Z", "2026-03-29T15:00:00Z"];
    check(&hours, "Europe/Berlin", "2026-03-28T12:00:00Z", true, &summer_begins);
    let summer_ends = ["2026-10-24T15:00:00Z", "2026-10-25T08:00:00Z", "2026-10-25T16:00:00Z"];
    check(&hours, "Europe/Berlin", "2026-10-24T12:00:00Z", true, &summer_ends);
    let sydney_begins = ["2026-10-03T07:00:00Z", "2026-10-03T22:00:00Z", "2026-10-04T06:00:00Z"];
    check(&hours, "Australia/Sydney", "2026-10-03T02:00:00Z", true, &sydney_begins);
    let sydney_ends = ["2026-04-04T06:00:00Z", "2026-04-04T23:00:00Z", "2026-04-05T07:00:00Z"];
    check(&hours, "Australia/Sydney", "2026-04-04T02:00:00Z", true, &sydney_ends);
    let half_an_hour = ["2026-10-03T06:30:00Z", "2026-10-03T22:00:00Z", "2026-10-04T06:00:00Z"];
    check(&hours, "Australia/Lord_Howe", "2026-10-03T02:00:00Z", true, &half_an_hour);
}

#[test]
fn oh2_the_hour_that_there_is_not() {
    // In Berlin 02:00 to 03:00 of 2026-03-29 is left out, at 01:00 UTC.
    let begins_in_it = hours(on(&[Weekday::Sunday], &["02:30-06:00"]));
    check(
        &begins_in_it,
        "Europe/Berlin",
        "2026-03-28T12:00:00Z",
        false,
        &["2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z"],
    );
    let ends_in_it = hours(on(&[Weekday::Sunday], &["01:00-02:30"]));
    check(
        &ends_in_it,
        "Europe/Berlin",
        "2026-03-28T12:00:00Z",
        false,
        &["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
    );
    let all_of_it = hours(on(&[Weekday::Sunday], &["02:10-02:50"]));
    check(&all_of_it, "Europe/Berlin", "2026-03-28T12:00:00Z", false, &["2026-04-05T00:10:00Z"]);
    // Where the clock is put forward at midnight the day begins at one.
    let whole_day = hours(on(&[Weekday::Sunday], &["00:00-24:00"]));
    check(
        &whole_day,
        "Africa/Cairo",
        "2026-04-23T12:00:00Z",
        false,
        &["2026-04-25T21:00:00Z", "2026-04-26T21:00:00Z"],
    );
    let friday = hours(on(&[Weekday::Friday], &["00:30-24:00"]));
    check(
        &friday,
        "Africa/Cairo",
        "2026-04-23T12:00:00Z",
        false,
        &["2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"],
    );
}

#[test]
fn oh2_the_hour_that_comes_twice_belongs_to_a_span_whole() {
    // In Berlin 02:00 to 03:00 of 2026-10-25 comes twice, until 01:00 UTC and from then on.
    let ends_in_it = hours(on(&[Weekday::Sunday], &["01:00-02:30"]));
    check(
        &ends_in_it,
        "Europe/Berlin",
        "2026-10-24T12:00:00Z",
        false,
        &["2026-10-24T23:00:00Z", "2026-10-25T01:30:00Z"],
    );
    let begins_in_it = hours(on(&[Weekday::Sunday], &["02:30-06:00"]));
    check(
        &begins_in_it,
        "Europe/Berlin",
        "2026-10-24T12:00:00Z",
        false,
        &["2026-10-25T00:30:00Z", "2026-10-25T05:00:00Z"],
    );
    check(&begins_in_it, "Europe/Berlin", "2026-10-25T01:10:00Z", true, &["2026-10-25T05:00:00Z"]);
    let new_york = hours(on(&[Weekday::Sunday], &["00:30-01:30"]));
    check(
        &new_york,
        "America/New_York",
        "2026-10-31T12:00:00Z",
        false,
        &["2026-11-01T04:30:00Z", "2026-11-01T06:30:00Z"],
    );
}

#[test]
fn oh2_a_night_goes_on_after_midnight_and_joins_what_follows() {
    let night = hours(on(&[Weekday::Friday], &["22:00-02:00"]));
    check(&night, "UTC", "2026-11-28T01:00:00Z", true, &["2026-11-28T02:00:00Z", "2026-12-04T22:00:00Z"]);
    let mut joined = on(&[Weekday::Friday], &["22:00-24:00"]);
    joined.extend(on(&[Weekday::Saturday], &["00:00-06:00"]));
    check(&hours(joined), "UTC", "2026-11-27T23:00:00Z", true, &["2026-11-28T06:00:00Z"]);
    let over_sunday = hours(on(&[Weekday::Sunday], &["20:00-04:00"]));
    check(&over_sunday, "UTC", "2026-11-30T03:00:00Z", true, &["2026-11-30T04:00:00Z"]);
}

#[test]
fn oh2_holidays_stand_in_place_of_the_week() {
    let mut hours = hours(on(WORKDAYS, &["09:00-17:00"]));
    let holiday = |text: &str, spans: &[&str]| Holiday {
        day: text.parse().expect("a day"),
        name: "Holiday".to_owned(),
        spans: spans.iter().map(|text| day_span(text)).collect(),
    };
    hours.holidays = vec![
        holiday("2026-12-24", &["09:00-12:00"]),
        holiday("2026-12-25", &[]),
        holiday("2026-12-27", &["10:00-11:00"]),
    ];
    let expected =
        ["2026-12-24T12:00:00Z", "2026-12-27T10:00:00Z", "2026-12-27T11:00:00Z", "2026-12-28T09:00:00Z"];
    check(&hours, "UTC", "2026-12-24T10:00:00Z", true, &expected);
    // The night before a holiday is no part of it.
    let mut night = self::hours(on(&[Weekday::Thursday], &["22:00-02:00"]));
    night.holidays = vec![holiday("2026-12-25", &[])];
    check(&night, "UTC", "2026-12-25T01:00:00Z", true, &["2026-12-25T02:00:00Z"]);
}

#[test]
fn oh2_nothing_is_said_beyond_what_was_looked_at() {
    let always = openings(
        &hours(on(&Weekday::ALL, &["00:00-24:00"])),
        &zone("Europe/Berlin"),
        utc("2026-11-26T12:00:00Z"),
    );
    assert!(always.open && always.changes.is_empty(), "{always:?}");
    assert_eq!(always.until, utc("2027-01-24T23:00:00Z"));
    let never = openings(&hours(Vec::new()), &zone("Europe/Berlin"), utc("2026-11-26T12:00:00Z"));
    assert!(!never.open && never.changes.is_empty(), "{never:?}");
    let often =
        openings(&hours(on(&Weekday::ALL, &["08:00-09:00"])), &zone("UTC"), utc("2026-11-26T12:00:00Z"));
    assert_eq!(often.changes.len(), 16);
    assert_eq!(often.until, utc("2026-12-05T08:00:00Z"), "the next one that is not told");
}

proptest! {
    /// Whatever the hours, the zone and the moment: what is told is what the clock on the wall says, away from changes
    /// of the clock.
    #[test]
    fn oh2_what_is_told_is_what_the_clock_on_the_wall_says(
        zone_index in 0_usize..8,
        now in 1_780_000_000_000_i64..1_850_000_000_000,
        from in 0_u16..1_440,
        length in 1_u16..1_440,
        days in prop::collection::vec(0_usize..7, 0..7),
        later in 0_i64..864_000_000,
    ) {
        let names = [
            "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "Pacific/Apia",
            "America/St_Johns", "Africa/Casablanca", "Australia/Lord_Howe",
        ];
        let zone = zone(names[zone_index]);
        let until = (from + length) % 1_440;
        let week: Vec<_> = days.iter().map(|day| WeeklySpan {
            day: Weekday::ALL[*day],
            from: MinuteOfDay(from),
            until: MinuteOfDay(until),
        }).collect();
        let hours = hours(week);
        let told = openings(&hours, &zone, Timestamp(now));
        let mut ordered = told.changes.clone();
        ordered.dedup();
        ordered.sort_unstable();
        prop_assert_eq!(&ordered, &told.changes);

        let at = now + later;
        let offset = |at: i64| zone.offset_ms(Timestamp(at));
        let is_near_a_change = offset(at - 86_400_000) != offset(at + 86_400_000);
        if is_near_a_change || at >= told.until.0 {
            return Ok(());
        }
        let passed = told.changes.iter().filter(|change| change.0 <= at).count();
        let is_open = told.open == (passed % 2 == 0);
        let wall: DateTime = Moment::from_millisecond(at).expect("a moment").to_zoned(zone.0.clone()).datetime();
        let minute = u16::try_from(wall.hour()).expect("an hour") * 60 + u16::try_from(wall.minute()).expect("a minute");
        let today = CivilDay(i32::try_from((at + offset(at)).div_euclid(86_400_000)).expect("a day"));
        let begins_on = |day: CivilDay| hours.week.iter().any(|span| span.day == day.weekday());
        let crosses = until <= from;
        let expected = (begins_on(today) && minute >= from && (crosses || minute < until))
            || (crosses && begins_on(today.plus(-1)) && minute < until);
        prop_assert_eq!(is_open, expected);
    }
}

#[test]
fn oh1_hours_get_one_spelling() {
    let mut typed = hours(on(&[Weekday::Tuesday, Weekday::Monday], &["13:00-17:00", "09:00-12:00"]));
    let holiday = |day, name: &str| Holiday { day: CivilDay(day), name: name.to_owned(), spans: Vec::new() };
    typed.holidays = vec![holiday(20_813, "Boxing Day"), holiday(20_812, " Christmas ")];
    let tidied = tidied_hours(typed).expect("good hours");
    let spans: Vec<_> = tidied.week.iter().map(|span| (span.day, span.from.to_string())).collect();
    let expected = [
        (Weekday::Monday, "09:00".to_owned()),
        (Weekday::Monday, "13:00".to_owned()),
        (Weekday::Tuesday, "09:00".to_owned()),
        (Weekday::Tuesday, "13:00".to_owned()),
    ];
    assert_eq!(spans, expected);
    assert_eq!(tidied.holidays, [holiday(20_812, "Christmas"), holiday(20_813, "Boxing Day")]);
}

#[test]
fn oh1_hours_that_are_not_what_they_should_be_are_refused() {
    let monday = |spans: &[&str]| hours(on(&[Weekday::Monday], spans));
    let raw = |from, until| {
        hours(vec![WeeklySpan { day: Weekday::Monday, from: MinuteOfDay(from), until: MinuteOfDay(until) }])
    };
    let zone = |zone: &str| OfficeHours { zone: zone.to_owned(), ..hours(Vec::new()) };
    let holidays = |days: &[i32], name: &str, spans: &[&str]| OfficeHours {
        holidays: days
            .iter()
            .map(|day| Holiday {
                day: CivilDay(*day),
                name: name.to_owned(),
                spans: spans.iter().map(|text| day_span(text)).collect(),
            })
            .collect(),
        ..hours(Vec::new())
    };
    let many: Vec<i32> = (0..=100).collect();
    let cases: Vec<(OfficeHours, Result<(), Code>)> = vec![
        (monday(&[]), Ok(())),
        (monday(&["09:00-12:00", "12:00-17:00"]), Ok(())),
        (monday(&["22:00-06:00"]), Ok(())),
        (monday(&["00:00-24:00"]), Ok(())),
        (monday(&["09:00-12:00", "11:59-17:00"]), Err(Code::BadField)),
        (monday(&["22:00-06:00", "23:00-23:30"]), Err(Code::BadField)),
        (monday(&["09:00-09:00"]), Err(Code::BadField)),
        (raw(1_440, 60), Err(Code::BadField)),
        (raw(0, 1_441), Err(Code::BadField)),
        (zone("Europe/Berlin"), Ok(())),
        (zone(""), Err(Code::BadField)),
        (zone("Europe/Berlin; x"), Err(Code::BadField)),
        (holidays(&[1, 2], "Holiday", &["09:00-12:00"]), Ok(())),
        (holidays(&[1, 1], "Holiday", &[]), Err(Code::BadField)),
        (holidays(&[1], " ", &[]), Err(Code::BadField)),
        (holidays(&[1], "Holiday", &["09:00-12:00", "10:00-11:00"]), Err(Code::BadField)),
        (holidays(&many, "Holiday", &[]), Err(Code::TooLarge)),
        (
            hours(vec![on(&[Weekday::Monday], &["09:00-10:00"])[0]; limits::WEEKLY_SPANS + 1]),
            Err(Code::TooLarge),
        ),
    ];
    for (typed, expected) in cases {
        assert_eq!(tidied_hours(typed.clone()).map(|_| ()), expected, "{typed:?}");
    }
}
