//! What tests against the running system share: a server of their own, and clients that speak the real protocol.

pub mod adapted;
pub mod agent;
pub mod api;
pub mod authenticator;
pub mod case;
pub mod driver;
pub mod file;
pub mod http;
pub mod line;
pub mod person;
pub mod proxy;
pub mod raw;
pub mod signer;
pub mod stage;
pub mod visitor;
pub mod workerd;

pub use agent::Agent;
pub use api::{Api, Desk};
pub use case::{Case, run_cases};
pub use line::{Line, Received};
pub use person::Person;
pub use proxy::Proxy;
pub use raw::Raw;
pub use signer::Signer;
pub use stage::Stage;
pub use visitor::Visitor;

/// Random bytes for an id.
#[must_use]
pub fn random<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the machine has randomness");
    bytes
}
