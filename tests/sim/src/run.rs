//! Runs seeds on all cores and says how it went.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::faults::Counts;
use crate::world::{LIMIT_MS, Outcome, World};

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The first seed.
    pub first: u64,
    /// How many seeds.
    pub seeds: u64,
    /// Goes on after a failure, and counts them.
    pub keep_going: bool,
    /// Prints the whole story of the first seed and runs no other.
    pub story: bool,
    /// Milliseconds within which everybody must agree once all trouble is over.
    pub limit: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { first: 0, seeds: 2_000, keep_going: false, story: false, limit: LIMIT_MS }
    }
}

/// The deliberate bugs: the twelve of the requirements, and more.
const MUTANTS: &[(u32, &str)] = &[
    (1, "frames leave before what they tell is durable"),
    (2, "a message id that was stored is not recognised"),
    (3, "a resume leaves out one event"),
    (4, "a socket is registered a turn after it was given the log"),
    (5, "the epoch of a cursor is ignored"),
    (6, "the number in the outbox is ignored"),
    (7, "a socket that cannot be reached ends the broadcast"),
    (8, "the alarm is not set again after a failed call"),
    (9, "what is pending is not kept"),
    (10, "messages are deduplicated by what they say"),
    (11, "a read mark may be beyond the log"),
    (12, "a failed turn is taken for rolled back"),
    (13, "a client takes an event although one is missing before it"),
    (14, "a note takes a position of the visitor's"),
    (15, "what was sent on a lost connection is not sent again"),
    (16, "an old digest replaces a newer one"),
    (17, "a waking object forgets its preview"),
    (18, "the two events of one request are stored one after the other"),
    (19, "a tab that is not the sender sends"),
    (20, "what another tab keeps is not taken up"),
    (21, "what a restored server lacks vanishes from the screen"),
    (22, "what is kept with a socket is not stored when it leaves"),
    (23, "a long log that was read in part is taken for known"),
    (24, "what the workspace is told of is not vouched for"),
    (25, "a tab never takes over from a sender that does not send"),
    (27, "a ticket is forgotten once its socket has left"),
    (28, "an agent's socket outlives the right it was opened with"),
    (29, "a ticket outlives the right it was given for"),
    (30, "another word of who the visitor is is not told"),
    (31, "the text of a message that was edited or deleted stays stored"),
    (32, "a client goes on showing what a message said before it was edited or deleted"),
    (33, "a rating opens the conversation that it is about"),
    (34, "a conversation is rated while it goes on"),
    (35, "what the visitor says leaves a conversation set aside"),
    (36, "a snoozed conversation does not come up"),
    (37, "waking forgets where a conversation lies with the team"),
    (38, "a telling counts as heard although the workspace lacks words"),
    (39, "an edit or a deletion does not reach what can be found"),
    (40, "a reply is stored whatever came that its author had not seen"),
    (43, "what is told twice of a conversation's course counts twice"),
    (44, "the workspace gives a conversation to somebody against what a person did since"),
    (45, "a choice of a team is forgotten if the first message was not stored at the first attempt"),
    (46, "what the other side has read in the meantime is not shown as seen"),
    (47, "what was read in another tab counts as unread"),
    (48, "a refusal fails the first message that waits instead of the one that it names"),
    (49, "any amount may wait for a reader"),
    (50, "late news of a conversation whose time was over bring it back into the index"),
    (51, "a conversation whose time is over leaves its events"),
    (52, "a conversation whose time is over is deleted although it has gone on"),
    (53, "what was erased can begin again"),
    (54, "a list goes on showing what was deleted"),
    (55, "an answer about a deleted log counts for the one after it"),
];

/// Lines of a story that are shown after a failure: the last so many.
const SHOWN: usize = 120;

/// What came of many seeds.
#[derive(Debug, Default)]
struct Sum {
    counts: Counts,
    steps: u64,
    done: u64,
    /// Milliseconds until everybody agreed, and the seed.
    settled: Vec<(i64, u64)>,
    failed: Vec<(u64, String)>,
}

/// Runs one seed; a panic is a failure like any other.
fn one(seed: u64, limit: i64, traced: bool) -> Outcome {
    let run = catch_unwind(AssertUnwindSafe(|| World::new(seed, limit, traced).run()));
    run.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?");
        Outcome {
            verdict: Err(format!("PR13/SY35: panic: {text}")),
            counts: Counts::default(),
            steps: 0,
            settled_after: None,
            story: String::new(),
        }
    })
}

/// The whole story of a seed.
#[must_use]
pub fn story(seed: u64) -> String {
    one(seed, LIMIT_MS, true).story
}

/// Runs every mutant until a seed kills it, prints a table, and tells whether none survived.
///
/// A build without `--cfg mutants` has none and says so.
#[must_use]
pub fn mutants(options: Options) -> bool {
    let mut survivors = 0;
    println!("mutant  killed by seed  what it breaks; what the oracle said");
    for (number, what) in MUTANTS {
        let began = Instant::now();
        let sum = many(Options { keep_going: false, ..options }, *number, began);
        match sum.failed.first() {
            Some((seed, complaint)) => {
                println!("{number:>6}  {seed:>14}  {what}\n{:24}{}", "", shortened(complaint))
            }
            None => {
                survivors += 1;
                println!("{number:>6}  {:>14}  {what}", "SURVIVES");
            }
        }
    }
    println!("{survivors} of {} survive {} seeds", MUTANTS.len(), options.seeds);
    survivors == 0 && cfg!(mutants)
}

fn shortened(complaint: &str) -> String {
    complaint.chars().take(110).collect()
}

#[cfg(mutants)]
fn become_mutant(number: u32) {
    mutant::choose(number);
}

#[cfg(not(mutants))]
const fn become_mutant(_: u32) {}

/// Runs them all, prints a report, and tells whether nothing was found.
#[must_use]
pub fn main(options: Options) -> bool {
    if options.story {
        return tell_one(options.first, options.limit, usize::MAX);
    }
    let began = Instant::now();
    let sum = many(options, 0, began);
    report(&sum, options.limit, began.elapsed());
    let missing = sum.counts.missing();
    if let Some((seed, _)) = sum.failed.first() {
        println!("\n{} of {} seeds failed. The story of seed {seed}:\n", sum.failed.len(), sum.done);
        tell_one(*seed, options.limit, SHOWN);
    } else if !missing.is_empty() && options.seeds >= 2_000 {
        println!("never happened: {}", missing.join("; "));
    }
    sum.failed.is_empty() && (missing.is_empty() || options.seeds < 2_000)
}

fn many(options: Options, mutant: u32, began: Instant) -> Sum {
    let next = AtomicU64::new(options.first);
    let stop = AtomicBool::new(false);
    let sum = Mutex::new(Sum::default());
    let end = options.first.saturating_add(options.seeds);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                become_mutant(mutant);
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        break;
                    }
                    let outcome = one(seed, options.limit, false);
                    let mut sum = sum.lock().expect("no thread panics while it holds this");
                    sum.done += 1;
                    sum.steps += outcome.steps;
                    sum.counts.join(&outcome.counts);
                    sum.settled.extend(outcome.settled_after.map(|after| (after, seed)));
                    if let Err(complaint) = outcome.verdict {
                        if mutant == 0 {
                            eprintln!("seed {seed}: {complaint}");
                        }
                        sum.failed.push((seed, complaint));
                        stop.fetch_or(!options.keep_going, Ordering::Relaxed);
                    }
                    if sum.done.is_multiple_of(5_000) {
                        eprintln!("{} seeds, {} failed, {:.0?}", sum.done, sum.failed.len(), began.elapsed());
                    }
                }
            });
        }
    });
    std::panic::set_hook(hook);
    let mut sum = sum.into_inner().expect("no thread panics while it holds this");
    sum.failed.sort_unstable();
    sum.settled.sort_unstable();
    sum
}

fn report(sum: &Sum, limit: i64, took: Duration) {
    println!("what went wrong, and how often:\n{}", sum.counts);
    let at = |per_mille: usize| {
        let index = (sum.settled.len().saturating_sub(1)) * per_mille / 1_000;
        sum.settled.get(index).map_or(0.0, |(after, _)| *after as f64 / 1_000.0)
    };
    println!(
        "everybody agreed after {:.2} s (half), {:.2} s (99 %), {:.2} s (all, the last being seed {}); {} s are allowed",
        at(500),
        at(990),
        at(1_000),
        sum.settled.last().map_or(0, |(_, seed)| *seed),
        limit / 1_000
    );
    let seconds = took.as_secs_f64();
    println!(
        "{} seeds, {} steps in {seconds:.1} s: {:.0} seeds a second",
        sum.done,
        sum.steps,
        sum.done as f64 / seconds
    );
}

/// Runs one seed again and tells its story.
fn tell_one(seed: u64, limit: i64, most_lines: usize) -> bool {
    let outcome = one(seed, limit, true);
    let lines: Vec<&str> = outcome.story.lines().collect();
    let skipped = lines.len().saturating_sub(most_lines);
    if skipped > 0 {
        println!("  … {skipped} earlier lines: `--seed {seed}` shows them");
    }
    lines.iter().skip(skipped).for_each(|line| println!("{line}"));
    match outcome.verdict {
        Ok(()) => {
            println!(
                "seed {seed}: everybody agreed after {:?} ms",
                outcome.settled_after.unwrap_or_default()
            );
            true
        }
        Err(complaint) => {
            println!("seed {seed}: {complaint}\nagain: cargo xtask sim --seed {seed}");
            false
        }
    }
}
