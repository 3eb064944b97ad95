//! `cargo xtask bench`: what the built Worker costs and how fast it is, beside other servers.
//!
//! The measuring itself is the test program `bench` of the package `tests`, which is given a command here. What it
//! measures ours beside is installed on demand: from npm into `target/bench/rivals`, from Debian with apt. What cannot be
//! installed is left out.

mod widgets;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::{Mode, Part, build};
use crate::cargo;
use crate::console;
use crate::hash;
use crate::interrupt::Interrupted;
use crate::prepare::{self, Needs, Tools};
use crate::project::{Project, find_on_path};
use crate::step::Step;

/// Files of the rivals from npm, in the folder of the sources and in the one where they run.
const FROM_NPM: [&str; 5] = ["package.json", "package-lock.json", "partyserver.js", "socketio.mjs", "ws.mjs"];

/// Debian's packages of the rivals, with the program that tells that one is installed.
const FROM_DEBIAN: [(&str, &[&str]); 2] =
    [("ejabberdctl", &["ejabberd", "erlang-p1-sqlite3"]), ("prosody", &["prosody", "lua-dbi-sqlite3"])];

/// What to measure, and how long.
#[derive(Debug, Clone)]
pub enum Bench {
    /// Processor, time and memory, beside other servers.
    Server {
        /// Rounds, in each of which every server has its turn.
        rounds: u32,
        /// Conversations that are open in each.
        conversations: u32,
        /// `tmpfs`, `disk` or both.
        on: String,
        /// Names of servers, `opening` and `cost`, with commas; everything if empty.
        only: String,
    },
    /// What a chat adds to a page in a browser, beside other widgets.
    Widget {
        /// Rounds, in each of which every widget has its turn.
        rounds: u32,
        /// Names of widgets, and `lighthouse`, with commas; everything if empty.
        only: String,
    },
    /// Rows, requests and calls of a conversation, and their price.
    Cost {
        /// `brisk` or `human`.
        pace: String,
        /// Conversations at the same time.
        conversations: u32,
    },
    /// How long until somebody who is removed is out of all that they have open.
    Removal {
        /// Conversations that they have open.
        conversations: u32,
    },
    /// How long others wait while a thousand passwords are guessed.
    Guessing,
    /// How long it takes to find words among a million messages.
    Search,
}

/// Builds what is measured, measures it and prints tables; says whether the measuring itself succeeded.
pub fn bench(project: &Project, what: &Bench) -> Result<bool> {
    let mut command = cargo::host_command();
    if let Bench::Search = what {
        command.args(["bench", "--package", "sim", "--bench", "search"]);
    } else {
        let browser = matches!(what, Bench::Widget { .. });
        let tools = prepare::prepare(project, Needs { browser, ..Needs::default() })?;
        let parts = [Part::Loader, Part::Widget, Part::Edge];
        build(project, &tools, Mode::Release, if browser { &parts } else { &parts[2..] })?;
        if let Some(browser) = &tools.browser {
            browser.tell(&mut command);
        }
        command.args(["test", "--package", "tests", "--test", "bench", "--"]);
        if let Bench::Server { only, .. } = what {
            console::heading("Rivals");
            install_rivals(project, &tools, only)?;
        }
        if let Bench::Widget { only, .. } = what {
            console::heading("Rivals");
            widgets::install(project, only)?;
        }
    }
    match what {
        Bench::Server { rounds, conversations, on, only } => {
            command.arg("server").args(["--rounds", &rounds.to_string()]);
            command.args(["--conversations", &conversations.to_string(), "--on", on]);
            if !only.is_empty() {
                command.args(["--only", only]);
            }
        }
        Bench::Widget { rounds, only } => {
            command.args(["widget", "--rounds", &rounds.to_string()]);
            if !only.is_empty() {
                command.args(["--only", only]);
            }
        }
        Bench::Cost { pace, conversations } => {
            command.args(["cost", "--pace", pace, "--conversations", &conversations.to_string()]);
        }
        Bench::Removal { conversations } => {
            command.args(["removal", "--conversations", &conversations.to_string()]);
        }
        Bench::Guessing => {
            command.arg("guessing");
        }
        Bench::Search => {}
    }
    console::heading("Bench");
    Ok(Step::new("bench", command).show_output().attempt()?.success)
}

/// Installs what is wanted and missing. A failure is told; the servers that it concerns are then left out.
fn install_rivals(project: &Project, tools: &Tools, only: &str) -> Result<()> {
    let wants = |name: &str| only.is_empty() || only.split(',').any(|wanted| wanted == name);
    if ["partyserver", "socket.io", "ws"].into_iter().any(wants) {
        tell_failure("npm's rivals", install_from_npm(project, tools))?;
    }
    for (program, packages) in FROM_DEBIAN {
        if packages.first().is_some_and(|name| wants(name)) && find_on_path(program).is_none() {
            tell_failure(packages[0], prepare::install_stopped("a rival", packages))?;
        }
    }
    Ok(())
}

fn tell_failure(name: &str, outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.is::<Interrupted>() => return Err(error),
        Err(error) => console::say(format!("  {} {name} cannot be installed: {error:#}", console::red("✗"))),
        Ok(()) => {}
    }
    Ok(())
}

fn install_from_npm(project: &Project, tools: &Tools) -> Result<()> {
    let sources = project.path("tests/bench/rivals");
    let folder = project.path("target/bench/rivals");
    let wanted = hash::of_files(&FROM_NPM.map(|name| sources.join(name)))?;
    let stamp = folder.join("stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for name in FROM_NPM {
        std::fs::copy(sources.join(name), folder.join(name))
            .with_context(|| format!("{name} cannot be copied"))?;
    }
    let mut command = Command::new("npm");
    command.args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--legacy-peer-deps",
        "--loglevel=error",
    ]);
    command.current_dir(&folder);
    Step::new("npm packages of the rivals (partyserver, socket.io, ws)", command).run()?;
    bundle(tools, &folder)?;
    std::fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(())
}

/// Makes one file of the Worker that uses partyserver: workerd resolves no packages.
fn bundle(tools: &Tools, folder: &Path) -> Result<()> {
    let mut command = Command::new(tools.node.esbuild()?);
    command.args(["partyserver.js", "--bundle", "--format=esm", "--conditions=workerd,worker,browser"]);
    command.args(["--external:cloudflare:*", "--external:node:*", "--outfile=partyserver.bundle.js"]);
    command.args(["--log-level=error"]).current_dir(folder);
    Step::new("esbuild partyserver", command).quiet().run()?;
    Ok(())
}
