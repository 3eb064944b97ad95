//! `cargo xtask bench server`: every server in every round, one after the other on the same processor.

use std::path::Path;

use xtask::console;

use crate::cost::{self, Observed, Pace};
use crate::figures::Results;
use crate::machine::{Medium, can_pin};
use crate::opening::{self, Opening};
use crate::round::{Plan, play};
use crate::subjects::Subject;
use crate::targets::Targets;
use crate::{report, table};

/// Events of the long conversation that is opened cold.
const LONG: usize = 10_000;

/// Conversations whose rows and requests are counted.
const COUNTED: usize = 10;

/// What can be measured besides the servers.
pub(crate) const OTHER_PARTS: [&str; 2] = [OPENING, COST];

const OPENING: &str = "opening";
const COST: &str = "cost";

/// What to measure.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// Rounds.
    pub(crate) rounds: u32,
    /// Conversations that are open in each.
    pub(crate) conversations: usize,
    /// Where the data is.
    pub(crate) media: Vec<Medium>,
    /// Parts to measure, by the names of servers and of [`OTHER_PARTS`]; empty for all.
    pub(crate) only: Vec<String>,
    /// The first port; each server takes one of its own.
    pub(crate) port: u16,
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == name)
    }
}

/// What came out.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) results: Results,
    pub(crate) opening: Option<Opening>,
    pub(crate) cost: Option<Observed>,
}

/// Measures, prints and writes `server.json` into a directory of the target folder.
pub(crate) fn run(target: &Path, options: &Options) {
    if !can_pin() {
        console::say("processes cannot be pinned here: servers and load share all processors");
    }
    let measured = measure(target, options);
    table::print(&measured.results, &options.media);
    measured.opening.as_ref().inspect(|opening| table::print_opening(opening));
    measured.cost.as_ref().inspect(|observed| table::print_cost(observed));
    Targets::of(&measured).print("Targets, on tmpfs");
    report::write(&target.join("bench/server.json"), &report::of_server(&measured, options));
}

/// Measures everything that was asked for.
pub(crate) fn measure(target: &Path, options: &Options) -> Measured {
    let mut measured = Measured::default();
    for round in 1..=options.rounds {
        for (medium, place) in options.media.iter().map(|medium| (*medium, medium.directory(target))) {
            let Some(place) = place else {
                console::say(format!("there is no {} here", medium.name()));
                continue;
            };
            for subject in Subject::ALL.into_iter().filter(|subject| options.wants(subject.name())) {
                play_round(&mut measured.results, round, subject, medium, &place, options);
            }
        }
    }
    let place = Medium::Memory.directory(target).or_else(|| Medium::Disk.directory(target));
    let place = place.expect("a place for the data");
    if options.wants(OPENING) {
        console::say(format!("opening conversations of {LONG} events"));
        measured.opening = Some(opening::measure(options.port, &place.join("opening"), LONG));
    }
    if options.wants(COST) {
        console::say("counting rows and requests");
        let counting = cost::Options { pace: Pace::Brisk, conversations: COUNTED, port: options.port };
        measured.cost = Some(cost::observe(&place.join("cost"), &counting));
    }
    for place in [Medium::Memory, Medium::Disk].iter().filter_map(|medium| medium.directory(target)) {
        // What is left harms nobody.
        let _ = std::fs::remove_dir_all(place);
    }
    measured
}

fn play_round(
    results: &mut Results,
    round: u32,
    subject: Subject,
    medium: Medium,
    place: &Path,
    options: &Options,
) {
    if results.left_out.contains_key(&subject) {
        return;
    }
    console::say(format!("round {round} on {}: {}", medium.name(), subject.name()));
    let plan =
        Plan { conversations: options.conversations, sleeps: medium == Medium::Memory, port: options.port };
    match play(subject, &place.join(subject.name()), plan) {
        Ok(played) => results.add(medium, subject, played),
        Err(reason) => results.leave_out(subject, reason),
    }
}
