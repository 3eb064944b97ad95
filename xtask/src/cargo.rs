//! Commands that run cargo, and what cargo knows about the workspace.
//!
//! The commands are free of what `cargo xtask` itself was started with.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::console;
use crate::project::Project;

/// Returns a command without the variables cargo sets for the programs it runs: they would change fingerprints of
/// nested builds and put one toolchain's libraries before another's.
pub(crate) fn clean_command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let from_cargo =
            text == "CARGO" || text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST");
        if from_cargo || matches!(text, "LD_LIBRARY_PATH" | "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "OUT_DIR")
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Returns the folder in which cargo keeps the source of what it was given by registries.
pub(crate) fn registry() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    Some(home.join("registry/src"))
}

/// Returns cargo with the toolchain in use, for programs of this machine.
pub(crate) fn host_command() -> Command {
    with_progress(clean_command("cargo"))
}

/// Makes cargo print its progress bar into a pipe, where a step reads how far it is.
pub(crate) fn with_progress(mut command: Command) -> Command {
    command.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "100");
    if console::is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command
}

/// What `cargo metadata` says about the workspace and everything it depends on.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    dependencies: Vec<Declared>,
    targets: Vec<Target>,
}

/// A package of a registry that something is linked with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Component {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its licence, as an SPDX expression.
    pub(crate) license: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Declared {
    name: String,
    kind: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Debug, Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

impl Metadata {
    /// Asks cargo.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let mut command = clean_command("cargo");
        command.args(["metadata", "--format-version", "1", "--quiet"]).current_dir(&project.root);
        let output = command.output().context("cargo cannot be started")?;
        if !output.status.success() {
            bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        serde_json::from_slice(&output.stdout).context("the output of cargo metadata is not understood")
    }

    /// Returns the names of the workspace's packages.
    pub(crate) fn members(&self) -> BTreeSet<String> {
        let names = self.packages.iter().filter(|package| self.workspace_members.contains(&package.id));
        names.map(|package| package.name.clone()).collect()
    }

    /// Says whether the workspace has a package of this name.
    pub(crate) fn has_package(&self, name: &str) -> bool {
        self.members().contains(name)
    }

    /// Says whether a package of the workspace has a library.
    pub(crate) fn has_library(&self, package: &str) -> bool {
        let targets = self.member(package).map_or(&[][..], |found| &found.targets);
        targets.iter().any(|target| target.kind.iter().any(|kind| kind == "lib"))
    }

    /// Returns the names of a package's test programs.
    pub(crate) fn test_targets(&self, package: &str) -> Vec<String> {
        let Some(found) = self.member(package) else {
            return Vec::new();
        };
        let tests = found.targets.iter().filter(|target| target.kind.iter().any(|kind| kind == "test"));
        tests.map(|target| target.name.clone()).collect()
    }

    /// Returns what a package's manifest names, for its code alone or for its tests and build too.
    pub(crate) fn direct(&self, package: &str, with_tests: bool) -> BTreeSet<String> {
        let Some(found) = self.member(package) else {
            return BTreeSet::new();
        };
        let wanted = found.dependencies.iter().filter(|declared| with_tests || declared.kind.is_none());
        wanted.map(|declared| declared.name.clone()).collect()
    }

    /// Returns everything a package's code is linked with.
    pub(crate) fn linked(&self, package: &str) -> BTreeSet<String> {
        self.linked_packages(package).map(|found| found.name.clone()).collect()
    }

    /// Returns everything of a registry that a package's code is linked with.
    pub(crate) fn components(&self, package: &str) -> BTreeSet<Component> {
        let foreign = self.linked_packages(package).filter(|found| found.source.is_some());
        let component = |found: &Package| Component {
            name: found.name.clone(),
            version: found.version.clone(),
            license: found.license.clone(),
        };
        foreign.map(component).collect()
    }

    fn linked_packages(&self, package: &str) -> impl Iterator<Item = &Package> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = self.member(package).map(|found| found.id.as_str()).into_iter().collect();
        while let Some(id) = open.pop() {
            let Some(node) = self.resolve.nodes.iter().find(|node| node.id == id) else {
                continue;
            };
            let linked =
                node.deps.iter().filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none()));
            open.extend(linked.map(|edge| edge.pkg.as_str()).filter(|found| seen.insert(*found)));
        }
        self.packages.iter().filter(move |found| seen.contains(found.id.as_str()))
    }

    fn member(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|found| found.name == name && self.workspace_members.contains(&found.id))
    }
}
