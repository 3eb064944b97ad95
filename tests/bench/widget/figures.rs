//! What is measured of a page, and what came out in several rounds.

use std::collections::BTreeMap;

use super::Widget;
use crate::figures::Spread;

/// A quantity. All but the last three are what a page has more than the same one without a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// Bytes until the page is quiet, each body compressed with brotli.
    Bytes,
    /// Requests, those that fail among them.
    Requests,
    /// Milliseconds in scripts.
    Script,
    /// Milliseconds of the main thread.
    Thread,
    /// Milliseconds by which tasks are longer than 50.
    Blocking,
    /// The layout shift of the page.
    Shift,
    /// Milliseconds from a click to the composer's focus, where the hand has rested on the button.
    ClickAfterRest,
    /// The same, where the hand comes and clicks at once.
    Click,
    /// Points of Lighthouse for the page's performance.
    Lighthouse,
}

impl Figure {
    /// All of them, in the order of the table.
    pub(crate) const ALL: [Self; 9] = [
        Self::Bytes,
        Self::Requests,
        Self::Script,
        Self::Thread,
        Self::Blocking,
        Self::Shift,
        Self::ClickAfterRest,
        Self::Click,
        Self::Lighthouse,
    ];

    /// What it is called in JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "brotli_bytes",
            Self::Requests => "requests",
            Self::Script => "script_ms",
            Self::Thread => "main_thread_ms",
            Self::Blocking => "blocking_ms",
            Self::Shift => "layout_shift",
            Self::ClickAfterRest => "click_to_composer_after_rest_ms",
            Self::Click => "click_to_composer_ms",
            Self::Lighthouse => "lighthouse_performance",
        }
    }

    /// What it is called in a table.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Bytes => "bytes, brotli",
            Self::Requests => "requests",
            Self::Script => "script, ms",
            Self::Thread => "main thread, ms",
            Self::Blocking => "blocking time, ms",
            Self::Shift => "layout shift",
            Self::ClickAfterRest => "click to composer, ms",
            Self::Click => "… without a hover before",
            Self::Lighthouse => "Lighthouse, points",
        }
    }

    /// Whether it counts from what the page has without a chat.
    pub(crate) const fn is_added(self) -> bool {
        match self {
            Self::Bytes | Self::Requests | Self::Script | Self::Thread | Self::Blocking | Self::Shift => true,
            Self::ClickAfterRest | Self::Click | Self::Lighthouse => false,
        }
    }

    /// A value as it stands in a table.
    pub(crate) fn shown(self, value: f64) -> String {
        match self {
            Self::Shift => format!("{value:.3}"),
            Self::Bytes
            | Self::Requests
            | Self::Script
            | Self::Thread
            | Self::Blocking
            | Self::ClickAfterRest
            | Self::Click
            | Self::Lighthouse => format!("{value:.0}"),
        }
    }
}

/// What was seen in one round.
pub(crate) type Seen = BTreeMap<Figure, f64>;

/// What was seen in all of them.
#[derive(Debug, Default)]
pub(crate) struct Results {
    rounds: BTreeMap<Widget, BTreeMap<Figure, Vec<f64>>>,
    /// What was left out, and why.
    pub(crate) left_out: BTreeMap<&'static str, String>,
}

impl Results {
    /// Takes up what was seen in a round.
    pub(crate) fn add(&mut self, widget: Widget, seen: Seen) {
        let figures = self.rounds.entry(widget).or_default();
        for (figure, value) in seen {
            figures.entry(figure).or_default().push(value);
        }
    }

    /// Leaves something out, with what was seen of it so far.
    pub(crate) fn leave_out(&mut self, name: &'static str, reason: String) {
        self.rounds.retain(|widget, _| widget.name() != name);
        self.left_out.insert(name, reason);
    }

    /// Widgets of which something was seen, in order.
    pub(crate) fn widgets(&self) -> Vec<Widget> {
        self.rounds.keys().copied().filter(|widget| *widget != Widget::None).collect()
    }

    /// A figure of a page as it is.
    pub(crate) fn whole(&self, widget: Widget, figure: Figure) -> Option<Spread> {
        Spread::of(self.values(widget, figure)?.iter().copied())
    }

    /// A figure of a widget: what it adds to the page, round by round.
    pub(crate) fn spread(&self, widget: Widget, figure: Figure) -> Option<Spread> {
        if !figure.is_added() {
            return self.whole(widget, figure);
        }
        let pairs = self.values(widget, figure)?.iter().zip(self.values(Widget::None, figure)?);
        Spread::of(pairs.map(|(with, without)| with - without))
    }

    /// A rival's figure divided by ours, by the medians; none where ours is nothing.
    pub(crate) fn ratio(&self, rival: Widget, figure: Figure) -> Option<f64> {
        let ours = self.spread(Widget::Porchlight, figure)?.median;
        (ours > 0.0).then_some(self.spread(rival, figure)?.median / ours)
    }

    /// By how many points Lighthouse judges the page lower with ours in it, round by round.
    pub(crate) fn points_lost(&self) -> Option<Spread> {
        let figure = Figure::Lighthouse;
        let pairs = self.values(Widget::None, figure)?.iter().zip(self.values(Widget::Porchlight, figure)?);
        Spread::of(pairs.map(|(without, with)| without - with))
    }

    fn values(&self, widget: Widget, figure: Figure) -> Option<&Vec<f64>> {
        self.rounds.get(&widget)?.get(&figure)
    }
}
