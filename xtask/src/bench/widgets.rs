//! The widgets that ours is measured beside, and Lighthouse: npm's packages, into the target folder.
//!
//! Of a widget only the files that a page loads are taken out of the package, whose hash is known: what it says it needs is for
//! building it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest as _, Sha512};

use super::tell_failure;
use crate::hash;
use crate::project::Project;
use crate::step::Step;

const SOURCES: &str = "tests/bench/rivals";
const LIGHTHOUSE: &str = "lighthouse";
/// Its files, in the folder of the sources and in the one where it runs.
const LIGHTHOUSE_FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// A package, and what of it is served.
#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    /// As npm states it (W3C Subresource Integrity).
    integrity: String,
    /// The folder in the package that a page loads from.
    folder: String,
    /// The folder where the shop serves it.
    served_as: String,
}

/// Installs what is wanted and missing. A failure is told; what it concerns is then left out.
pub(super) fn install(project: &Project, only: &str) -> Result<()> {
    let wants = |name: &str| only.is_empty() || only.split(',').any(|wanted| wanted == name);
    let list = std::fs::read_to_string(project.path(SOURCES).join("widgets/packages.json"))?;
    for package in serde_json::from_str::<Vec<Package>>(&list).context("packages.json is damaged")? {
        tell_failure(&package.name, install_package(project, &package))?;
    }
    if wants(LIGHTHOUSE) {
        tell_failure(LIGHTHOUSE, install_lighthouse(project))?;
    }
    Ok(())
}

fn install_package(project: &Project, package: &Package) -> Result<()> {
    let folder = project.path("target/bench/widgets");
    let served = folder.join(&package.served_as);
    let stamp = folder.join(format!("{}.stamp", package.served_as));
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == package.integrity) {
        return Ok(());
    }
    let packed = folder.join("packed");
    std::fs::create_dir_all(&packed).with_context(|| format!("{} cannot be made", packed.display()))?;
    std::fs::create_dir_all(&served).with_context(|| format!("{} cannot be made", served.display()))?;
    let named = format!("{}@{}", package.name, package.version);
    let mut command = Command::new("npm");
    command.args(["pack", &named, "--ignore-scripts", "--loglevel=error"]).current_dir(&packed);
    let lines = Step::new(format!("npm package {named}"), command).run()?;
    let file = lines.last().map(|line| packed.join(line.trim())).context("npm names no file")?;
    let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    if package.integrity != format!("sha512-{}", STANDARD.encode(Sha512::digest(&bytes))) {
        bail!("{named} is another one than the one that was measured");
    }
    let mut command = Command::new("tar");
    command.arg("xzf").arg(&file).arg("-C").arg(&served).arg("--strip-components=2");
    command.arg(format!("package/{}", package.folder));
    Step::new(format!("files of {named}"), command).quiet().run()?;
    write(&stamp, &package.integrity)
}

fn install_lighthouse(project: &Project) -> Result<()> {
    let sources = project.path(SOURCES).join(LIGHTHOUSE);
    let folder = project.path("target/bench").join(LIGHTHOUSE);
    let wanted = hash::of_files(&LIGHTHOUSE_FILES.map(|name| sources.join(name)))?;
    let stamp = folder.join("stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for name in LIGHTHOUSE_FILES {
        std::fs::copy(sources.join(name), folder.join(name))
            .with_context(|| format!("{name} cannot be copied"))?;
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    command.current_dir(&folder);
    Step::new("npm packages of Lighthouse", command).run()?;
    write(&stamp, &wanted)
}

fn write(stamp: &Path, text: &str) -> Result<()> {
    std::fs::write(stamp, text).with_context(|| format!("{} cannot be written", stamp.display()))
}
