//! `cargo xtask gallery`: a picture of every screen, on a desktop, a phone, in the dark and from right to left.
//!
//! The pictures are taken by the test program `stories` of the package `tests`.

use anyhow::{Result, anyhow};

use crate::build::{Mode, Part, build};
use crate::cargo;
use crate::console;
use crate::prepare::{Needs, prepare};
use crate::project::Project;
use crate::step::Step;

/// Where the pictures are put, below the project's folder.
const FOLDER: &str = "screenshots";

/// Builds everything and takes the pictures.
pub fn gallery(project: &Project) -> Result<()> {
    let tools = prepare(project, Needs { browser: true, ..Needs::default() })?;
    build(project, &tools, Mode::Release, &Part::ALL)?;
    let browser = tools.browser.ok_or_else(|| anyhow!("no browser was prepared"))?;
    let mut command = cargo::host_command();
    command.args(["test", "--package", "tests", "--test", "stories", "--", "--gallery"]);
    browser.tell(&mut command);
    console::heading("Pictures");
    Step::new("gallery", command).show_output().run()?;
    console::say(format!("  in {}", project.path(FOLDER).display()));
    Ok(())
}
