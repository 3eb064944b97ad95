//! One server in one round.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::figures::{Figure, Played, quantile};
use crate::load::Load;
use crate::machine::on_the_servers_processor;
use crate::subjects::Subject;

/// What to do in a round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Conversations that are open.
    pub(crate) conversations: usize,
    /// Whether conversations are put to sleep and woken; not on a disk, which has no part in it.
    pub(crate) sleeps: bool,
    /// The port the server gets.
    pub(crate) port: u16,
}

/// Plays a round. A server that cannot be measured breaks off, with the reason.
pub(crate) fn play(subject: Subject, data: &Path, plan: Plan) -> Result<Played, String> {
    // What broke off is the conversation with one server; nothing of it is used afterwards.
    catch_unwind(AssertUnwindSafe(|| played(subject, data, plan))).map_err(|reason| {
        let text = reason.downcast_ref::<String>().cloned();
        text.or_else(|| reason.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "for no reason that was told".to_owned())
    })
}

fn played(subject: Subject, data: &Path, plan: Plan) -> Played {
    std::fs::create_dir_all(data).expect("a directory for the data");
    let server = on_the_servers_processor(|| subject.start(plan.port, data));
    let mut played = Played::new();
    let mut load = Load::warm_up(&*server);
    let before = load.memory();
    let waits = load.open(plan.conversations);
    played.insert(Figure::Cold, quantile(&waits, 0.5));
    if plan.sleeps {
        if subject.hibernates() {
            load.rest();
        }
        #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
        played.insert(Figure::Memory, (load.memory() - before) / plan.conversations as f64);
        if subject.hibernates() {
            played.insert(Figure::Wake, quantile(&load.wake(), 0.5));
        }
    }
    let times = load.round_trips();
    played.insert(Figure::RoundTrip, quantile(&times, 0.5));
    played.insert(Figure::RoundTripTail, quantile(&times, 0.99));
    let storm = load.storm();
    played.insert(Figure::Rate, storm.rate);
    played.insert(Figure::Processor, storm.processor);
    let mut generator = storm.generator;
    if subject.has_read_marks() {
        let storm = load.storm_with_reading();
        played.insert(Figure::ProcessorRead, storm.processor);
        generator = generator.max(storm.generator);
    }
    played.insert(Figure::Generator, generator);
    assert_eq!(load.unexpected(), 0, "messages arrived twice");
    played
}
