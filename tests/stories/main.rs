//! Stories in real Chromium: what visitors and agents do, told by the names that assistive technology reads.

mod browser;
mod gallery;
mod newcomer;
mod reading;
mod stories;
mod theatre;

use std::process::ExitCode;

use tests::run_cases;
use theatre::Theatre;

/// Given by `cargo xtask gallery`.
const GALLERY: &str = "--gallery";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == GALLERY) {
        let theatre = Theatre::open();
        theatre.tell(gallery::hang(&theatre));
        return ExitCode::SUCCESS;
    }
    run_cases(Theatre::open, stories::all())
}
