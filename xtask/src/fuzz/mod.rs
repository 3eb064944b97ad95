//! `cargo xtask fuzz`: the fuzzer against the codecs, the rules and the engines, and the care of what it found.
//!
//! What the fuzzer runs is the package `fuzz` in `tests/fuzz`, whose committed inputs are part of `cargo xtask test`.

mod corpus;
mod fuzzer;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};

use self::fuzzer::Fuzzer;
use crate::console;
use crate::prepare;
use crate::project::Project;

/// What to fuzz, and for how long.
#[derive(Debug, Clone)]
pub struct FuzzOptions {
    /// Minutes for all targets together.
    pub minutes: u64,
    /// The one target; all of them if not given.
    pub target: Option<String>,
    /// Takes what was found interesting so far into the committed corpus instead.
    pub minimize: bool,
}

/// Where the inputs of one target are.
struct Folders {
    /// The committed ones.
    committed: PathBuf,
    /// Those that ever broke something, committed as well.
    regressions: PathBuf,
    /// Those that this checkout has found interesting so far.
    working: PathBuf,
}

impl Folders {
    fn of(project: &Project, target: &str) -> Result<Self> {
        let folders = Self {
            committed: project.path("tests/fuzz/corpus").join(target),
            regressions: project.path("tests/fuzz/regressions").join(target),
            working: project.path("target/fuzz/working").join(target),
        };
        for folder in [&folders.committed, &folders.regressions, &folders.working] {
            std::fs::create_dir_all(folder)?;
        }
        Ok(folders)
    }
}

/// Builds the targets with the fuzzer, runs one after the other, and says whether nothing was found.
pub fn fuzz(project: &Project, options: &FuzzOptions) -> Result<bool> {
    let targets = chosen(project, options.target.as_deref())?;
    let fuzzer = Fuzzer::build(project, prepare::cargo_fuzz()?)?;
    if options.minimize {
        for target in &targets {
            corpus::minimize(project, &fuzzer, target, &Folders::of(project, target)?)?;
        }
        return Ok(true);
    }
    let seconds = (options.minutes * 60 / targets.len() as u64).max(1);
    let mut found_nothing = true;
    for target in &targets {
        let folders = Folders::of(project, target)?;
        let findings = fuzzer.attack(target, &folders, Duration::from_secs(seconds))?;
        for finding in &findings {
            let path = finding.strip_prefix(&project.root).unwrap_or(finding);
            console::say(format!("  {} {} breaks `{target}`", console::red("✗"), path.display()));
        }
        if !findings.is_empty() {
            console::say(format!("    again: cargo test --package fuzz --test replay breaks_{target}"));
        }
        found_nothing &= findings.is_empty();
    }
    Ok(found_nothing)
}

fn chosen(project: &Project, wanted: Option<&str>) -> Result<Vec<String>> {
    let programs = corpus::files(&project.path("tests/fuzz/targets/fuzz_targets"))?;
    let stems = programs.iter().filter_map(|program| program.file_stem());
    let names: Vec<String> = stems.map(|stem| stem.to_string_lossy().into_owned()).collect();
    let Some(wanted) = wanted else {
        return Ok(names);
    };
    if !names.iter().any(|name| name == wanted) {
        bail!("there is no target `{wanted}`, only {}", names.join(", "));
    }
    Ok(vec![wanted.to_owned()])
}
