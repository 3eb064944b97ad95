//! The short run as tests: one run, judged by each rule.

use std::sync::LazyLock;
use std::time::Duration;

use tests::Case;

use crate::audit::Findings;
use crate::campaign::{Options, Report, run};
use crate::screen::Screen;

/// The run, which begins with the first case that asks for it.
pub(crate) type Run = LazyLock<Report>;

pub(crate) const CASES: &[Case<Run>] = &[
    ("DL1 what was shown as sent is stored, through every kill -9", nothing_is_lost),
    ("DL2 what is sent again is stored once", nothing_is_doubled),
    ("DL4 each sender's messages are in the order in which they were written", nothing_is_out_of_order),
    ("DL5 positions are dense", |run| kept(run, "DL5")),
    ("DL10 every tab and every agent sees the log", |run| kept(run, "DL10")),
    ("DL11 sockets that rested go on", hibernated),
    ("SY35 once faults stop all agree within 30 s, and nothing that was shown as stored has moved", |run| {
        kept(run, "SY35");
    }),
    ("DL12 a panic in one conversation costs the others no socket and no message", blast_radius),
    ("WS4 the list is told of every conversation, whenever the server was killed", |run| kept(run, "WS4")),
    ("PR3 malformed frames close their socket and no other", |run| kept(run, "PR3")),
    ("PR4 5 MB close their socket and no other", |run| kept(run, "PR4")),
    ("PR6 the version before ours and the one after are told to upgrade", |run| kept(run, "PR6")),
    ("PR14 a reader that does not read is closed, and costs no memory", slow_reader),
    ("DL1 DL2 DL4 the comparison finds what is lost, doubled and out of order", the_comparison_is_sharp),
];

pub(crate) fn start() -> Run {
    LazyLock::new(|| {
        let report = run(Options { rounds: 3, seed: 1, load: Duration::from_secs(4), panics: 4 });
        report.print();
        report
    })
}

fn kept(run: &Run, rule: &str) {
    let broken: Vec<_> = run.findings.wrongs.iter().filter(|(other, _)| *other == rule).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

fn nothing_is_lost(run: &Run) {
    assert_eq!(run.findings.lost, 0);
    assert_eq!(run.kills, run.rounds);
    assert!(run.findings.acknowledged > 100, "{:?}", run.findings);
    assert!(run.faults.len() >= 6, "the network failed in too few ways: {:?}", run.faults);
    kept(run, "DL1");
}

fn nothing_is_doubled(run: &Run) {
    assert_eq!(run.findings.doubled, 0);
    kept(run, "DL2");
}

fn nothing_is_out_of_order(run: &Run) {
    assert_eq!(run.findings.out_of_order, 0);
}

fn hibernated(run: &Run) {
    assert!(run.woken > 0, "no conversation slept");
    assert_eq!(run.findings.sent, run.findings.stored);
}

fn blast_radius(run: &Run) {
    assert_eq!(run.blast.panics, 4);
    assert!(run.blast.keeps_promises(), "{:#?}", run.blast);
}

fn slow_reader(run: &Run) {
    assert_eq!(run.attacks_closed, 8);
    kept(run, "PR14");
}

fn the_comparison_is_sharp(_: &Run) {
    let judge = |sent: &[&str], log: &[&str]| {
        let findings = Findings::of(&[("a".to_owned(), Screen::of(sent, log))], &Screen::of(&[], log));
        (findings.lost, findings.doubled, findings.out_of_order)
    };
    assert_eq!(judge(&["a #1", "a #2"], &["a #1", "a #2"]), (0, 0, 0));
    assert_eq!(judge(&["a #1", "a #2"], &["a #1"]), (1, 0, 0));
    assert_eq!(judge(&["a #1", "a #2"], &["a #1", "a #1", "a #2"]), (0, 1, 0));
    assert_eq!(judge(&["a #1", "a #2"], &["a #2", "a #1"]), (0, 0, 1));
    let behind = Findings::of(&[("a".to_owned(), Screen::of(&[], &[]))], &Screen::of(&[], &["b #1"]));
    assert!(!behind.is_clean(), "a client that does not see what is stored");
}
