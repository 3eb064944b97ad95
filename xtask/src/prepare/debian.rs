//! Installs Debian packages, where there is apt and the right to use it.

use std::path::Path;
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

/// The script that Debian asks whether a service may be started (`invoke-rc.d(8)`).
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Installs packages of services and starts none of them, then or when the machine starts.
pub(super) fn install_stopped(purpose: &str, packages: &[&str]) -> Result<()> {
    let is_ours = !Path::new(POLICY).exists();
    if is_ours {
        let script = format!("printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}");
        let mut write = privileged("sh");
        write.args(["-c", &script]);
        Step::new("no service starts", write).quiet().run()?;
    }
    let installed = install(purpose, packages);
    if is_ours {
        let mut remove = privileged("rm");
        remove.args(["-f", POLICY]);
        Step::new("services may start", remove).quiet().run()?;
    }
    installed?;
    for package in packages {
        // Most packages have no service, and not every machine has systemd.
        let mut disable = privileged("systemctl");
        disable.args(["--quiet", "disable", package]);
        let _ = disable.output();
    }
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
