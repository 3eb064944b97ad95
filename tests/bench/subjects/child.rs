//! A rival's process with its data and its log.

use std::fs::File;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use xtask::process_group::ProcessGroup;
use xtask::server::check_port;

const START_PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(20);

/// A running process; dropping it kills it and removes its data.
pub(crate) struct Child {
    group: ProcessGroup,
    process: u32,
    data: PathBuf,
}

impl Child {
    /// Starts a command and waits until it listens.
    ///
    /// # Panics
    /// If it does not; its log is `log` in the data's directory.
    pub(crate) fn start(mut command: Command, port: u16, data: &Path) -> Self {
        check_port(port).expect("a free port");
        let log = File::create(data.join("log")).expect("a log file");
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log file")).stderr(log);
        let mut group = ProcessGroup::spawn_guarded(&mut command).expect("the server starts");
        let process = group.leader().id();
        let deadline = Instant::now() + START_PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || std::fs::read_to_string(data.join("log")).unwrap_or_default();
            assert!(matches!(group.try_wait(), Ok(None)), "the server ended: {}", log());
            assert!(Instant::now() < deadline, "the server does not listen: {}", log());
            std::thread::sleep(POLL);
        }
        Self { group, process, data: data.to_path_buf() }
    }

    /// The process.
    pub(crate) const fn process(&self) -> u32 {
        self.process
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.group.kill();
        // What is left harms nobody.
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
