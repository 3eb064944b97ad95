//! Rounds one after the other, and the table at the end.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fastrand::Rng;
use protocol::ConversationId;
use tests::adapted::counted;
use tests::proxy::Fault;
use tests::{Agent, Proxy, Stage};
use xtask::console;

use crate::audit::Findings;
use crate::blast::{self, Blast};
use crate::cast::read_log;
use crate::round::{self, Outcome, Plan};

const PORT: u16 = 8_951;

/// Rounds in which every fault of the network must happen.
const MANY: u32 = 10;

/// What to play.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) rounds: u32,
    pub(crate) seed: u64,
    /// How long people write in a round.
    pub(crate) load: Duration,
    /// Panics in another server after the rounds.
    pub(crate) panics: u32,
}

/// What came of all rounds.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rounds: u32,
    pub(crate) kills: u32,
    /// Conversations that slept and were woken.
    pub(crate) woken: u32,
    pub(crate) connections: u32,
    pub(crate) findings: Findings,
    pub(crate) convergence: Vec<Duration>,
    pub(crate) resident_bytes: u64,
    pub(crate) attacks_closed: u32,
    pub(crate) slow_reader_bytes: u64,
    pub(crate) faults: BTreeMap<&'static str, u32>,
    pub(crate) length: Duration,
    pub(crate) blast: Blast,
}

/// Plays all rounds on a server of their own. The faults follow from the seed; the scheduling of threads does not.
pub(crate) fn run(options: Options) -> Report {
    let begun = Instant::now();
    let stage = Stage::start_adapted("chaos", PORT, counted);
    let proxy = Proxy::start(stage.port());
    let agent = Agent::sign_in(&stage);
    let mut rng = Rng::with_seed(options.seed);
    let mut report = Report::default();
    let mut logs = Vec::new();
    for number in 1..=options.rounds {
        let plan = Plan {
            number,
            load: options.load,
            rests: number % 5 == 2,
            stays_silent: number % 5 == 1,
            is_attacked: number % 5 == 3,
        };
        let outcome = round::play(&stage, &proxy, &agent, plan, &mut rng);
        console::say(line(options, plan, &outcome));
        logs.extend(report.add(outcome));
    }
    report.reread(&stage, &agent, &logs);
    report.faults = proxy.counts();
    let lacking = Fault::KINDS.iter().filter(|kind| !report.faults.contains_key(**kind));
    // In a few rounds not everything comes up.
    if options.rounds >= MANY && lacking.clone().next().is_some() {
        let lacking: Vec<_> = lacking.collect();
        report.findings.wrong("b.7", format!("never happened: {lacking:?}"));
    }
    drop(stage);
    report.blast = blast::measure(options.panics);
    report.length = begun.elapsed();
    report
}

impl Report {
    fn add(&mut self, outcome: Outcome) -> Vec<(ConversationId, Vec<String>)> {
        self.rounds += 1;
        self.kills += outcome.kills;
        self.woken += outcome.woken;
        self.connections += outcome.connections;
        self.convergence.push(outcome.convergence);
        self.resident_bytes = self.resident_bytes.max(outcome.resident_bytes);
        self.attacks_closed += outcome.attacked.closed;
        self.slow_reader_bytes = self.slow_reader_bytes.max(outcome.attacked.growth_bytes);
        self.findings.add(outcome.findings);
        outcome.logs
    }

    /// Reads every log again, after all the kills that came later.
    fn reread(&mut self, stage: &Stage, agent: &Agent, logs: &[(ConversationId, Vec<String>)]) {
        for (conversation, before) in logs {
            match read_log(stage, agent, *conversation) {
                Ok(log) if log.texts(false) == *before => {}
                Ok(_) => self.findings.wrong("DL1", format!("the log of {conversation} has changed")),
                Err(wrong) => self.findings.wrong("DL1", wrong),
            }
        }
    }

    /// Whether every promise was kept.
    pub(crate) fn is_clean(&self) -> bool {
        self.findings.is_clean() && self.blast.keeps_promises()
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        let Findings {
            sent, acknowledged, stored, seen, lost, lost_acknowledged, doubled, out_of_order, ..
        } = self.findings;
        let mut sorted = self.convergence.clone();
        sorted.sort();
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        let longest = sorted.last().copied().unwrap_or_default();
        let rows = [
            ("rounds", self.rounds.to_string()),
            ("kill -9", self.kills.to_string()),
            ("conversations woken from hibernation", self.woken.to_string()),
            ("sockets opened", self.connections.to_string()),
            ("sent", sent.to_string()),
            ("acknowledged", acknowledged.to_string()),
            ("stored", stored.to_string()),
            ("seen, by all clients", seen.to_string()),
            ("lost", format!("{lost} ({lost_acknowledged} of them acknowledged)")),
            ("doubled", doubled.to_string()),
            ("out of order", out_of_order.to_string()),
            ("time to converge, median", format!("{:.2} s", median.as_secs_f64())),
            ("time to converge, longest", format!("{:.2} s", longest.as_secs_f64())),
            ("attackers' sockets closed as promised", self.attacks_closed.to_string()),
            ("memory for a slow reader at most", format!("{} MB", self.slow_reader_bytes / 1_000_000)),
            ("memory of workerd at most", format!("{} MB", self.resident_bytes / 1_000_000)),
            ("length", console::duration(self.length)),
        ];
        println!("\n| figure | value |\n| --- | --- |");
        rows.iter().for_each(|(name, value)| println!("| {name} | {value} |"));
        let faults: Vec<String> = self.faults.iter().map(|(name, count)| format!("{name} {count}")).collect();
        println!("\nFaults: {}", faults.join(", "));
        println!("Blast radius: {}", self.blast.line());
        for (rule, what) in self.findings.wrongs.iter().chain(&self.blast.findings.wrongs) {
            println!("{rule} is broken: {what}");
        }
    }
}

fn line(options: Options, plan: Plan, outcome: &Outcome) -> String {
    let findings = &outcome.findings;
    let verdict = if findings.is_clean() { console::green("✓") } else { console::red("✗") };
    format!(
        "  {verdict} round {}/{}: sent {}, stored {}, agreed after {:.1} s{}{}",
        plan.number,
        options.rounds,
        findings.sent,
        findings.stored,
        outcome.convergence.as_secs_f64(),
        if plan.rests { ", after a rest" } else { "" },
        match (plan.stays_silent, plan.is_attacked) {
            (true, _) => ", silent connections found out by their clients",
            (false, true) => ", attacked",
            (false, false) => "",
        },
    )
}
