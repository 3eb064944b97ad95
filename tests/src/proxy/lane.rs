//! One direction of a connection: which faults wait for it.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::lock;

/// What can happen to one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameFault {
    Cut,
    Double,
    Swap,
}

/// The faults of a direction.
#[derive(Debug, Default)]
pub(super) struct Lane(Mutex<Faults>);

#[derive(Debug, Default)]
struct Faults {
    latency: Duration,
    stalled_until: Option<Instant>,
    is_silent: bool,
    expected: VecDeque<FrameFault>,
}

impl Lane {
    pub(super) fn expect(&self, fault: FrameFault) {
        lock(&self.0).expected.push_back(fault);
    }

    pub(super) fn slow(&self, latency: Duration) {
        lock(&self.0).latency = latency;
    }

    pub(super) fn stall(&self, length: Duration) {
        lock(&self.0).stalled_until = Some(Instant::now() + length);
    }

    pub(super) fn silence(&self) {
        lock(&self.0).is_silent = true;
    }

    /// Ends what can be ended: bytes that were swallowed are gone.
    pub(super) fn calm(&self) {
        let mut faults = lock(&self.0);
        faults.latency = Duration::ZERO;
        faults.stalled_until = None;
        faults.expected.clear();
    }

    pub(super) fn is_silent(&self) -> bool {
        lock(&self.0).is_silent
    }

    /// How long the next piece has to wait.
    pub(super) fn wait(&self) -> Duration {
        let faults = lock(&self.0);
        let stalled = faults
            .stalled_until
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        stalled.max(faults.latency)
    }

    /// Whether pieces pass now, or have to wait for the end of a stall.
    pub(super) fn is_stalled(&self) -> bool {
        lock(&self.0).stalled_until.is_some_and(|until| until > Instant::now())
    }

    /// Takes the fault that waits for a frame.
    pub(super) fn take_expected(&self) -> Option<FrameFault> {
        lock(&self.0).expected.pop_front()
    }
}
