//! Builds what is served: the loader, the two Leptos apps, the document of the REST API and the Worker.
//!
//! Each part leaves a stamp of its inputs; a part whose inputs did not change is not built again. Cargo decides that
//! for Rust, so the stamps start where cargo ends: at the `.wasm` file it wrote.

mod api;
mod app;
mod assets;
mod loader;
mod order;
mod parts;
mod prune;
mod stamp;
mod wasm;
mod worker;

pub use app::{App, floor};

use std::fs::File;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::console;
use crate::lock;
use crate::prepare::Tools;
use crate::project::Project;

/// How much the build spends on size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build, for `cargo xtask dev`.
    Dev,
    /// Small to load, for tests and for production.
    Release,
}

impl Mode {
    /// Returns the name of cargo's profile for what browsers load.
    pub fn profile(self) -> &'static str {
        match self {
            Mode::Dev => "wasm-dev",
            Mode::Release => "wasm",
        }
    }

    /// Returns the name of cargo's profile for the Worker.
    pub fn worker_profile(self) -> &'static str {
        match self {
            Mode::Dev => "wasm-dev",
            Mode::Release => "worker",
        }
    }
}

/// One thing that can be built alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The script tag's file.
    Loader,
    /// The visitor's chat.
    Widget,
    /// The agents' app.
    Inbox,
    /// The document of the REST API.
    Api,
    /// The Worker.
    Edge,
}

impl Part {
    /// All parts, in the order they are built.
    pub const ALL: [Part; 5] = [Part::Loader, Part::Widget, Part::Inbox, Part::Api, Part::Edge];

    /// Returns the name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Part::Loader => "loader",
            Part::Widget => "widget",
            Part::Inbox => "inbox",
            Part::Api => "api",
            Part::Edge => "edge",
        }
    }

    /// Finds a part by its name on the command line.
    pub fn from_name(name: &str) -> Result<Self> {
        match Self::ALL.into_iter().find(|part| part.name() == name) {
            Some(part) => Ok(part),
            None => bail!("there is no part `{name}`: the parts are loader, widget, inbox, api and edge"),
        }
    }
}

/// Builds some parts and says what was rebuilt.
pub fn build(project: &Project, tools: &Tools, mode: Mode, parts: &[Part]) -> Result<()> {
    let _lock = lock(project)?;
    for part in parts {
        let started = Instant::now();
        let built = match part {
            Part::Loader => loader::build(project, tools),
            Part::Widget => app::build(project, tools, mode, App::WIDGET),
            Part::Inbox => app::build(project, tools, mode, App::INBOX),
            Part::Api => api::build(project, tools),
            Part::Edge => worker::build(project, tools, mode),
        }?;
        let word = if built { "built" } else { "unchanged" };
        console::say(format!("  {} {word} {}", part.name(), console::duration(started.elapsed())));
    }
    Ok(())
}

/// Two builds would write the same files.
fn lock(project: &Project) -> Result<File> {
    lock::take(&project.scratch_dir().join("build.lock"), "another build of this checkout")
}
