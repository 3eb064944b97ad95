//! A site that one case has for itself.

use protocol::http::site::SiteView;
use serde_json::{Value, json};
use tests::http::Answer;
use tests::{Agent, Stage};

/// A site of its own, and the owner.
pub(crate) struct Site<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) agent: Agent,
    pub(crate) view: SiteView,
}

impl<'a> Site<'a> {
    pub(crate) fn new(stage: &'a Stage) -> Self {
        let agent = Agent::sign_in(stage);
        let settings = json!({
            "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "" },
            "allowed_origins": [], "allow_localhost": true, "identity": "off",
        });
        let view = agent.ask_of_sites("POST", "", &settings).json();
        Self { stage, agent, view }
    }

    /// Says how it receives its visitors.
    pub(crate) fn receives(&self, reception: &Value) -> Answer {
        self.agent.ask_of_sites("PUT", &format!("/{}/reception", self.view.id), reception)
    }
}
