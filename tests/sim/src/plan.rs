//! What one seed is about: how many people, which troubles and how much of each.
//!
//! Each seed leaves most kinds of trouble out, so that the rest of them meet often and undisturbed.

use crate::rng::Rng;

/// The shape of one run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) visitors: usize,
    pub(crate) agents: usize,
    pub(crate) tabs: usize,
    /// Whether the first visitor has a second device, and the first agent.
    pub(crate) devices: (bool, bool),
    pub(crate) isolates: u64,
    /// Milliseconds of chaos.
    pub(crate) chaos: i64,
    /// Milliseconds between two things that happen, at most.
    pub(crate) pause: i64,
    /// Events that the first conversation begins with.
    pub(crate) history: usize,
    pub(crate) in_memory: bool,
    pub(crate) is_stricter: bool,
    pub(crate) repeats: bool,
    pub(crate) has_proxy: bool,
    pub(crate) has_adversary: bool,
    pub(crate) has_slow_lines: bool,
    /// Whether browsers have Web Locks.
    pub(crate) has_locks: bool,
    pub(crate) restores: u32,
    /// Weights of the kinds of trouble that come by themselves.
    pub(crate) network: u64,
    pub(crate) objects: u64,
    pub(crate) browsers: u64,
    pub(crate) clocks: u64,
    /// Chances in a thousand.
    pub(crate) refuse: u64,
    pub(crate) crash_in_turn: u64,
    pub(crate) crash_at_commit: u64,
    pub(crate) slow_commit: u64,
    pub(crate) statement_fails: u64,
    pub(crate) alarm: u64,
    pub(crate) calls: u64,
    pub(crate) crash_in_step: u64,
    pub(crate) bad_credential: u64,
    /// Weight of rights that end.
    pub(crate) dismissals: u64,
    /// Weight of conversations whose time is over.
    pub(crate) retention: u64,
    /// Weight of a conversation that is erased.
    pub(crate) erasure: u64,
}

impl Plan {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let mut some = |per_mille: u64, upto: u64| {
            let wanted = rng.chance(per_mille);
            let amount = 1 + rng.below(upto);
            if wanted { amount } else { 0 }
        };
        let network = some(650, 6);
        let objects = some(600, 5);
        let browsers = some(550, 5);
        let clocks = some(300, 2);
        let refuse = some(350, 300);
        let crash_in_turn = some(300, 25);
        let crash_at_commit = some(350, 80);
        let slow_commit = some(300, 80);
        let statement_fails = some(350, 80);
        let alarm = some(350, 300);
        let calls = some(350, 400);
        let crash_in_step = some(250, 30);
        let bad_credential = some(200, 150);
        let dismissals = some(250, 2);
        let retention = some(200, 2);
        let erasure = some(80, 1);
        // Both together have no more tabs than a visitor may have sockets.
        let devices = (rng.chance(120), rng.chance(120));
        let history = match rng.below(40) {
            0 => 480 + rng.index(240),
            1 => 150 + rng.index(120),
            2..=5 => 30 + rng.index(60),
            _ => 0,
        };
        Self {
            visitors: 1 + rng.index(3),
            agents: 1 + rng.index(2),
            tabs: if devices.0 { 1 + rng.index(2) } else { 1 + rng.index(3) },
            devices,
            isolates: 1 + rng.below(3),
            chaos: rng.between(15_000, 75_000),
            pause: rng.between(150, 900),
            history,
            in_memory: rng.chance(150) && history == 0,
            is_stricter: rng.chance(200),
            repeats: rng.chance(300),
            has_proxy: rng.chance(120),
            has_adversary: rng.chance(300),
            has_slow_lines: rng.chance(250),
            has_locks: rng.chance(900),
            restores: u32::from(rng.chance(120)) + u32::from(rng.chance(40)),
            network,
            objects,
            browsers,
            clocks,
            refuse,
            crash_in_turn,
            crash_at_commit,
            slow_commit,
            statement_fails,
            alarm,
            calls,
            crash_in_step,
            bad_credential,
            dismissals,
            retention,
            erasure,
        }
    }
}
