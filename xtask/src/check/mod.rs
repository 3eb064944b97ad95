//! `cargo xtask check`: everything that must hold before a merge and is not a test.

mod dependencies;
mod tidy;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::cargo::{self, Metadata};
use crate::console;
use crate::interrupt;
use crate::prepare::{Needs, TARGET, Tools, prepare};
use crate::project::Project;
use crate::size;
use crate::step::Step;

/// Packages that compile for WebAssembly; all others are checked on the host.
const WASM_PACKAGES: [&str; 4] = ["edge", "inbox", "sync-web", "widget"];

/// The workspace of the fuzzer's programs, apart from the other so that nothing else is built with its instruments.
const FUZZ_MANIFEST: &str = "tests/fuzz/targets/Cargo.toml";

type Check = fn(&Project, &Tools) -> Result<()>;

const CHECKS: [(&str, Check); 9] = [
    ("formatting", formatting),
    ("tidy rules", tidy_rules),
    ("dependency rules", dependency_rules),
    ("loader's types", loader_types),
    ("clippy on the host", clippy_host),
    ("clippy on wasm", clippy_wasm),
    ("documentation", documentation),
    ("licences, bans, sources", cargo_deny),
    ("size budget", size::size),
];

/// Runs every check, also after one failed, and prints a table of them.
pub fn check(project: &Project) -> Result<()> {
    let tools = prepare(project, Needs { checks: true, ..Needs::default() })?;
    let mut rows = Vec::new();
    for (name, run) in CHECKS {
        console::heading(name);
        let started = Instant::now();
        let outcome = run(project, &tools);
        interrupt::check()?;
        if let Err(error) = &outcome {
            console::say(format!("  {} {error:#}", console::red("✗")));
        }
        rows.push((name, outcome.is_ok(), started.elapsed()));
    }
    console::say("");
    for (name, passed, length) in &rows {
        let word = if *passed { console::green("ok    ") } else { console::red("failed") };
        console::say(format!("  {name:<26} {word}  {}", console::duration(*length)));
    }
    let failed = rows.iter().filter(|(_, passed, _)| !passed).count();
    if failed > 0 {
        bail!("{failed} of {} checks failed", rows.len());
    }
    Ok(())
}

fn formatting(project: &Project, _: &Tools) -> Result<()> {
    let mut command = cargo::clean_command("cargo");
    command.args(["fmt", "--all", "--", "--check"]).current_dir(&project.root);
    Step::new("cargo fmt", command).show_output().run()?;
    let mut command = cargo::clean_command("cargo");
    command.args(["fmt", "--manifest-path", FUZZ_MANIFEST, "--", "--check"]).current_dir(&project.root);
    Step::new("cargo fmt of the fuzzer's programs", command).show_output().run()?;
    Ok(())
}

fn tidy_rules(project: &Project, _: &Tools) -> Result<()> {
    refuse(tidy::violations(project)?)
}

fn dependency_rules(project: &Project, _: &Tools) -> Result<()> {
    refuse(dependencies::violations(&Metadata::read(project)?))
}

fn loader_types(project: &Project, tools: &Tools) -> Result<()> {
    let mut command = tools.node.script("typescript/bin/tsc");
    command.args(["--noEmit", "--project", "widget/loader"]).current_dir(&project.root);
    Step::new("tsc", command).show_output().run()?;
    let mut command = tools.node.script("typescript/bin/tsc");
    command.args(["--noEmit", "--project", "crates/sync-web/files"]).current_dir(&project.root);
    Step::new("tsc of the files", command).show_output().run()?;
    Ok(())
}

fn clippy_host(project: &Project, _: &Tools) -> Result<()> {
    let mut command = cargo::host_command();
    command.args(["clippy", "--workspace", "--all-targets"]).current_dir(&project.root);
    for package in WASM_PACKAGES {
        command.args(["--exclude", package]);
    }
    command.args(["--", "-D", "warnings"]);
    Step::new("cargo clippy", command).show_output().run()?;
    Ok(())
}

fn clippy_wasm(project: &Project, tools: &Tools) -> Result<()> {
    let mut command = cargo::with_progress(cargo::clean_command("cargo"));
    tools.wasm.apply(&mut command);
    command.args(["clippy", "--target", TARGET]).current_dir(&project.root);
    for package in WASM_PACKAGES {
        command.args(["--package", package]);
    }
    command.args(["--", "-D", "warnings"]);
    command.env("CARGO_TARGET_DIR", project.wasm_target_dir());
    Step::new("cargo clippy for wasm", command).show_output().run()?;
    Ok(())
}

fn documentation(project: &Project, _: &Tools) -> Result<()> {
    let mut command = cargo::host_command();
    command.args(["doc", "--workspace", "--no-deps", "--document-private-items"]).current_dir(&project.root);
    for package in WASM_PACKAGES {
        command.args(["--exclude", package]);
    }
    command.env("RUSTDOCFLAGS", "-D warnings");
    Step::new("cargo doc", command).show_output().run()?;
    Ok(())
}

fn cargo_deny(project: &Project, tools: &Tools) -> Result<()> {
    let Some(program) = &tools.cargo_deny else { bail!("cargo-deny was not prepared") };
    let mut command = cargo::clean_command(program);
    command.args(["--log-level", "warn", "check", "licenses", "bans", "sources"]).current_dir(&project.root);
    Step::new("cargo deny", command).show_output().run()?;
    let mut command = cargo::clean_command(program);
    command.args(["--log-level", "warn", "--manifest-path", FUZZ_MANIFEST, "--config", "deny.toml"]);
    command.args(["check", "licenses", "bans", "sources"]).current_dir(&project.root);
    Step::new("cargo deny of the fuzzer's programs", command).show_output().run()?;
    Ok(())
}

fn refuse(violations: Vec<String>) -> Result<()> {
    for violation in &violations {
        console::say(format!("    {violation}"));
    }
    if !violations.is_empty() {
        bail!("{} places break a rule", violations.len());
    }
    Ok(())
}
