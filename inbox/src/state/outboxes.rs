//! Where unsent messages wait for a reload: in the tab's own storage, so that two tabs never share a numbering.

use gloo::storage::{SessionStorage, Storage as _};
use protocol::{AgentId, ConversationId};

/// The name bears the agent, so that nobody sends what somebody else wrote on the same machine.
fn name(agent: AgentId, conversation: ConversationId) -> String {
    format!("porchlight:inbox:outbox:{agent}:{conversation}")
}

/// What was kept.
pub(crate) fn load(agent: AgentId, conversation: ConversationId) -> Option<String> {
    SessionStorage::get(name(agent, conversation)).ok()
}

/// Keeps an outbox; without storage it lives until the tab is closed.
pub(crate) fn save(agent: AgentId, conversation: ConversationId, outbox: &str) {
    let _ = SessionStorage::set(name(agent, conversation), outbox);
}
