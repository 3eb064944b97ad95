//! Reports: what is counted of the conversations that began in some time.
//!
//! All figures are of the same conversations, those that began in the time that is asked for: an answer that came later
//! counts for the day on which its conversation began. So a day that is over only changes by what happens to its conversations.

use std::collections::BTreeMap;

use protocol::civil::CivilDay;
use protocol::report::REPORT_LABELS;
use protocol::{
    AgentId, DayFigures, Figures, Label, Placement, Report, ReportLine, ReportQuery, SiteId, Spread, TeamId,
    Timestamp,
};

use super::metrics::Metrics;

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 1_440;
/// Hours of a week.
const HOURS: usize = 168;

/// A conversation, as far as reports look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// On which site it is.
    pub site: SiteId,
    /// Where it lies with the team.
    pub placement: Placement,
    /// When it began.
    pub began_at: Timestamp,
    /// How it went; `None` if it began before that was followed.
    pub metrics: Option<Metrics>,
}

/// A report that is being made.
#[derive(Debug)]
pub struct Reporting<'a> {
    query: &'a ReportQuery,
    total: Counting,
    unfollowed: u32,
    days: BTreeMap<CivilDay, Counting>,
    hours: [u32; HOURS],
    sites: BTreeMap<SiteId, Counting>,
    agents: BTreeMap<AgentId, Counting>,
    labels: BTreeMap<Label, Counting>,
    teams: BTreeMap<TeamId, Counting>,
}

impl<'a> Reporting<'a> {
    /// Begins a report; `query` is checked.
    #[must_use]
    pub fn of(query: &'a ReportQuery) -> Self {
        let (first, _) = on_the_wall(query, query.since);
        let (last, _) = on_the_wall(query, Timestamp(query.until.0.saturating_sub(1)));
        let days = (first.0..=last.0).map(|day| (CivilDay(day), Counting::default())).collect();
        Self {
            query,
            total: Counting::default(),
            unfollowed: 0,
            days,
            hours: [0; HOURS],
            sites: BTreeMap::new(),
            agents: BTreeMap::new(),
            labels: BTreeMap::new(),
            teams: BTreeMap::new(),
        }
    }

    /// Counts a conversation, if it is asked for.
    pub fn count(&mut self, measured: &Measured) {
        if !self.is_asked_for(measured) {
            return;
        }
        let began_at = measured.began_at;
        let (day, hour) = on_the_wall(self.query, began_at);
        if let Some(count) = self.hours.get_mut(hour) {
            *count = count.saturating_add(1);
        }
        let metrics = measured.metrics.as_ref();
        self.unfollowed = self.unfollowed.saturating_add(u32::from(metrics.is_none()));
        let (days, sites) = (&mut self.days, &mut self.sites);
        for counting in
            [&mut self.total, days.entry(day).or_default(), sites.entry(measured.site).or_default()]
        {
            counting.count(began_at, metrics, None);
        }
        for label in &measured.placement.labels {
            self.labels.entry(label.clone()).or_default().count(began_at, metrics, None);
        }
        if let Some(team) = measured.placement.team {
            self.teams.entry(team).or_default().count(began_at, metrics, None);
        }
        for (agent, _) in metrics.into_iter().flat_map(|metrics| &metrics.answers) {
            self.agents.entry(*agent).or_default().count(began_at, metrics, Some(*agent));
        }
    }

    /// Ends it. `site`, `agent` and `team` tell what those are called that somebody knows.
    #[must_use]
    pub fn report(
        self,
        site: impl Fn(SiteId) -> String,
        agent: impl Fn(AgentId) -> String,
        team: impl Fn(TeamId) -> String,
    ) -> Report {
        let day = |(day, counting): (CivilDay, Counting)| DayFigures { day, figures: counting.figures() };
        let mut labels = lines(self.labels, |label| label.as_str().to_owned());
        labels.truncate(REPORT_LABELS);
        Report {
            total: self.total.figures(),
            unfollowed: self.unfollowed,
            days: self.days.into_iter().map(day).collect(),
            hours: self.hours.to_vec(),
            sites: lines(self.sites, |id| site(*id)),
            agents: lines(self.agents, |id| agent(*id)),
            labels,
            teams: lines(self.teams, |id| team(*id)),
        }
    }

    fn is_asked_for(&self, measured: &Measured) -> bool {
        let ReportQuery { since, until, site, agent, label, team, .. } = self.query;
        let has_answered = |agent: &AgentId| {
            measured.metrics.as_ref().is_some_and(|metrics| metrics.answered_by(*agent) > 0)
        };
        (*since..*until).contains(&measured.began_at)
            && site.is_none_or(|site| site == measured.site)
            && agent.as_ref().is_none_or(has_answered)
            && label.as_ref().is_none_or(|label| measured.placement.labels.contains(label))
            && team.is_none_or(|team| measured.placement.team == Some(team))
    }
}

/// Figures on their way, with all that a median takes.
#[derive(Debug, Default)]
struct Counting {
    figures: Figures,
    first_responses: Vec<u64>,
    resolutions: Vec<u64>,
}

impl Counting {
    /// Counts a conversation; for one agent only what they did, if one is named.
    fn count(&mut self, began_at: Timestamp, metrics: Option<&Metrics>, of: Option<AgentId>) {
        let figures = &mut self.figures;
        let add = |sum: &mut u32, more: u32| *sum = sum.saturating_add(more);
        add(&mut figures.conversations, 1);
        let Some(metrics) = metrics else { return };
        add(&mut figures.asked, metrics.asked);
        add(&mut figures.answered, of.map_or_else(|| metrics.answered(), |agent| metrics.answered_by(agent)));
        add(&mut figures.unanswered, u32::from(metrics.is_waiting));
        if let (Some(asked_at), Some((answered_at, agent))) = (metrics.asked_at, metrics.answered_at)
            && of.is_none_or(|of| of == agent)
        {
            self.first_responses.push(answered_at.since(asked_at));
        }
        if let Some(resolved_at) = metrics.resolved_at {
            add(&mut figures.resolved, 1);
            self.resolutions.push(resolved_at.since(began_at));
        }
        let stars = metrics.stars.and_then(|stars| usize::from(stars).checked_sub(1));
        if let Some(rated) = stars.and_then(|place| figures.ratings.get_mut(place)) {
            add(rated, 1);
        }
    }

    fn figures(self) -> Figures {
        Figures {
            first_response: spread(self.first_responses),
            resolution: spread(self.resolutions),
            ..self.figures
        }
    }
}

/// By the method of the nearest rank: the least of them within which so many are.
fn spread(mut times: Vec<u64>) -> Option<Spread> {
    times.sort_unstable();
    let least = |of_ten: usize| {
        let rank = times.len().saturating_mul(of_ten).div_ceil(10);
        times.get(rank.checked_sub(1)?).copied()
    };
    Some(Spread { median: least(5)?, ninth_decile: least(9)? })
}

fn lines<Subject>(
    countings: BTreeMap<Subject, Counting>,
    name: impl Fn(&Subject) -> String,
) -> Vec<ReportLine<Subject>> {
    let line = |(subject, counting): (Subject, Counting)| ReportLine {
        name: name(&subject),
        subject,
        figures: counting.figures(),
    };
    let mut lines: Vec<_> = countings.into_iter().map(line).collect();
    lines.sort_by_key(|line| core::cmp::Reverse(line.figures.conversations));
    lines
}

/// The day on which something happens, and the hour of the week, by the clock of who asks.
fn on_the_wall(query: &ReportQuery, at: Timestamp) -> (CivilDay, usize) {
    let setting =
        query.clock.iter().rev().find(|setting| setting.since <= at).or_else(|| query.clock.first());
    let ahead = setting.map_or(0, |setting| i64::from(setting.minutes));
    let minutes = at.0.div_euclid(MINUTE_MS).saturating_add(ahead);
    let day = CivilDay(i32::try_from(minutes.div_euclid(DAY_MINUTES)).unwrap_or_default());
    let hour = usize::try_from(minutes.rem_euclid(DAY_MINUTES) / 60).unwrap_or_default();
    (day, (day.weekday() as usize).saturating_mul(24).saturating_add(hour))
}

#[cfg(test)]
mod tests {
    use protocol::ClockSetting;

    use super::*;

    const SHOP: SiteId = SiteId::from_bytes([1; 16]);
    const BLOG: SiteId = SiteId::from_bytes([2; 16]);
    const ANNA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);
    const SUPPORT: TeamId = TeamId::from_bytes([1; 16]);
    const SALES: TeamId = TeamId::from_bytes([2; 16]);
    const HOUR: i64 = 3_600_000;
    /// Monday, 23 November 2026, midnight in UTC.
    const MONDAY: i64 = 1_795_392_000_000;

    fn query(days: i64) -> ReportQuery {
        ReportQuery {
            since: Timestamp(MONDAY),
            until: Timestamp(MONDAY + days * 24 * HOUR),
            site: None,
            agent: None,
            label: None,
            clock: Vec::new(),
            team: None,
        }
    }

    /// Begun so many hours after Monday's midnight, asked then, and answered after so many milliseconds.
    fn talk(hours: i64, answered: Option<(i64, AgentId)>) -> Measured {
        let began_at = Timestamp(MONDAY + hours * HOUR);
        let answer = answered.map(|(after, agent)| (Timestamp(began_at.0 + after), agent));
        let metrics = Metrics {
            asked_at: Some(began_at),
            answered_at: answer,
            is_waiting: answer.is_none(),
            asked: 1,
            answers: answer.into_iter().map(|(_, agent)| (agent, 1)).collect(),
            ..Metrics::default()
        };
        Measured { site: SHOP, placement: Placement::default(), began_at, metrics: Some(metrics) }
    }

    fn report(query: &ReportQuery, all: &[Measured]) -> Report {
        let mut reporting = Reporting::of(query);
        for measured in all {
            reporting.count(measured);
        }
        reporting.report(
            |site| if site == SHOP { "Shop".to_owned() } else { String::new() },
            |_| String::new(),
            |team| if team == SUPPORT { "Support".to_owned() } else { String::new() },
        )
    }

    #[test]
    fn rp3_what_began_in_the_time_is_counted_and_nothing_else() {
        let all = [talk(-1, None), talk(0, None), talk(23, Some((1_000, ANNA))), talk(24, None)];
        let found = report(&query(1), &all);
        assert_eq!((found.total.conversations, found.total.unanswered, found.total.answered), (2, 1, 1));
        assert_eq!(found.days.len(), 1);
        assert_eq!(found.days[0].day.to_string(), "2026-11-23");
        let week = report(&query(7), &all);
        let by_day: Vec<_> = week.days.iter().map(|day| day.figures.conversations).collect();
        assert_eq!(by_day, [2, 1, 0, 0, 0, 0, 0], "days on which nothing began are there");
    }

    #[test]
    fn rp3_half_were_done_in_the_median_and_nine_of_ten_in_the_other() {
        let all: Vec<_> = (1..=10).map(|seconds| talk(0, Some((seconds * 1_000, ANNA)))).collect();
        let spread = |of: usize| report(&query(1), &all[..of]).total.first_response;
        assert_eq!(spread(0), None);
        assert_eq!(spread(1), Some(Spread { median: 1_000, ninth_decile: 1_000 }));
        assert_eq!(spread(3), Some(Spread { median: 2_000, ninth_decile: 3_000 }));
        assert_eq!(spread(10), Some(Spread { median: 5_000, ninth_decile: 9_000 }));
    }

    #[test]
    fn rp4_an_agent_has_what_they_did() {
        let mut both = talk(1, Some((2_000, ANNA)));
        let metrics = both.metrics.as_mut().expect("followed");
        metrics.answers.push((BEN, 4));
        metrics.stars = Some(5);
        metrics.resolved_at = Some(Timestamp(both.began_at.0 + 9_000));
        let all = [both, talk(2, Some((6_000, BEN)))];
        let found = report(&query(1), &all);
        let of =
            |agent: AgentId| found.agents.iter().find(|line| line.subject == agent).expect("there").figures;
        assert_eq!((of(ANNA).conversations, of(ANNA).answered), (1, 1));
        assert_eq!((of(BEN).conversations, of(BEN).answered), (2, 5));
        assert_eq!(found.agents[0].subject, BEN, "those with the most first");
        assert_eq!(
            of(BEN).first_response.map(|spread| spread.median),
            Some(6_000),
            "where theirs was the first"
        );
        assert_eq!(of(ANNA).first_response.map(|spread| spread.median), Some(2_000));
        assert_eq!((of(BEN).ratings, of(ANNA).ratings), ([0, 0, 0, 0, 1], [0, 0, 0, 0, 1]));
        assert_eq!(of(ANNA).resolution.map(|spread| spread.median), Some(9_000));
        let anna = ReportQuery { agent: Some(ANNA), ..query(1) };
        assert_eq!(report(&anna, &all).total.conversations, 1);
    }

    #[test]
    fn rp4_sites_and_labels_are_told_apart() {
        let label = |text: &str| Label::parse(text).expect("a label");
        let mut late = talk(1, None);
        late.placement.labels = vec![label("Late order"), label("VIP")];
        let mut elsewhere = talk(2, None);
        elsewhere.site = BLOG;
        elsewhere.placement.labels = vec![label("VIP")];
        let all = [late, elsewhere, talk(3, None)];
        let found = report(&query(1), &all);
        let names = |found: &Report| {
            let sites = found.sites.iter().map(|line| (line.name.clone(), line.figures.conversations));
            sites.collect::<Vec<_>>()
        };
        assert_eq!(names(&found), [("Shop".to_owned(), 2), (String::new(), 1)]);
        let labels: Vec<_> =
            found.labels.iter().map(|line| (line.name.as_str(), line.figures.conversations)).collect();
        assert_eq!(labels, [("VIP", 2), ("Late order", 1)]);
        let vip = ReportQuery { label: Some(label("VIP")), site: Some(BLOG), ..query(1) };
        assert_eq!(report(&vip, &all).total.conversations, 1);
    }

    #[test]
    fn rp9_a_team_has_the_conversations_that_lie_with_it() {
        let with = |team: Option<TeamId>, mut measured: Measured| {
            measured.placement.team = team;
            measured
        };
        let mut rated = with(Some(SUPPORT), talk(1, Some((2_000, ANNA))));
        let metrics = rated.metrics.as_mut().expect("followed");
        metrics.answers.push((BEN, 2));
        metrics.stars = Some(4);
        metrics.resolved_at = Some(Timestamp(rated.began_at.0 + 9_000));
        let all = [
            rated,
            with(Some(SALES), talk(2, Some((4_000, ANNA)))),
            with(Some(SUPPORT), talk(3, Some((6_000, BEN)))),
            with(None, talk(4, None)),
        ];
        let found = report(&query(1), &all);
        assert_eq!(found.total.conversations, 4, "those that lie with no team are in the total");
        let lines: Vec<_> = found.teams.iter().map(|line| (line.subject, line.name.as_str())).collect();
        assert_eq!(
            lines,
            [(SUPPORT, "Support"), (SALES, "")],
            "those with the most first, and none for none"
        );
        let figures = found.teams[0].figures;
        assert_eq!((figures.conversations, figures.answered, figures.resolved), (2, 4, 1));
        assert_eq!(figures.first_response, Some(Spread { median: 2_000, ninth_decile: 6_000 }));
        assert_eq!(figures.resolution, Some(Spread { median: 9_000, ninth_decile: 9_000 }));
        assert_eq!(figures.ratings, [0, 0, 0, 1, 0]);
        let narrowed = report(&ReportQuery { team: Some(SUPPORT), ..query(1) }, &all);
        assert_eq!(narrowed.total, figures, "narrowed to it, the whole report says the same");
        assert_eq!(narrowed.teams.len(), 1);
        let both = ReportQuery { team: Some(SUPPORT), agent: Some(BEN), site: Some(BLOG), ..query(1) };
        assert_eq!(report(&both, &all).total.conversations, 0);
    }

    #[test]
    fn rp3_days_and_hours_are_those_of_the_clock_of_who_asks() {
        let all = [talk(23, None)];
        let hour_of = |clock: &[(i64, i16)]| {
            let setting = |(hours, minutes): &(i64, i16)| ClockSetting {
                since: Timestamp(MONDAY + hours * HOUR),
                minutes: *minutes,
            };
            let asked = ReportQuery { clock: clock.iter().map(setting).collect(), ..query(2) };
            let found = report(&asked, &all);
            let day = found.days.iter().find(|day| day.figures.conversations == 1).expect("counted").day;
            (day.to_string(), found.hours.iter().position(|count| *count == 1).expect("counted"))
        };
        assert_eq!(hour_of(&[]), ("2026-11-23".to_owned(), 23));
        assert_eq!(hour_of(&[(0, 60)]), ("2026-11-24".to_owned(), 24));
        assert_eq!(hour_of(&[(0, 330)]), ("2026-11-24".to_owned(), 28), "zones with half hours");
        assert_eq!(hour_of(&[(0, -660)]), ("2026-11-23".to_owned(), 12));
        assert_eq!(
            hour_of(&[(0, 120), (20, 60)]),
            ("2026-11-24".to_owned(), 24),
            "after summer time has ended"
        );
        assert_eq!(hour_of(&[(30, 60)]), ("2026-11-24".to_owned(), 24), "before its first entry as after it");
    }

    #[test]
    fn rp5_what_began_before_it_was_followed_counts_as_a_conversation_only() {
        let old = Measured { metrics: None, ..talk(0, Some((1_000, ANNA))) };
        let found = report(&query(1), &[old]);
        assert_eq!(found.unfollowed, 1);
        assert_eq!(found.total, Figures { conversations: 1, ..Figures::default() });
        assert!(found.agents.is_empty());
    }
}
