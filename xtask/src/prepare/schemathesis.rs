//! schemathesis, the independent checker of the API's document, from PyPI into an environment of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::{Project, find_on_path};
use crate::step::Step;

const VERSION: &str = "4.32.5";

/// Finds the program, or installs it.
pub(super) fn ensure(project: &Project) -> Result<PathBuf> {
    let folder = project.scratch_dir().join(format!("schemathesis-{VERSION}"));
    let (program, stamp) = (folder.join("bin/schemathesis"), folder.join("installed"));
    if program.is_file() && stamp.is_file() {
        return Ok(program);
    }
    let Some(python) = find_on_path("python3") else {
        bail!(
            "schemathesis checks the API's document and needs Python: install python3 with its venv module"
        );
    };
    let mut command = Command::new(python);
    command.args(["-m", "venv", "--clear"]).arg(&folder);
    let made = Step::new("an environment for schemathesis", command).run();
    made.context(
        "python3 makes no environment: its venv module is missing (on Debian the package python3-venv)",
    )?;
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
