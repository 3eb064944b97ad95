//! `cargo xtask advisories`: what is known against the components, for crates and for npm's packages.
//!
//! It asks RustSec's database and npm's registry, so it is no part of `check`, which needs no network. Where one of them
//! cannot be asked it fails, as where something is found: silence is no answer.

use anyhow::{Result, bail};

use crate::cargo;
use crate::console;
use crate::prepare::{Needs, prepare};
use crate::project::Project;
use crate::step::Step;

/// The folders with a lock file of npm's.
const NPM: [&str; 2] = [".", "widget/npm"];

/// The manifests with a lock file of cargo's.
const CARGO: [&str; 2] = ["Cargo.toml", "tests/fuzz/targets/Cargo.toml"];

/// Asks all, also after one failed, and says whether nothing is known.
pub fn advisories(project: &Project) -> Result<bool> {
    let tools = prepare(project, Needs { checks: true, ..Needs::default() })?;
    let Some(cargo_deny) = &tools.cargo_deny else { bail!("cargo-deny was not prepared") };
    let mut is_clean = true;
    for manifest in CARGO {
        console::heading(manifest);
        let mut command = cargo::clean_command(cargo_deny);
        command.args(["--log-level", "warn", "--manifest-path", manifest, "--config", "deny.toml"]);
        command.args(["check", "advisories"]).current_dir(&project.root);
        is_clean &= Step::new("cargo deny", command).show_output().attempt()?.success;
    }
    for folder in NPM {
        console::heading(&format!("{folder}/package-lock.json"));
        let mut command = cargo::clean_command("npm");
        command.env("PATH", tools.node.path_variable());
        command.args(["audit", "--package-lock-only"]).current_dir(project.path(folder));
        is_clean &= Step::new("npm audit", command).show_output().attempt()?.success;
    }
    Ok(is_clean)
}
