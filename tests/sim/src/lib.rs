//! The deterministic simulator: real rules, real stores, real clients; a simulated platform, network and browser.
//!
//! One seed is one world on one thread with a virtual clock: visitors and agents with their tabs, an object for each
//! conversation, the workspace's object, and whatever goes wrong between them. First chaos, then calm, in which everybody
//! must come to agree. The `oracle` knows what ought to be true from `docs/SPEC.md` alone. The same seed gives the same
//! world, to the last byte.
//!
//! What it does not show, the real runtime must: `cargo xtask chaos`.

mod browser;
mod database;
mod faults;
mod network;
mod object;
mod oracle;
mod plan;
mod rng;
mod run;
mod trace;
mod world;

pub use run::{Options, main, mutants, story};
