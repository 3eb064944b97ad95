//! The programs that cargo-fuzz builds: libFuzzer around the targets.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::Folders;
use super::corpus::files;
use crate::cargo;
use crate::console;
use crate::project::Project;
use crate::step::{Finished, Step};

/// Bytes of the longest input. Histories of that length have some hundred steps; frames may be longer, and differ in
/// nothing but the length of their texts.
const LONGEST: u32 = 2_048;

/// Seconds within which an input must be dealt with.
const PATIENCE: u32 = 10;

/// Lines of a panic that are shown.
const SHOWN: usize = 8;

/// The built programs.
pub(super) struct Fuzzer {
    programs: PathBuf,
}

impl Fuzzer {
    /// Builds them with the toolchain in use, which need not be a nightly one.
    pub(super) fn build(project: &Project, cargo_fuzz: PathBuf) -> Result<Self> {
        let triple = host_triple()?;
        let sanitizer = if has_address_sanitizer()? { "address" } else { "none" };
        if sanitizer == "none" {
            console::say("    this toolchain has no address sanitizer: goes on without");
        }
        let folder = project.path("target/fuzz");
        let mut command = cargo::with_progress(cargo::clean_command(cargo_fuzz));
        command.args(["fuzz", "build", "--target", &triple, "--sanitizer", sanitizer, "--fuzz-dir"]);
        command.arg(project.path("tests/fuzz/targets")).arg("--target-dir").arg(&folder);
        // The instruments are flags that only a nightly compiler takes of itself.
        command.env("RUSTC_BOOTSTRAP", "1").current_dir(&project.root);
        Step::new("targets with the fuzzer", command).run()?;
        Ok(Self { programs: folder.join(triple).join("release") })
    }

    /// Lets the fuzzer attack a target for so long; returns the inputs that broke it, which are kept as regressions.
    pub(super) fn attack(&self, target: &str, folders: &Folders, time: Duration) -> Result<Vec<PathBuf>> {
        let before = files(&folders.regressions)?;
        let mut command = self.program(target);
        command.arg(&folders.working).arg(&folders.committed).arg(&folders.regressions);
        command.arg(format!("-max_total_time={}", time.as_secs()));
        command.arg(format!("-artifact_prefix={}/", folders.regressions.display()));
        command.args([format!("-max_len={LONGEST}"), format!("-timeout={PATIENCE}")]);
        command.args([
            "-len_control=10",
            "-detect_leaks=0",
            "-report_slow_units=3600",
            "-print_final_stats=1",
        ]);
        let finished = Step::new(format!("fuzzing {target}"), command).attempt()?;
        if !finished.success {
            let panic = finished.lines.iter().skip_while(|line| !line.contains("panicked at"));
            panic.take(SHOWN).for_each(|line| console::say(format!("    {line}")));
        }
        console::say(format!("    {}", summary(&finished)));
        let after = files(&folders.regressions)?;
        let findings: Vec<PathBuf> = after.into_iter().filter(|file| !before.contains(file)).collect();
        if !finished.success && findings.is_empty() {
            let last = finished.lines.last().map_or("it said nothing", String::as_str);
            anyhow::bail!("the fuzzer broke off without a finding: {last}");
        }
        Ok(findings)
    }

    /// Merges folders into an empty one: inputs that together reach all that is reached. Each input's features are
    /// written to `record`.
    pub(super) fn merge(&self, target: &str, into: &Path, from: &[&Path], record: &Path) -> Result<()> {
        let mut command = self.program(target);
        command.args(["-set_cover_merge=1", "-use_counters=0", "-detect_leaks=0"]);
        command.arg(format!("-merge_control_file={}", record.display()));
        command.arg(into).args(from);
        Step::new(format!("merging {target}"), command).run()?;
        Ok(())
    }

    fn program(&self, target: &str) -> Command {
        let mut command = cargo::clean_command(self.programs.join(target));
        command.env("ASAN_OPTIONS", "detect_odr_violation=0");
        command
    }
}

/// What a run came to.
fn summary(finished: &Finished) -> String {
    let statistic = |name: &str| {
        let line =
            finished.lines.iter().rev().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name));
        line.map_or("?", |rest| rest.trim_start_matches(':').trim())
    };
    let coverage = finished.lines.iter().rev().find_map(|line| {
        let (_, rest) = line.split_once("cov: ")?;
        rest.split(' ').next()
    });
    format!(
        "{} inputs tried, {} kept, {} places reached",
        statistic("number_of_executed_units"),
        statistic("new_units_added"),
        coverage.unwrap_or("?"),
    )
}

fn host_triple() -> Result<String> {
    let lines = rustc(&["--version", "--verbose"])?;
    let host = lines.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

fn has_address_sanitizer() -> Result<bool> {
    let folder = rustc(&["--print", "target-libdir"])?;
    // The folder that is printed holds the libraries; the sanitizers' are one above it.
    let libraries = Path::new(folder.trim());
    let folders = [Some(libraries), libraries.parent(), libraries.parent().and_then(Path::parent)];
    let mut names = folders.into_iter().flatten().flat_map(|folder| files(folder).unwrap_or_default());
    Ok(names.any(|file| file.to_string_lossy().contains("_rt.asan.")))
}

fn rustc(arguments: &[&str]) -> Result<String> {
    let output = cargo::clean_command("rustc").args(arguments).output().context("rustc cannot be started")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_summed_up() {
        let lines = [
            "#8\tNEW    cov: 90 ft: 100 corp: 3/9b",
            "#9\tDONE   cov: 120 ft: 130 corp: 4/12b",
            "stat::number_of_executed_units: 9",
            "stat::new_units_added:          3",
        ];
        let finished = Finished { success: true, lines: lines.map(str::to_owned).to_vec() };

        assert_eq!(summary(&finished), "9 inputs tried, 3 kept, 120 places reached");
    }
}
