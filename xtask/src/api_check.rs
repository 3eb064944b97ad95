//! `cargo xtask api-check`: schemathesis on the document of the REST API, against the built Worker on bare workerd.
//!
//! The check itself is the test program `api-check` of the package `tests`, which is given more requests here.

use anyhow::Result;

use crate::build::{Mode, Part, build};
use crate::cargo;
use crate::console;
use crate::prepare::{Needs, prepare, schemathesis};
use crate::project::Project;
use crate::step::Step;

/// The variable in which the tests are told of the program.
pub const PROGRAM: &str = "PORCHLIGHT_SCHEMATHESIS";

/// How much to ask, and from which seed.
#[derive(Debug, Clone, Copy)]
pub struct ApiCheckOptions {
    /// Requests of each kind for each operation.
    pub examples: u32,
    /// Where they come from; a new one each time if not given.
    pub seed: Option<u64>,
}

/// Builds the Worker and the document, checks one against the other, and says whether nothing was found.
pub fn api_check(project: &Project, options: ApiCheckOptions) -> Result<bool> {
    let tools = prepare(project, Needs::default())?;
    let program = schemathesis(project)?;
    build(project, &tools, Mode::Release, &[Part::Api, Part::Edge])?;
    let mut command = cargo::host_command();
    command.args(["test", "--package", "tests", "--test", "api-check", "--"]);
    command.args(["--examples", &options.examples.to_string()]);
    if let Some(seed) = options.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    command.env(PROGRAM, program);
    console::heading("The API against its document");
    Ok(Step::new("api-check", command).show_output().attempt()?.success)
}
