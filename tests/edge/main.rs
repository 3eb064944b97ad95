//! The built Worker on workerd, spoken to with the project's own types. No name or text here is known to the Worker.

mod bad_input;
mod delivery;
mod doors;
mod feed;
mod pages;
mod restart;

use std::process::ExitCode;

use tests::{Stage, run_cases};

const PORT: u16 = 8_931;

fn main() -> ExitCode {
    let cases =
        [delivery::CASES, feed::CASES, doors::CASES, bad_input::CASES, pages::CASES, restart::CASES].concat();
    run_cases(|| Stage::start("edge", PORT), cases)
}
