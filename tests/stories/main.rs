//! Stories in real Chromium: what visitors and agents do, told by the names that assistive technology reads.

mod browser;
mod newcomer;
mod reading;
mod stories;
mod theatre;

use std::process::ExitCode;

use tests::run_cases;
use theatre::Theatre;

fn main() -> ExitCode {
    run_cases(Theatre::open, stories::all())
}
