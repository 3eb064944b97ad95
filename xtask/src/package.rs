//! The npm package (`widget/npm`): compiled by its own TypeScript, packed as it is published.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::prepare::Node;
use crate::project::Project;
use crate::step::Step;

/// Where it is.
pub const FOLDER: &str = "widget/npm";

/// The package's folder.
#[derive(Debug, Clone)]
pub struct Package {
    folder: PathBuf,
}

impl Package {
    /// The package of a checkout.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self { folder: project.path(FOLDER) }
    }

    /// Returns its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns a command that runs a script file of a package that it is developed with.
    #[must_use]
    pub fn program(&self, node: &Node, path_in_modules: &str) -> Command {
        node.run(&self.folder.join("node_modules").join(path_in_modules))
    }

    /// Compiles it into `dist`.
    pub fn build(&self, node: &Node) -> Result<()> {
        let mut command = self.program(node, "typescript/bin/tsc");
        command.arg("--project").arg(&self.folder);
        Step::new("the npm package", command).quiet().run()?;
        Ok(())
    }

    /// Packs what is in `dist` and returns the tarball.
    pub fn pack(&self, node: &Node, destination: &Path) -> Result<PathBuf> {
        let mut command = Command::new("npm");
        command.args(["pack", "--offline", "--loglevel=error", "--pack-destination"]).arg(destination);
        command.current_dir(&self.folder).env("PATH", node.path_variable());
        let output = command.output().context("npm cannot be run")?;
        anyhow::ensure!(
            output.status.success(),
            "npm pack failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(destination.join(name))
    }
}
