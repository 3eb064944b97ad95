//! A child process and everything it starts, ended together.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{
    Pid, Signal, WaitOptions, kill_process, kill_process_group, test_kill_process_group, waitpgid,
};

const POLL: Duration = Duration::from_millis(20);

/// A child that leads a process group of its own.
///
/// Dropping it kills the whole group. A guarded group also dies when this program is killed with no chance to clean
/// up: the guard is a member of the group that waits for the end of a pipe this program holds.
#[derive(Debug)]
pub struct ProcessGroup {
    child: Child,
    group: Pid,
    guard: Option<Child>,
    ended: bool,
}

impl ProcessGroup {
    /// Starts a command as the leader of a new group.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child =
            command.process_group(0).spawn().with_context(|| format!("{program} cannot be started"))?;
        let group = Pid::from_child(&child);
        Ok(Self { child, group, guard: None, ended: false })
    }

    /// Starts a command as the leader of a new group that does not outlive this program.
    pub fn spawn_guarded(command: &mut Command) -> Result<Self> {
        adopt_orphans();
        let mut started = Self::spawn(command)?;
        let guard = Command::new("/bin/sh")
            .args(["-c", "read -r _; kill -s KILL 0"])
            .process_group(started.group.as_raw_nonzero().get())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("/bin/sh cannot be started")?;
        started.guard = Some(guard);
        Ok(started)
    }

    /// Gives access to the leader, for its pipes.
    pub fn leader(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Returns the leader's exit status if it has ended.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Kills every process of the group at once, as `kill -9` does.
    pub fn kill(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        // An error means that nobody is left to kill.
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.wait();
        if let Some(mut guard) = self.guard.take() {
            let _ = guard.wait();
        }
        self.wait_until_empty(Duration::from_secs(2));
    }

    /// Asks the leader to end, waits, and kills what is left of the group.
    pub fn stop(&mut self, patience: Duration) {
        if self.ended {
            return;
        }
        let _ = kill_process(self.group, Signal::TERM);
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(POLL);
        }
        self.kill();
    }

    fn wait_until_empty(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline && test_kill_process_group(self.group).is_ok() {
            // Grandchildren that became ours leave the process table only when somebody asks for their end.
            while matches!(waitpgid(self.group, WaitOptions::NOHANG), Ok(Some(_))) {}
            std::thread::sleep(POLL);
        }
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Makes this program the parent of grandchildren whose parent ends: not every init of a container reaps them.
#[cfg(target_os = "linux")]
fn adopt_orphans() {
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

#[cfg(not(target_os = "linux"))]
fn adopt_orphans() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn killing_a_group_ends_grandchildren_too() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "sleep 600 & sleep 600"]);
        let mut group = ProcessGroup::spawn_guarded(&mut command).unwrap();
        let id = group.group;

        group.kill();

        assert!(test_kill_process_group(id).is_err());
    }
}
