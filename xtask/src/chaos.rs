//! `cargo xtask chaos`: the built Worker on bare workerd, killed under load behind a network that fails.
//!
//! The attack itself is the test program `chaos` of the package `tests`, which is given more rounds here.

use anyhow::Result;

use crate::build::{Mode, Part, build};
use crate::cargo;
use crate::console;
use crate::prepare::{Needs, prepare};
use crate::project::Project;
use crate::step::Step;

/// How long to attack, and with which faults.
#[derive(Debug, Clone, Copy)]
pub struct ChaosOptions {
    /// Rounds, each with a kill.
    pub rounds: u32,
    /// Where the faults come from; a new one each time if not given.
    pub seed: Option<u64>,
}

/// Builds the Worker, attacks it, prints a table, and says whether every promise was kept.
pub fn chaos(project: &Project, options: ChaosOptions) -> Result<bool> {
    let tools = prepare(project, Needs::default())?;
    build(project, &tools, Mode::Release, &[Part::Edge])?;
    let mut command = cargo::host_command();
    command.args(["test", "--package", "tests", "--test", "chaos", "--"]);
    command.args(["--rounds", &options.rounds.to_string()]);
    if let Some(seed) = options.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    console::heading("Chaos");
    Ok(Step::new("chaos", command).show_output().attempt()?.success)
}
