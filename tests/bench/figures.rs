//! What is measured of a server, and what came out in several rounds.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::machine::Medium;
use crate::subjects::Subject;

/// The part of a processor beyond which the generator holds a server up.
const GENERATOR_LIMIT: f64 = 0.9;

/// A quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// Microseconds of processor for a message.
    Processor,
    /// The same for a message that is also marked as read.
    ProcessorRead,
    /// Messages a second on one processor.
    Rate,
    /// Microseconds from a visitor's question to the agent's answer; half of them take less.
    RoundTrip,
    /// The same; one in a hundred takes more.
    RoundTripTail,
    /// Microseconds until the first message of a conversation is stored, from before the connection.
    Cold,
    /// Microseconds until a message to a hibernated conversation is stored and with the agent.
    Wake,
    /// Bytes of an idle conversation with two sockets, hibernated where the engine does that.
    Memory,
    /// The part of a processor that the generator took, at most.
    Generator,
}

impl Figure {
    /// All of them, in the order of the table.
    pub(crate) const ALL: [Self; 9] = [
        Self::Processor,
        Self::ProcessorRead,
        Self::Rate,
        Self::RoundTrip,
        Self::RoundTripTail,
        Self::Cold,
        Self::Wake,
        Self::Memory,
        Self::Generator,
    ];

    /// What it is called in JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Processor => "cpu_us_per_message",
            Self::ProcessorRead => "cpu_us_per_message_read",
            Self::Rate => "messages_per_second",
            Self::RoundTrip => "round_trip_p50_us",
            Self::RoundTripTail => "round_trip_p99_us",
            Self::Cold => "cold_p50_us",
            Self::Wake => "wake_p50_us",
            Self::Memory => "idle_conversation_bytes",
            Self::Generator => "generator_cpu_share",
        }
    }

    /// What it is called in a table.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Processor => "CPU µs per message",
            Self::ProcessorRead => "… that is marked read",
            Self::Rate => "messages/s, one core",
            Self::RoundTrip => "there and back, p50 µs",
            Self::RoundTripTail => "… p99 µs",
            Self::Cold => "cold conversation, p50 µs",
            Self::Wake => "wake, p50 µs",
            Self::Memory => "kB per idle conversation",
            Self::Generator => "generator, part of a core",
        }
    }

    /// Whether it says something of the server, so that it can be compared.
    pub(crate) const fn is_of_the_server(self) -> bool {
        match self {
            Self::Processor
            | Self::ProcessorRead
            | Self::Rate
            | Self::RoundTrip
            | Self::RoundTripTail
            | Self::Cold
            | Self::Wake
            | Self::Memory => true,
            Self::Generator => false,
        }
    }

    /// A value as it stands in a table.
    pub(crate) fn shown(self, value: f64) -> String {
        match self {
            Self::Memory => format!("{:.0}", value / 1_000.0),
            Self::Generator => format!("{value:.2}"),
            Self::Processor
            | Self::ProcessorRead
            | Self::Rate
            | Self::RoundTrip
            | Self::RoundTripTail
            | Self::Cold
            | Self::Wake => format!("{value:.0}"),
        }
    }
}

/// Values of several rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    /// The one in the middle.
    pub(crate) median: f64,
    /// The least.
    pub(crate) least: f64,
    /// The most.
    pub(crate) most: f64,
}

impl Spread {
    /// Of at least one value.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let middle = values.len() / 2;
        let median = match values.get(middle.wrapping_sub(1)) {
            Some(before) if values.len().is_multiple_of(2) => f64::midpoint(*before, values[middle]),
            Some(_) | None => values[middle],
        };
        Some(Self { median, least, most })
    }
}

/// The value below which a part of the samples are, in microseconds.
pub(crate) fn quantile(samples: &[Duration], part: f64) -> f64 {
    let mut samples = samples.to_vec();
    samples.sort();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index"
    )]
    let index = (samples.len().saturating_sub(1) as f64 * part).round() as usize;
    samples.get(index).map_or(f64::NAN, |sample| sample.as_secs_f64() * 1e6)
}

/// What one server did in one round.
pub(crate) type Played = BTreeMap<Figure, f64>;

/// What all of them did in all rounds.
#[derive(Debug, Default)]
pub(crate) struct Results {
    rounds: BTreeMap<(Medium, Subject), Vec<Played>>,
    /// Servers that were left out, and why.
    pub(crate) left_out: BTreeMap<Subject, String>,
}

impl Results {
    /// Takes up a round.
    pub(crate) fn add(&mut self, medium: Medium, subject: Subject, played: Played) {
        self.rounds.entry((medium, subject)).or_default().push(played);
    }

    /// Leaves a server out, with what it has done so far.
    pub(crate) fn leave_out(&mut self, subject: Subject, reason: String) {
        self.rounds.retain(|(_, other), _| *other != subject);
        self.left_out.insert(subject, reason);
    }

    /// Servers with results on a medium, in order.
    pub(crate) fn subjects(&self, medium: Medium) -> Vec<Subject> {
        self.rounds.keys().filter(|(other, _)| *other == medium).map(|(_, subject)| *subject).collect()
    }

    /// Servers that were faster than the generator, whose messages a second are therefore too few.
    pub(crate) fn bound_by_the_generator(&self) -> Vec<(Medium, Subject)> {
        let is_bound = |(medium, subject): &(Medium, Subject)| {
            let part = self.spread(*medium, *subject, Figure::Generator);
            part.is_some_and(|part| part.median > GENERATOR_LIMIT)
        };
        self.rounds.keys().copied().filter(is_bound).collect()
    }

    /// The values of one figure.
    pub(crate) fn spread(&self, medium: Medium, subject: Subject, figure: Figure) -> Option<Spread> {
        let rounds = self.rounds.get(&(medium, subject))?;
        Spread::of(rounds.iter().filter_map(|played| played.get(&figure).copied()))
    }

    /// One server's figure divided by another's, round by round: rounds differ more than servers within one do.
    pub(crate) fn ratio(
        &self,
        medium: Medium,
        figure: Figure,
        subject: Subject,
        rival: Subject,
    ) -> Option<Spread> {
        let (ours, theirs) = (self.rounds.get(&(medium, subject))?, self.rounds.get(&(medium, rival))?);
        let pairs = ours.iter().zip(theirs);
        Spread::of(pairs.filter_map(|(ours, theirs)| Some(ours.get(&figure)? / theirs.get(&figure)?)))
    }
}
