//! Reports: which time they are about, how their figures are shown, and the file that they are saved as.

use protocol::civil::Weekday;
use protocol::{ClockSetting, Figures, Report, ReportLine, Timestamp, csv};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A time that a report can be about: so many days, the present one being the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// A week.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
    /// 365 days.
    Year,
}

impl Span {
    /// Every one, the shortest first.
    pub(crate) const EVERY: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// How many days it has.
    pub(crate) const fn days(self) -> u32 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }
}

/// How a clock stands in a time, given by how many minutes it is ahead of UTC at a moment. A change is found to the hour,
/// and comes on a full one everywhere.
pub(crate) fn clock(
    since: Timestamp,
    until: Timestamp,
    minutes_ahead: impl Fn(Timestamp) -> i16,
) -> Vec<ClockSetting> {
    let mut settings = vec![ClockSetting { since, minutes: minutes_ahead(since) }];
    let mut day = since.0;
    while day < until.0 {
        let next = day + DAY_MS;
        let before = settings.last().map_or(0, |setting| setting.minutes);
        if minutes_ahead(Timestamp(next)) != before {
            let full_hour = day - day.rem_euclid(HOUR_MS);
            let hours = (0..=24).map(|hour| Timestamp(full_hour + hour * HOUR_MS));
            let changed = hours.filter(|at| at.0 > day).find(|at| minutes_ahead(*at) != before);
            settings.extend(changed.map(|since| ClockSetting { since, minutes: minutes_ahead(since) }));
        }
        day = next;
    }
    settings
}

/// How long something took, in the two largest units that say something: days and hours, hours and minutes, minutes, seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Took {
    /// Less than a minute.
    Seconds(u64),
    /// Less than an hour.
    Minutes(u64),
    /// Less than a day, with minutes.
    Hours(u64, u64),
    /// Longer, with hours.
    Days(u64, u64),
}

impl Took {
    /// Of so many milliseconds.
    pub(crate) const fn of(milliseconds: u64) -> Self {
        let seconds = milliseconds.div_ceil(1_000);
        let (minutes, hours) = (seconds / 60, seconds / 3_600);
        match (hours, minutes) {
            (0, 0) => Self::Seconds(seconds),
            (0, minutes) => Self::Minutes(minutes),
            (hours @ 1..24, minutes) => Self::Hours(hours, minutes % 60),
            (hours, _) => Self::Days(hours / 24, hours % 24),
        }
    }
}

/// The stars of some ratings on the average, in tenths; nothing without a rating.
pub(crate) fn tenths_of_stars(ratings: &[u32; 5]) -> Option<u64> {
    let count: u64 = ratings.iter().map(|count| u64::from(*count)).sum();
    let stars: u64 = (1..).zip(ratings).map(|(stars, count)| stars * u64::from(*count)).sum();
    (stars * 10 + count / 2).checked_div(count)
}

/// How many of the hundred resolved ones are; nothing where there are none.
pub(crate) fn hundredths(part: u32, of: u32) -> Option<u64> {
    (u64::from(part) * 100 + u64::from(of) / 2).checked_div(u64::from(of))
}

/// How high a bar stands or how dark a field is, in hundredths of the highest: what is there at all is seen.
pub(crate) fn share(count: u32, highest: u32) -> u32 {
    let hundredths = (u64::from(count) * 100).checked_div(u64::from(highest)).unwrap_or_default();
    let seen = if count > 0 { hundredths.max(4) } else { 0 };
    u32::try_from(seen).unwrap_or(100)
}

/// The hours of each day of the week.
pub(crate) fn weekdays(hours: &[u32]) -> impl Iterator<Item = (Weekday, &[u32])> {
    Weekday::ALL.into_iter().zip(hours.chunks(24))
}

/// The words that stand in a report's file.
pub(crate) struct Headings {
    /// Of the columns: what it is of, its name, and the figures.
    pub(crate) columns: [&'static str; 13],
    /// What lines can be of: everything, a day, a site, a person, a team, a label.
    pub(crate) of: [&'static str; 6],
}

/// A report as a file of comma-separated values (SPEC WS54): times in seconds.
pub(crate) fn csv_file(report: &Report, headings: &Headings) -> String {
    let [everything, day, site, agent, team, label] = headings.of;
    let mut lines = vec![headings.columns.map(str::to_owned).to_vec(), cells(everything, "", &report.total)];
    lines.extend(report.days.iter().map(|one| cells(day, &one.day.to_string(), &one.figures)));
    lines.extend(part(site, &report.sites));
    lines.extend(part(agent, &report.agents));
    lines.extend(part(team, &report.teams));
    lines.extend(part(label, &report.labels));
    let lines = lines.iter().map(|cells| csv::line(cells.iter().map(String::as_str)));
    core::iter::once(csv::BYTE_ORDER_MARK.to_owned()).chain(lines).collect()
}

fn part<'a, Subject>(
    of: &'a str,
    lines: &'a [ReportLine<Subject>],
) -> impl Iterator<Item = Vec<String>> + use<'a, Subject> {
    lines.iter().map(move |line| cells(of, &line.name, &line.figures))
}

fn cells(of: &str, name: &str, figures: &Figures) -> Vec<String> {
    let seconds = |milliseconds: Option<u64>| {
        milliseconds.map(|milliseconds| milliseconds.div_ceil(1_000).to_string()).unwrap_or_default()
    };
    let stars = tenths_of_stars(&figures.ratings).map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let rated: u32 = figures.ratings.iter().sum();
    vec![
        of.to_owned(),
        name.to_owned(),
        figures.conversations.to_string(),
        figures.asked.to_string(),
        figures.answered.to_string(),
        figures.unanswered.to_string(),
        figures.resolved.to_string(),
        seconds(figures.first_response.map(|spread| spread.median)),
        seconds(figures.first_response.map(|spread| spread.ninth_decile)),
        seconds(figures.resolution.map(|spread| spread.median)),
        seconds(figures.resolution.map(|spread| spread.ninth_decile)),
        rated.to_string(),
        stars.unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use protocol::civil::CivilDay;
    use protocol::{DayFigures, SiteId, Spread, TeamId};

    use super::*;

    #[test]
    fn rp6_a_clock_changes_when_it_does() {
        let at = |hours: i64| Timestamp(hours * HOUR_MS);
        // Summer time ends after 50 hours.
        let berlin = |now: Timestamp| if now < at(50) { 120 } else { 60 };
        let settings = clock(at(-2), at(100), berlin);
        let told: Vec<_> = settings.iter().map(|setting| (setting.since, setting.minutes)).collect();
        assert_eq!(told, [(at(-2), 120), (at(50), 60)]);
        assert_eq!(clock(at(0), at(24 * 365), |_| 330).len(), 1);
        let year = |now: Timestamp| if (at(2_000)..at(6_000)).contains(&now) { 60 } else { 0 };
        assert_eq!(clock(at(0), at(24 * 365), year).len(), 3);
        assert_eq!(clock(Timestamp(1_800_000), at(100), berlin).last().map(|last| last.since), Some(at(50)));
    }

    #[test]
    fn rp6_times_are_said_in_units_that_say_something() {
        let second = 1_000;
        assert_eq!(Took::of(0), Took::Seconds(0));
        assert_eq!(Took::of(59 * second + 1), Took::Minutes(1));
        assert_eq!(Took::of(90 * second), Took::Minutes(1));
        assert_eq!(Took::of(3_600 * second), Took::Hours(1, 0));
        assert_eq!(Took::of(7_500 * second), Took::Hours(2, 5));
        assert_eq!(Took::of(100_000 * second), Took::Days(1, 3));
    }

    #[test]
    fn rp6_averages_are_rounded_and_none_of_nothing() {
        assert_eq!(tenths_of_stars(&[0; 5]), None);
        assert_eq!(tenths_of_stars(&[0, 0, 0, 1, 1]), Some(45));
        assert_eq!(tenths_of_stars(&[1, 0, 0, 0, 2]), Some(37));
        assert_eq!([hundredths(1, 0), hundredths(1, 3), hundredths(3, 3)], [None, Some(33), Some(100)]);
        assert_eq!([share(0, 9), share(1, 1_000), share(9, 9), share(0, 0)], [0, 4, 100, 0]);
    }

    #[test]
    fn rp7_a_file_holds_every_part_and_no_formula() {
        let figures = Figures {
            conversations: 2,
            asked: 3,
            first_response: Some(Spread { median: 1_500, ninth_decile: 60_000 }),
            ratings: [0, 0, 0, 0, 1],
            ..Figures::default()
        };
        let report = Report {
            total: figures,
            unfollowed: 0,
            days: vec![DayFigures { day: CivilDay(20_780), figures }],
            hours: Vec::new(),
            sites: vec![ReportLine {
                subject: SiteId::from_bytes([1; 16]),
                name: "=cmd|\"x\", \n".to_owned(),
                figures,
            }],
            agents: Vec::new(),
            labels: Vec::new(),
            teams: vec![ReportLine {
                subject: TeamId::from_bytes([1; 16]),
                name: "@Support".to_owned(),
                figures,
            }],
        };
        let columns = ["of", "name", "c", "a", "b", "u", "r", "f", "g", "h", "i", "n", "s"];
        let headings = Headings { columns, of: ["all", "day", "site", "person", "team", "label"] };
        let numbers = "2,3,0,0,0,2,60,,,1,5.0";
        let expected = format!(
            "\u{feff}{}\r\nall,,{numbers}\r\nday,2026-11-23,{numbers}\r\nsite,\"'=cmd|\"\"x\"\", \n\",{numbers}\r\n\
             team,'@Support,{numbers}\r\n",
            columns.join(",")
        );
        assert_eq!(csv_file(&report, &headings), expected);
    }
}
