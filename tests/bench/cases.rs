//! That the measuring is right: a short round of ours and of the bare object, and a conversation that is counted.

use std::path::PathBuf;

use tests::Case;

use crate::PORT;
use crate::adapted::{Counts, counting};
use crate::figures::Figure;
use crate::machine::processor_time;
use crate::round::{Plan, play};
use crate::seat::Side;
use crate::subjects::{Ours, Subject};

/// Conversations of a short round.
const FEW: usize = 5;

pub(crate) const CASES: [Case<()>; 3] = [
    ("every message arrives once, at ours and at the bare object", every_message_arrives_once),
    ("rows, alarms and requests are counted per class", rows_are_counted),
    ("the processor time of a process grows", processor_time_grows),
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

fn processor_time_grows(_: &()) {
    let before = processor_time(std::process::id()).expect("the system tells");
    let mut sum = 0_u64;
    while processor_time(std::process::id()).expect("the system tells") <= before {
        sum = (0..100_000).fold(sum, u64::wrapping_add);
    }
    assert!(std::hint::black_box(sum) > 0);
}

fn directory(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("porchlight-bench-{name}-{}", std::process::id()))
}
