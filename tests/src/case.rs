//! Named tests that share what is costly to start.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};

/// A test: the rule it proves and what it does, then how.
pub type Case<S> = (&'static str, fn(&S));

/// Starts what is shared, runs the cases one after the other and reports as any Rust test does.
pub fn run_cases<S: Send + Sync + 'static>(start: fn() -> S, cases: Vec<Case<S>>) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    if arguments.list {
        let trials = cases.into_iter().map(|(name, _)| Trial::test(name, || Ok(()))).collect();
        return libtest_mimic::run(&arguments, trials).exit_code();
    }
    let shared = Arc::new(start());
    let trials = cases.into_iter().map(|(name, case)| {
        let shared = Arc::clone(&shared);
        Trial::test(name, move || {
            case(&shared);
            Ok(())
        })
    });
    let trials = trials.collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
