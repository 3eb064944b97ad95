//! The program that drives Chromium.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use thirtyfour::error::WebDriverResult;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities as _};
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

/// A Chromium that asks the network for nothing of its own: the one that `cargo xtask` has found, else the driver's. `more`
/// are further arguments.
///
/// # Errors
/// If an argument cannot be written.
pub fn chromium(more: &[&str]) -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = ChromeCapabilities::new();
    let own = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--window-size=1280,900",
    ];
    for argument in own.iter().chain(more) {
        capabilities.add_arg(argument)?;
    }
    if let Ok(chrome) = std::env::var("PORCHLIGHT_CHROME") {
        capabilities.set_binary(&chrome)?;
    }
    Ok(capabilities)
}
