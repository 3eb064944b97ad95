//! The built Worker on bare workerd, killed under load behind a network that fails in every way.
//!
//! As a test this is a short run, judged rule by rule; with `--rounds` it is what `cargo xtask chaos` runs. Clients
//! are the project's own engines; the harness has no notion of how the server keeps its promises.

mod attack;
mod audit;
mod blast;
mod campaign;
mod cases;
mod cast;
mod client;
mod door;
mod round;
mod screen;

use std::process::ExitCode;
use std::time::Duration;

use tests::{random, run_cases};
use xtask::console;

use self::campaign::Options;

/// How long people write in a round of the long run.
const LOAD: Duration = Duration::from_secs(6);

/// Panics whose consequences are measured in the long run.
const PANICS: u32 = 10;

fn main() -> ExitCode {
    let Some(rounds) = argument("--rounds") else {
        return run_cases(cases::start, cases::CASES.to_vec());
    };
    let rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
    let seed = argument("--seed").unwrap_or_else(|| u64::from(u32::from_le_bytes(random())));
    console::say(format!("{rounds} rounds of seed {seed}"));
    let report = campaign::run(Options { rounds, seed, load: LOAD, panics: PANICS });
    report.print();
    if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The number that follows a name on the command line.
fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)?.parse().ok()
}
