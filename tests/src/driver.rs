//! The program that drives Chromium.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use xtask::process_group::ProcessGroup;

const PATIENCE: Duration = Duration::from_secs(20);

/// Starts chromedriver on a port: the one that `cargo xtask` has found, else the one on PATH.
///
/// # Panics
/// If it does not listen.
#[must_use]
pub fn start(port: u16) -> ProcessGroup {
    let program = std::env::var_os("PORCHLIGHT_CHROMEDRIVER")
        .map_or_else(|| PathBuf::from("chromedriver"), PathBuf::from);
    let mut command = Command::new(program);
    command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let driver = ProcessGroup::spawn_guarded(&mut command).expect("chromedriver starts");
    let began = Instant::now();
    while TcpStream::connect(("localhost", port)).is_err() {
        assert!(began.elapsed() < PATIENCE, "chromedriver does not listen");
        sleep(Duration::from_millis(50));
    }
    driver
}
