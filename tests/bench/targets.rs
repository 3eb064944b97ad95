//! What the project wants of itself, and whether it holds. A target that is missed is told and fails nothing.

use xtask::console;

use crate::cost::Observed;
use crate::figures::{Figure, Spread};
use crate::machine::Medium;
use crate::price::{Prices, number};
use crate::server::Measured;
use crate::subjects::Subject;
use crate::widget::{Figure as WidgetFigure, Results, Widget};

/// On which side of the bound a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtMost,
    AtLeast,
}

/// One target and what was measured.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// What it is about.
    pub(crate) what: &'static str,
    bound: Bound,
    /// The value that is wanted.
    pub(crate) wanted: f64,
    /// What was measured; `None` if it was not.
    pub(crate) measured: Option<Spread>,
}

impl Target {
    /// Whether it is met, by the median; `None` if it was not measured.
    pub(crate) fn is_met(&self) -> Option<bool> {
        let median = self.measured?.median;
        Some(match self.bound {
            Bound::AtMost => median <= self.wanted,
            Bound::AtLeast => median >= self.wanted,
        })
    }

    fn line(&self) -> Option<String> {
        let Spread { median, least, most } = self.measured?;
        let sign = match self.bound {
            Bound::AtMost => "≤",
            Bound::AtLeast => "≥",
        };
        let word = if self.is_met()? { console::green("met") } else { console::red("missed") };
        let range = if least < most { format!(" ({least:.2}–{most:.2})") } else { String::new() };
        let value = format!("{median:.2}{range}");
        Some(format!("  {:<58}{value:>22}  {sign} {:<5} {word}", self.what, self.wanted))
    }
}

/// All targets of a run.
#[derive(Debug, Clone)]
pub(crate) struct Targets(pub(crate) Vec<Target>);

impl Targets {
    /// Compares a measurement of servers with what is wanted.
    pub(crate) fn of(measured: &Measured) -> Self {
        let ratio =
            |figure, rival| measured.results.ratio(Medium::Memory, figure, Subject::Porchlight, rival);
        let bare = Subject::BareObject;
        let opening = measured.opening.and_then(|opening| Spread::of([opening.ratio()]));
        let mut targets = vec![
            at_most("CPU per message / bare object", 1.35, ratio(Figure::Processor, bare)),
            at_most("… the next aim", 1.20, ratio(Figure::Processor, bare)),
            at_least("messages a second / ejabberd", 2.3, ratio(Figure::Rate, Subject::Ejabberd)),
            at_least("messages a second / prosody", 3.7, ratio(Figure::Rate, Subject::Prosody)),
            at_most("visitor → agent → visitor, p50 / bare object", 1.25, ratio(Figure::RoundTrip, bare)),
            at_most("cold conversation, p50 / bare object", 1.2, ratio(Figure::Cold, bare)),
            at_most("wake from hibernation, p50 / bare object", 1.2, ratio(Figure::Wake, bare)),
            at_most("memory of a hibernated conversation / bare object", 1.1, ratio(Figure::Memory, bare)),
            at_most("opening 10,000 events, cold / 50 events", 1.5, opening),
        ];
        targets.extend(of_cost(measured.cost.as_ref()));
        Self(targets)
    }

    /// Compares what a widget adds to a page with what is wanted.
    pub(crate) fn of_widget(results: &Results) -> Self {
        let ours = |figure| results.spread(Widget::Porchlight, figure);
        Self(vec![
            at_most("bytes before the click, brotli", 3_500.0, ours(WidgetFigure::Bytes)),
            at_most("requests before the click", 2.0, ours(WidgetFigure::Requests)),
            at_most("ms in scripts before the click", 15.0, ours(WidgetFigure::Script)),
            at_most("ms of blocking before the click", 0.0, ours(WidgetFigure::Blocking)),
            at_most("layout shift before the click", 0.0, ours(WidgetFigure::Shift)),
            at_most("ms from click to composer, connection warm", 150.0, ours(WidgetFigure::ClickAfterRest)),
            at_most("… without a hover before", 150.0, ours(WidgetFigure::Click)),
            at_most("points of Lighthouse lost", 1.0, results.points_lost()),
        ])
    }

    /// Prints whether each is met that was measured.
    pub(crate) fn print(&self, heading: &str) {
        let lines: Vec<String> = self.0.iter().filter_map(Target::line).collect();
        if !lines.is_empty() {
            console::heading(heading);
        }
        lines.iter().for_each(console::say);
    }
}

/// Compares what was counted with what is wanted.
pub(crate) fn of_cost(observed: Option<&Observed>) -> Vec<Target> {
    let one = |value: Option<f64>| Spread::of(value);
    let in_one = observed.map(|observed| observed.per_message(|counts| counts.conversations.rows_billed()));
    let in_all = observed.map(|observed| observed.per_message(|counts| counts.rows_billed()));
    let prices = Prices::listed();
    let requests =
        observed.map(|observed| prices.all_requests(&observed.whole) / number(observed.conversations));
    let idle = observed.map(Observed::idle_seconds);
    vec![
        at_most("rows written per message, in the conversation's object", 1.1, one(in_one)),
        at_most("rows written per message, in all objects", 1.5, one(in_all)),
        at_most("object requests per conversation of 20 messages", 8.0, one(requests)),
        at_most("seconds billed of 13 idle ones with open sockets", 0.0, one(idle)),
    ]
}

const fn at_most(what: &'static str, wanted: f64, measured: Option<Spread>) -> Target {
    Target { what, bound: Bound::AtMost, wanted, measured }
}

const fn at_least(what: &'static str, wanted: f64, measured: Option<Spread>) -> Target {
    Target { what, bound: Bound::AtLeast, wanted, measured }
}
