//! Ctrl-C and its relatives, as a flag that every waiting loop looks at.
//!
//! Child processes run in process groups of their own, so a signal from the terminal reaches this program alone;
//! whoever waits for a child sees the flag, ends the child's group and returns [`Interrupted`].

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

const POLL: Duration = Duration::from_millis(100);

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// How long a first signal has to work before another one ends the program at once; some senders send two.
const PATIENCE: Duration = Duration::from_secs(1);

/// Starts to listen for signals.
pub fn install() -> Result<()> {
    let flag = Arc::clone(FLAG.get_or_init(Arc::default));
    let impatient = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&impatient))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&flag)))
            .context("the signal handler cannot be installed")?;
    }
    std::thread::spawn(move || {
        while !requested() {
            std::thread::sleep(POLL);
        }
        std::thread::sleep(PATIENCE);
        impatient.store(true, Ordering::SeqCst);
    });
    Ok(())
}

/// Says whether the user asked to stop.
pub fn requested() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::SeqCst))
}

/// Returns an error if the user asked to stop.
pub fn check() -> Result<()> {
    if requested() {
        return Err(Interrupted.into());
    }
    Ok(())
}

/// The error that means: the user asked to stop, nothing is wrong.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("stopped")
    }
}

impl std::error::Error for Interrupted {}
