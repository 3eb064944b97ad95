//! That the measuring is right: a short round of ours and of the bare object, a conversation that is counted, a bill.

use std::path::PathBuf;
use std::time::Duration;

use tests::Case;

use crate::PORT;
use crate::adapted::{Counts, counting};
use crate::figures::{Figure, Spread, quantile};
use crate::machine::processor_time;
use crate::price::Prices;
use crate::round::{Plan, play};
use crate::seat::Side;
use crate::subjects::{Ours, Subject};
use crate::widget::{self, Figure as Added, Widget};

/// Conversations of a short round.
const FEW: usize = 5;

pub(crate) const CASES: [Case<()>; 6] = [
    ("BW1 a page with the chat asks for two things more, and nothing in it moves", nothing_moves),
    ("every message arrives once, at ours and at the bare object", every_message_arrives_once),
    ("rows, alarms and requests are counted per class", rows_are_counted),
    ("the processor time of a process grows", processor_time_grows),
    ("a bill adds up by the list", a_bill_adds_up),
    ("medians and quantiles are in the middle", medians_are_in_the_middle),
];

/// Every message is compared with the one that was sent, and nothing else may have come; see `seat.rs`.
fn every_message_arrives_once(_: &()) {
    for subject in [Subject::Porchlight, Subject::BareObject] {
        let data = directory(subject.name());
        let plan = Plan { conversations: FEW, sleeps: false, port: PORT };
        let played = play(subject, &data, plan).expect("the round is played to its end");
        for figure in
            [Figure::Processor, Figure::ProcessorRead, Figure::Rate, Figure::RoundTrip, Figure::Cold]
        {
            let value = played.get(&figure).copied().unwrap_or_default();
            assert!(value > 0.0, "{}: {figure:?} is {value}", subject.name());
        }
        assert!(!data.exists(), "the data is removed");
    }
}

fn nothing_moves(_: &()) {
    let only = vec![Widget::Porchlight.name().to_owned()];
    let results = widget::measure(&directory("widget"), &widget::Options { rounds: 1, only, port: PORT });
    let of = |figure| results.spread(Widget::Porchlight, figure).expect("it was measured").median;
    assert_eq!(of(Added::Requests).to_bits(), 2_f64.to_bits());
    assert_eq!(of(Added::Shift).to_bits(), 0_f64.to_bits());
    assert!((1_000.0..=3_500.0).contains(&of(Added::Bytes)), "{}", of(Added::Bytes));
    for figure in [Added::Click, Added::ClickAfterRest] {
        assert!(of(figure) > 0.0, "{figure:?} is {}", of(figure));
    }
}

fn rows_are_counted(_: &()) {
    let server = Ours::start_adapted(PORT, &directory("counted"), counting);
    let count = || Counts::read(server.stage().base_url());
    let before = count();
    let (_, mut chat) = server.open_named();
    let begun = count();
    (0..10).for_each(|_| chat.pass(Side::Agent));
    let all = count();
    assert_eq!(before.conversations.constructed, 0);
    assert_eq!(begun.since(before).conversations.constructed, 1);
    let ten = all.since(begun);
    assert_eq!((ten.conversations.message, ten.conversations.fetch), (10, 0));
    assert!(ten.conversations.rows_written >= 10, "a row for each message: {ten:?}");
    assert_eq!(ten.worker.fetch, 0);
    assert_eq!(begun.since(before).worker.fetch, 4, "a session, a ticket and two sockets");
}

/// Only Linux has `/proc`; elsewhere the processor is not measured.
fn processor_time_grows(_: &()) {
    if !cfg!(target_os = "linux") {
        assert_eq!(processor_time(std::process::id()), None);
        return;
    }
    let time = || processor_time(std::process::id()).expect("the system tells");
    let before = time();
    let mut sum = 0_u64;
    while time() <= before {
        sum = (0..100_000).fold(sum, u64::wrapping_add);
    }
    assert!(std::hint::black_box(sum) > 0);
}

/// A million of everything, so that the bill is the list.
fn a_bill_adds_up(_: &()) {
    let mut counts = Counts::default();
    counts.worker.fetch = 1_000_000;
    counts.conversations.message = 20_000_000;
    counts.workspaces.rows_written = 600_000;
    counts.workspaces.alarms_set = 400_000;
    let bill = Prices::listed().bill(&counts, 1e6, 20e6);
    let near = |value: f64, expected: f64| (value - expected).abs() < 1e-9;
    assert!(near(bill.worker, 0.30 + 0.02), "{bill:?}");
    assert!(near(bill.requests, 0.15), "{bill:?}");
    assert!(near(bill.rows, 1.0), "{bill:?}");
    assert!(near(bill.duration, 20e6 * 0.005 * 0.128 * 12.5 / 1e6), "{bill:?}");
    assert!(near(bill.storage, 18.288 * 0.2), "{bill:?}");
}

fn medians_are_in_the_middle(_: &()) {
    let spread = |values: &[f64]| Spread::of(values.iter().copied()).map(|spread| spread.median);
    assert_eq!(spread(&[]), None);
    assert_eq!(spread(&[3.0]), Some(3.0));
    assert_eq!(spread(&[4.0, 1.0]), Some(2.5));
    assert_eq!(spread(&[9.0, 1.0, 2.0]), Some(2.0));
    let samples: Vec<Duration> = (0..=100).rev().map(Duration::from_micros).collect();
    assert_eq!([0.0, 0.5, 0.99, 1.0].map(|part| quantile(&samples, part).round()), [0.0, 50.0, 99.0, 100.0]);
}

fn directory(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("porchlight-bench-{name}-{}", std::process::id()))
}
