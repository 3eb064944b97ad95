//! `cargo xtask test`: every test there is, and one line at the end that says how it went.

use std::process::Command;

use anyhow::{Result, anyhow};

use crate::api_check::PROGRAM;
use crate::build::{Mode, Part, build};
use crate::cargo::{self, Metadata};
use crate::console;
use crate::interrupt::Interrupted;
use crate::prepare::{Needs, prepare, schemathesis};
use crate::project::Project;
use crate::step::Step;

/// The package of the tests that need more than one crate.
const TESTS_PACKAGE: &str = "tests";
/// Its tests that run against the built Worker, and come last because they take longest.
const AGAINST_THE_WORKER: [&str; 5] = ["edge", "api-check", "chaos", "bench", "stories"];
/// The one of them that takes another program.
const API_CHECK: &str = "api-check";
/// Packages that compile for WebAssembly alone.
const NOT_ON_THE_HOST: [&str; 1] = ["edge"];

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed, and suites that could not be run.
    pub failed: u32,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs every test whose name contains the filter.
pub fn test(project: &Project, filter: Option<&str>) -> Result<Tally> {
    let tools = prepare(project, Needs { browser: true, ..Needs::default() })?;
    let metadata = Metadata::read(project)?;
    let mut tally = Tally::default();

    console::heading("Tests on the host");
    tally.add(suite(host_command(&metadata), "host", filter)?);
    if metadata.has_library(TESTS_PACKAGE) {
        tally.add(suite(library_command(), "what the tests share", filter)?);
    }
    let (late, early): (Vec<String>, Vec<String>) = metadata
        .test_targets(TESTS_PACKAGE)
        .into_iter()
        .partition(|name| AGAINST_THE_WORKER.contains(&name.as_str()));
    for name in &early {
        tally.add(suite(target_command(name), name, filter)?);
    }

    console::heading("Building what is tested");
    match build(project, &tools, Mode::Release, &Part::ALL) {
        Ok(()) => {
            let browser = tools.browser.ok_or_else(|| anyhow!("no browser was prepared"))?;
            for name in &late {
                console::heading(&format!("Tests against the Worker: {name}"));
                let mut command = target_command(name);
                browser.tell(&mut command);
                if name == API_CHECK {
                    match schemathesis(project) {
                        Ok(program) => command.env(PROGRAM, program),
                        Err(error) if error.is::<Interrupted>() => return Err(error),
                        Err(error) => {
                            console::say(format!(
                                "{} {error:#}: this counts as one failure",
                                console::red("✗")
                            ));
                            tally.failed += 1;
                            continue;
                        }
                    };
                }
                tally.add(suite(command, name, filter)?);
            }
        }
        Err(error) if error.is::<Interrupted>() => return Err(error),
        Err(error) => {
            console::say(format!(
                "{} {error:#}: the tests against it count as one failure",
                console::red("✗")
            ));
            tally.failed += 1;
        }
    }
    Ok(tally)
}

fn host_command(metadata: &Metadata) -> Command {
    let mut command = cargo::host_command();
    command.args(["test", "--workspace", "--exclude", TESTS_PACKAGE]);
    for package in NOT_ON_THE_HOST.iter().filter(|package| metadata.has_package(package)) {
        command.args(["--exclude", package]);
    }
    command
}

fn library_command() -> Command {
    let mut command = cargo::host_command();
    command.args(["test", "--package", TESTS_PACKAGE, "--lib", "--test", "identity"]);
    command
}

fn target_command(name: &str) -> Command {
    let mut command = cargo::host_command();
    command.args(["test", "--package", TESTS_PACKAGE, "--test", name]);
    command
}

fn suite(mut command: Command, name: &str, filter: Option<&str>) -> Result<Tally> {
    command.arg("--no-fail-fast");
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    let finished = Step::new(format!("tests: {name}"), command).show_output().attempt()?;
    let mut tally = count(&finished.lines);
    if !finished.success && tally.failed == 0 {
        console::say(format!(
            "{} the tests `{name}` could not be compiled or broke off: this counts as one failure",
            console::red("✗")
        ));
        tally.failed = 1;
    }
    Ok(tally)
}

/// Adds up the result lines of test programs.
fn count(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let Some((_, counts)) = line.split_once("test result: ") else {
            continue;
        };
        for part in counts.split(['.', ';']) {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => tally.passed += number.parse::<u32>().unwrap_or(0),
                Some((number, "failed")) => tally.failed += number.parse::<u32>().unwrap_or(0),
                Some(_) | None => {}
            }
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_programs_add_up() {
        let lines = [
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test a ... FAILED",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ];
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();

        assert_eq!(count(&lines), Tally { passed: 15, failed: 2 });
    }
}
