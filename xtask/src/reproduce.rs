//! `cargo xtask reproduce`: whether what is committed gives the same bytes wherever it is built.
//!
//! It is built in this checkout and once more in a clone elsewhere, which has nothing of this one but the compiler and what the
//! lock files name; then every file that is served is compared.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{Mode, Part, build};
use crate::console;
use crate::hash;
use crate::prepare::{Needs, prepare};
use crate::project::{Project, machine_cache_dir};
use crate::step::Step;

/// What is served: what browsers load, and the Worker.
const SERVED: [&str; 2] = ["public/build", "edge/build"];

/// Builds twice, and returns whether both are the same.
///
/// # Errors
/// If something here is not committed, or a build fails.
pub fn reproduce(project: &Project) -> Result<bool> {
    let status = git(project, &["status", "--porcelain"]).output().context("git cannot be started")?;
    if !status.status.success() || !status.stdout.is_empty() {
        bail!("only what is committed can be built twice: `git status` names more");
    }
    let clone = Project { root: machine_cache_dir()?.join("reproduced") };
    remove(&clone)?;
    let mut command = git(project, &["clone", "--quiet"]);
    command.arg(&project.root).arg(&clone.root);
    Step::new("git clone", command).quiet().run()?;

    let mut served = Vec::new();
    for (name, checkout) in [("This checkout", project), ("A clone of it", &clone)] {
        console::heading(name);
        let tools = prepare(checkout, Needs::default())?;
        build(checkout, &tools, Mode::Release, &Part::ALL)?;
        let mut files = BTreeMap::new();
        for folder in SERVED {
            hashes_below(&checkout.root, &checkout.path(folder), &mut files)?;
        }
        served.push(files);
    }
    console::heading("Files");
    let differing: Vec<_> = match served.as_slice() {
        [here, there] => {
            let all = here.keys().chain(there.keys().filter(|path| !here.contains_key(*path)));
            all.filter(|path| here.get(*path) != there.get(*path)).collect()
        }
        _ => Vec::new(),
    };
    for path in &differing {
        console::say(format!("  {} {path}", console::red("differs")));
    }
    remove(&clone)?;
    let count = served.first().map_or(0, BTreeMap::len);
    console::say(format!("  {} of {count} files differ", differing.len()));
    Ok(differing.is_empty())
}

fn remove(clone: &Project) -> Result<()> {
    match std::fs::remove_dir_all(&clone.root) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", clone.root.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn git(project: &Project, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(&project.root);
    command
}

/// Adds the hash of every file below a folder, by its path from the root.
fn hashes_below(root: &Path, folder: &Path, hashes: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            hashes_below(root, &path, hashes)?;
            continue;
        }
        let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
        hashes.insert(name, hash::of_bytes(&bytes));
    }
    Ok(())
}
