//! Rust programs built from their published source into a folder that all checkouts share.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo;
use crate::console;
use crate::project::{Project, find_on_path, machine_cache_dir};
use crate::step::Step;

/// A program that `cargo install` can build.
#[derive(Debug, Clone)]
pub(super) struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// What of it is compiled besides its defaults.
    features: &'static str,
}

/// Returns wasm-bindgen at the version of `Cargo.lock`: program and library refuse to work together otherwise.
pub(super) fn wasm_bindgen(project: &Project) -> Result<Tool> {
    let version = project.locked_version("wasm-bindgen")?;
    Ok(Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version, features: "" })
}

/// Returns worker-build, pinned to the version of the `worker` library it belongs to.
pub(super) fn worker_build() -> Tool {
    Tool { package: "worker-build", program: "worker-build", version: "0.8.7".to_owned(), features: "" }
}

/// Returns wasm-split-cli, which knows what `wasm_split_helpers` marks.
pub(super) fn wasm_split() -> Tool {
    Tool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: "0.2.4".to_owned(),
        features: "build-binary",
    }
}

/// Returns cargo-deny.
pub(super) fn cargo_deny() -> Tool {
    Tool { package: "cargo-deny", program: "cargo-deny", version: "0.20.2".to_owned(), features: "" }
}

/// Returns cargo-fuzz.
pub(super) fn cargo_fuzz() -> Tool {
    Tool { package: "cargo-fuzz", program: "cargo-fuzz", version: "0.13.2".to_owned(), features: "" }
}

/// Installs a tool unless this machine has it at this version, and returns its program.
pub(super) fn ensure(tool: &Tool) -> Result<PathBuf> {
    let root = machine_cache_dir()?.join("tools").join(format!("{}-{}", tool.package, tool.version));
    let program = root.join("bin").join(tool.program);
    if program.is_file() {
        return Ok(program);
    }
    if let Some(found) = find_on_path(tool.program).filter(|found| has_version(found, &tool.version)) {
        return Ok(found);
    }
    let label = format!("{} {} (once per machine, some minutes)", tool.package, tool.version);
    let locked = Step::new(&label, install_command(tool, &root, true)?).attempt()?;
    if !locked.success {
        // A registry mirror may lag behind the versions that the tool's own lock file names.
        console::say(format!(
            "    the versions in {}'s lock file cannot all be had: taking compatible ones",
            tool.package
        ));
        Step::new(label, install_command(tool, &root, false)?).run().with_context(|| {
            format!("install {} {} yourself and put it on PATH", tool.package, tool.version)
        })?;
    }
    Ok(program)
}

fn install_command(tool: &Tool, root: &Path, locked: bool) -> Result<Command> {
    let mut command = cargo::host_command();
    command.args(["install", tool.package, "--version", &tool.version, "--no-track", "--force"]);
    if !tool.features.is_empty() {
        command.args(["--features", tool.features]);
    }
    command.arg("--root").arg(root);
    if locked {
        command.arg("--locked");
    }
    // Apart from the checkout, so that its configuration and target folder play no part; tools share dependencies.
    command.current_dir(machine_cache_dir()?);
    command.env("CARGO_TARGET_DIR", machine_cache_dir()?.join("tool-builds"));
    Ok(command)
}

fn has_version(program: &Path, version: &str) -> bool {
    let Ok(output) = Command::new(program).arg("--version").output() else {
        return false;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success() && text.split_whitespace().any(|word| word == version)
}
