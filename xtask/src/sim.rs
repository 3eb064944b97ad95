//! `cargo xtask sim`: the deterministic simulator, for as many seeds as asked, and its deliberate bugs.
//!
//! The simulator itself is the package `sim` in `tests/sim`; 2,000 seeds of it are part of `cargo xtask test`.

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
        // A build of its own, which nothing that is served can come from.
        command.env("RUSTFLAGS", "--cfg mutants").arg("--target-dir").arg(project.path("target/mutants"));
    }
    command.args(["--", "--seeds", &options.seeds.to_string()]);
    if let Some(seed) = options.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    if options.mutants {
        command.arg("--mutants");
    }
    console::heading("Simulator");
    Ok(Step::new("sim", command).show_output().attempt()?.success)
}
