//! Installs Debian packages, where there is apt and the right to use it.

use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Result;

use crate::project::find_on_path;
use crate::step::Step;

static UPDATED: OnceLock<()> = OnceLock::new();

/// Says whether packages can be installed without asking for a password.
pub(super) fn can_install() -> bool {
    find_on_path("apt-get").is_some() && (is_root() || sudo_works())
}

/// Installs packages, after refreshing the package lists once.
pub(super) fn install(purpose: &str, packages: &[&str]) -> Result<()> {
    if UPDATED.get().is_none() {
        let mut update = apt_get();
        update.arg("update");
        // A broken third-party source fails the update and need not fail the installation.
        Step::new("apt-get update", update).limit(Duration::from_secs(300)).attempt()?;
        let _ = UPDATED.set(());
    }
    let mut install = apt_get();
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    Step::new(format!("apt-get install {} ({purpose})", packages.join(" ")), install).run()?;
    Ok(())
}

/// Returns a command that runs with the right to write to the system's folders.
pub(super) fn privileged(program: &str) -> Command {
    if is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", program]);
    command
}

fn apt_get() -> Command {
    let mut command = privileged("env");
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"]);
    command
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn sudo_works() -> bool {
    let answer = Command::new("sudo").args(["--non-interactive", "true"]).output();
    answer.is_ok_and(|output| output.status.success())
}
