//! schemathesis, the independent checker of the API's document, from PyPI into an environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::debian;
use crate::project::{Project, find_on_path};
use crate::step::Step;

const VERSION: &str = "4.32.5";
const PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// Finds the program, or installs it.
pub(super) fn ensure(project: &Project) -> Result<PathBuf> {
    let folder = project.scratch_dir().join(format!("schemathesis-{VERSION}"));
    let (program, stamp) = (folder.join("bin/schemathesis"), folder.join("installed"));
    if program.is_file() && stamp.is_file() {
        return Ok(program);
    }
    if !make_environment(&folder)? {
        if !debian::can_install() {
            bail!(
                "schemathesis checks the API's document and needs Python: install python3 with its venv module"
            );
        }
        debian::install("Python, for the check of the API's document", &PACKAGES)?;
        if !make_environment(&folder)? {
            bail!("python3 was installed and still makes no environment with its venv module");
        }
    }
    let mut command = Command::new(folder.join("bin/python"));
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    command.arg(format!("schemathesis=={VERSION}"));
    let installed = Step::new("schemathesis, which checks the API's document", command).run();
    installed.context(
        "schemathesis could not be installed from PyPI, and without it the document is not checked",
    )?;
    std::fs::write(&stamp, VERSION)?;
    Ok(program)
}

/// Makes an empty environment; says whether that worked.
fn make_environment(folder: &Path) -> Result<bool> {
    let Some(python) = find_on_path("python3") else { return Ok(false) };
    let mut command = Command::new(python);
    command.args(["-m", "venv", "--clear"]).arg(folder);
    Ok(Step::new("an environment for schemathesis", command).quiet().attempt()?.success)
}
