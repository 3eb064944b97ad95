//! The page: what is asked, and everything that is answered.

use leptos::prelude::*;
use protocol::{AgentId, Figures, Label, Report, ReportLine, ReportQuery, SiteId, Spread, TeamId, Timestamp};

use super::super::settings::Guarded;
use super::chart::{ByDay, ByHour};
use super::tables::Lines;
use crate::api::workspace as api;
use crate::browser::clock::now;
use crate::browser::intl;
use crate::components::{Awaited, Empty, PageHead, Panel, Select, Shape};
use crate::model::data_file;
use crate::model::page::Section;
use crate::model::report::{Span, Took, clock, csv_file, hundredths, tenths_of_stars};
use crate::state::form::Form;
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{report as said, team};

/// The page.
#[component]
pub(crate) fn ReportsPage() -> impl IntoView {
    view! { <Guarded section=Section::Reports><Asked /></Guarded> }
}

/// What can be chosen: the value, and what it says.
type Options = Vec<(String, String)>;

/// What narrows the report down. Each is empty for all.
#[derive(Clone, Copy)]
struct Wanted {
    span: RwSignal<String>,
    site: RwSignal<String>,
    agent: RwSignal<String>,
    team: RwSignal<String>,
    label: RwSignal<String>,
}

impl Wanted {
    fn new() -> Self {
        let all = || RwSignal::new(String::new());
        let span = RwSignal::new(Span::Month.days().to_string());
        Self { span, site: all(), agent: all(), team: all(), label: all() }
    }

    /// What to ask, tracked. `now` lies on the last day.
    fn query(self, now: Timestamp) -> ReportQuery {
        let days = self.span.with(|days| days.parse::<u32>().unwrap_or(Span::Month.days()));
        let since = intl::midnight(now, days.saturating_sub(1));
        let until = Timestamp(now.0 + 1);
        ReportQuery {
            since,
            until,
            site: self.site.with(|id| id.parse().ok()),
            agent: self.agent.with(|id| id.parse().ok()),
            label: self.label.with(|label| Label::parse(label).ok()),
            clock: clock(since, until, intl::minutes_ahead),
            team: self.team.with(|id| id.parse().ok()),
        }
    }
}

#[component]
fn Asked() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let wanted = Wanted::new();
    let report = Loaded::<Report>::new();
    let newest = StoredValue::new(0_u32);
    let ask = move || {
        let query = wanted.query(now());
        let number = newest.with_value(|number| number.wrapping_add(1));
        newest.set_value(number);
        report.ask(async move {
            let answer = api::report(workspace.id, &query).await;
            // Whoever has chosen something else meanwhile waits for that.
            if newest.try_get_value() == Some(number) { answer } else { std::future::pending().await }
        });
    };
    Effect::new(move || {
        ask();
    });
    let again = Callback::new(move |()| ask());
    let save = move || {
        report.value().map(|report| {
            let address = data_file::address("text/csv", &csv_file(&report, &said::HEADINGS));
            view! { <a class="button" href=address download=said::FILE rel="external">{said::SAVE}</a> }
        })
    };
    view! {
        <PageHead title=team::section(Section::Reports) lead=said::LEAD>{save}</PageHead>
        <Narrow wanted report />
        <Awaited value=report on_retry=again><Answered report /></Awaited>
    }
}

/// What can be chosen. Who and what there is comes from the reports that are not narrowed down by it.
#[component]
fn Narrow(wanted: Wanted, report: Loaded<Report>) -> impl IntoView {
    let form = Form::new();
    let spans: Options =
        Span::EVERY.iter().map(|span| (span.days().to_string(), said::span(*span).to_owned())).collect();
    let none = || RwSignal::new(Options::new());
    let (sites, agents, teams, labels) = (none(), none(), none(), none());
    Effect::new(move || {
        let Some(report) = report.value() else { return };
        let all = |chosen: RwSignal<String>| chosen.with_untracked(String::is_empty);
        if all(wanted.site) {
            sites.set(options(said::ALL_SITES, &report.sites, SiteId::to_string));
        }
        if all(wanted.agent) {
            agents.set(options(said::EVERYBODY, &report.agents, AgentId::to_string));
        }
        if all(wanted.team) {
            teams.set(options(said::ALL_TEAMS, &report.teams, TeamId::to_string));
        }
        if all(wanted.label) {
            labels.set(options(said::ALL_LABELS, &report.labels, |label| label.as_str().to_owned()));
        }
    });
    view! {
        <div class="report__narrow">
            <Select form id="report-span" label=said::SPAN options=Signal::stored(spans) value=wanted.span />
            <Select form id="report-site" label=said::SITE options=sites value=wanted.site />
            <Select form id="report-agent" label=said::AGENT options=agents value=wanted.agent />
            <Select form id="report-team" label=said::TEAM options=teams value=wanted.team />
            <Select form id="report-label" label=said::LABEL options=labels value=wanted.label />
        </div>
    }
}

fn options<Subject>(all: &str, lines: &[ReportLine<Subject>], value: impl Fn(&Subject) -> String) -> Options {
    let named = lines.iter().filter(|line| !line.name.is_empty());
    let mut options: Options = named.map(|line| (value(&line.subject), line.name.clone())).collect();
    options.sort_by_key(|(_, name)| name.to_lowercase());
    options.insert(0, (String::new(), all.to_owned()));
    options
}

#[component]
fn Answered(report: Loaded<Report>) -> impl IntoView {
    move || {
        let Some(report) = report.value() else { return ().into_any() };
        let Report { total, unfollowed, days, hours, sites, agents, labels, teams } = report;
        let ends = days
            .first()
            .zip(days.last())
            .map(|(first, last)| (intl::civil(first.day), intl::civil(last.day)));
        let told = ends.map(|(since, until)| said::told(total.conversations, &since, &until));
        if total.conversations == 0 {
            return view! {
                <p class="visually-hidden" role="status">{told}</p>
                <Empty shape=Shape::Chart title=said::EMPTY.to_owned() lead=said::EMPTY_LEAD.to_owned() />
                <Definitions />
            }
            .into_any();
        }
        view! {
            <p class="report__told" role="status">{told}</p>
            {(unfollowed > 0).then(|| view! { <p class="report__told">{said::unfollowed(unfollowed)}</p> })}
            <Glance figures=total />
            <Panel id="report-days" title=said::DAYS><ByDay days /></Panel>
            <Panel id="report-hours" title=said::HOURS lead=said::HOURS_LEAD><ByHour hours /></Panel>
            <Lines id="report-agents" title=said::AGENTS gone=said::GONE_AGENT lines=agents />
            <Lines id="report-teams" title=said::TEAMS gone="" lines=teams />
            <Lines id="report-sites" title=said::SITES gone=said::GONE_SITE lines=sites />
            <Lines id="report-labels" title=said::LABELS gone="" lines=labels />
            <Definitions />
        }
        .into_any()
    }
}

/// The figures of all.
#[component]
fn Glance(figures: Figures) -> impl IntoView {
    let rated: u32 = figures.ratings.iter().sum();
    let nine = |spread: Option<Spread>| {
        spread.map(|spread| said::nine_of_ten(&said::took(Took::of(spread.ninth_decile))))
    };
    let of_all = |part| hundredths(part, figures.conversations).map(said::of_all);
    let tiles = [
        (
            said::CONVERSATIONS,
            figures.conversations.to_string(),
            Some(said::by_whom(figures.asked, figures.answered)),
        ),
        (said::FIRST_RESPONSE, median(figures.first_response), nine(figures.first_response)),
        (said::RESOLUTION, median(figures.resolution), nine(figures.resolution)),
        (said::RESOLVED, figures.resolved.to_string(), of_all(figures.resolved)),
        (said::UNANSWERED, figures.unanswered.to_string(), of_all(figures.unanswered)),
        (said::RATING, rating(&figures), (rated > 0).then(|| said::of_ratings(rated))),
    ];
    let tile = |(name, value, more): (&'static str, String, Option<String>)| {
        view! {
            <div class="tile">
                <dt class="tile__name">{name}</dt>
                <dd class="tile__value">{value}</dd>
                {more.map(|more| view! { <dd class="tile__more">{more}</dd> })}
            </div>
        }
    };
    view! {
        <section aria-label=said::FIGURES>
            <dl class="tiles">{tiles.into_iter().map(tile).collect_view()}</dl>
        </section>
    }
}

/// In what time half were done.
pub(super) fn median(spread: Option<Spread>) -> String {
    spread.map_or_else(|| said::NOTHING.to_owned(), |spread| said::took(Took::of(spread.median)))
}

/// The stars on the average.
pub(super) fn rating(figures: &Figures) -> String {
    tenths_of_stars(&figures.ratings).map_or_else(|| said::NOTHING.to_owned(), said::stars)
}

#[component]
fn Definitions() -> impl IntoView {
    let line = |(name, text): (&'static str, &'static str)| view! { <dt>{name}</dt> <dd>{text}</dd> };
    view! {
        <details class="counted">
            <summary>{said::COUNTED}</summary>
            <dl>{said::DEFINITIONS.map(line).collect_view()}</dl>
        </details>
    }
}
