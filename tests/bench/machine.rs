//! What the machine tells of a process, and which of its processors runs what. Linux; elsewhere nothing is pinned.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The processor of the servers.
const SERVERS: &str = "0";

/// The processor of the load generator.
const GENERATOR: &str = "1";

/// Microseconds of one clock tick of `/proc`: `USER_HZ` is 100 on every Linux.
const TICK_MICROSECONDS: f64 = 10_000.0;

/// Where a server keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Medium {
    /// In memory, where a write costs only what the code costs.
    Memory,
    /// On a disk, durability included.
    Disk,
}

impl Medium {
    /// What it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Memory => "tmpfs",
            Self::Disk => "disk",
        }
    }

    /// Finds a medium by its name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Memory, Self::Disk].into_iter().find(|medium| medium.name() == name)
    }

    /// A directory on it that nothing else uses; `None` if the machine has no such file system.
    pub(crate) fn directory(self, target: &Path) -> Option<PathBuf> {
        let base = match self {
            Self::Memory => tmpfs()?,
            Self::Disk => target.join("bench/data"),
        };
        Some(base.join(format!("porchlight-bench-{}", std::process::id())))
    }
}

/// The tmpfs that every Linux has for shared memory.
fn tmpfs() -> Option<PathBuf> {
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    mounts.lines().any(|line| line.starts_with("tmpfs /dev/shm ")).then(|| PathBuf::from("/dev/shm"))
}

/// Runs something that starts a server, whose processor it then has, and returns to the generator's processor.
///
/// A process inherits its processors from the thread that starts it, so this must be called on the main thread and
/// before any thread of the generator is started.
pub(crate) fn on_the_servers_processor<R>(start: impl FnOnce() -> R) -> R {
    pin(SERVERS);
    let started = start();
    pin(GENERATOR);
    started
}

/// Says whether processes can be pinned.
pub(crate) fn can_pin() -> bool {
    pin(GENERATOR)
}

fn pin(processor: &str) -> bool {
    let id = std::process::id().to_string();
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", "--pid", processor, &id]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Microseconds that a process has had of the processors so far, its threads together.
pub(crate) fn processor_time(process: u32) -> Option<f64> {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything.
    let (_, fields) = line.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) * TICK_MICROSECONDS)
}

/// Bytes of memory that a process has.
pub(crate) fn resident_bytes(process: u32) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Rss:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0)
}
