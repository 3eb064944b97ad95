//! `cargo xtask sim`: the deterministic simulator, for as many seeds as asked, and its deliberate bugs.
//!
//! The simulator itself is the package `sim` in `tests/sim`; 2,000 seeds of it are part of `cargo xtask test`.

use std::process::Command;

use anyhow::Result;

use crate::cargo;
use crate::console;
use crate::project::Project;
use crate::step::Step;

/// What to simulate.
#[derive(Debug, Clone, Copy)]
pub struct SimOptions {
    /// How many seeds.
    pub seeds: u64,
    /// The one seed whose story is told.
    pub seed: Option<u64>,
    /// Runs the deliberate bugs: each must be found within the seeds.
    pub mutants: bool,
}

/// Builds the simulator as fast as it gets, runs it, and says whether it found nothing (or, of mutants, everything).
pub fn sim(project: &Project, options: SimOptions) -> Result<bool> {
    let mut command = cargo::host_command();
    command.args(["run", "--package", "sim", "--release"]);
    if options.mutants {
        mutate(&mut command, project);
    }
    command.args(["--", "--seeds", &options.seeds.to_string()]);
    if let Some(seed) = options.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    if options.mutants {
        command.arg("--mutants");
    }
    console::heading("Simulator");
    let is_fine = Step::new("sim", command).show_output().attempt()?.success;
    if !options.mutants {
        return Ok(is_fine);
    }
    // Private chats are none of the simulator's: what their tests must notice, they are asked themselves.
    let mut command = cargo::host_command();
    mutate(&mut command, project);
    command.args(["test", "--package", "object", "--release", "the_deliberate_bugs"]);
    let of_tests = Step::new("bugs that tests find", command).show_output().attempt()?.success;
    Ok(is_fine && of_tests)
}

/// A build of its own, which nothing that is served can come from.
fn mutate(command: &mut Command, project: &Project) {
    command.env("RUSTFLAGS", "--cfg mutants").env("CARGO_TARGET_DIR", project.path("target/mutants"));
}
