//! Installs what is missing on this machine, once, before anything else runs.
//!
//! Every part looks first and acts only when something is missing, so a prepared machine pays some milliseconds.
//! A lock file keeps two checkouts from installing the same thing at the same time.

mod browser;
mod debian;
mod node;
mod schemathesis;
mod tools;
mod wasm_target;

pub use browser::Browser;
pub use node::Node;
pub use wasm_target::{TARGET, WasmToolchain};

use std::fs::File;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::lock;
use crate::project::{Project, machine_cache_dir};

/// What a command needs beyond the tools that every build needs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needs {
    /// Chromium and its driver.
    pub browser: bool,
    /// cargo-deny, and clippy for WebAssembly.
    pub checks: bool,
}

/// Everything the builds run with.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Where WebAssembly is compiled.
    pub wasm: WasmToolchain,
    /// Node and the programs of `node_modules`.
    pub node: Node,
    /// The wasm-bindgen program, at the version of `Cargo.lock`.
    pub wasm_bindgen: PathBuf,
    /// The program that splits modules.
    pub wasm_split: PathBuf,
    /// The worker-build program.
    pub worker_build: PathBuf,
    /// cargo-deny, where it was asked for.
    pub cargo_deny: Option<PathBuf>,
    /// The browser, where it was asked for.
    pub browser: Option<Browser>,
}

/// Makes sure that everything needed is there and returns where it is.
pub fn prepare(project: &Project, needs: Needs) -> Result<Tools> {
    let _lock = lock_machine()?;
    let wasm = wasm_target::ensure(project, needs.checks)?;
    let node = node::ensure(project)?;
    let wasm_bindgen = tools::ensure(&tools::wasm_bindgen(project)?)?;
    let wasm_split = tools::ensure(&tools::wasm_split())?;
    let worker_build = tools::ensure(&tools::worker_build())?;
    let cargo_deny = if needs.checks { Some(tools::ensure(&tools::cargo_deny())?) } else { None };
    let browser = if needs.browser { Some(browser::ensure()?) } else { None };
    Ok(Tools { wasm, node, wasm_bindgen, wasm_split, worker_build, cargo_deny, browser })
}

/// Installs Debian packages of servers without letting any of them start.
pub(crate) fn install_stopped(purpose: &str, packages: &[&str]) -> Result<()> {
    let _lock = lock_machine()?;
    if !debian::can_install() {
        bail!("there is no apt here, or no right to use it");
    }
    debian::install_stopped(purpose, packages)
}

/// Makes sure that cargo-fuzz is there, which one command needs and which needs nothing else.
pub fn cargo_fuzz() -> Result<PathBuf> {
    let _lock = lock_machine()?;
    let program = tools::ensure(&tools::cargo_fuzz())?;
    Ok(program)
}

/// Makes sure that schemathesis is there, which checks the API's document and needs Python.
pub fn schemathesis(project: &Project) -> Result<PathBuf> {
    let _lock = lock_machine()?;
    let program = schemathesis::ensure(project)?;
    Ok(program)
}

fn lock_machine() -> Result<File> {
    lock::take(&machine_cache_dir()?.join("prepare.lock"), "another checkout that is installing tools")
}
