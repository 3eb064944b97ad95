//! Drafts, in memory and in the tab's own storage.

use gloo::storage::{SessionStorage, Storage as _};
use leptos::prelude::*;
use protocol::{AgentId, ConversationId};

use crate::model::drafts::{Draft, Drafts};

/// The drafts of the signed-in agent.
#[derive(Clone, Copy)]
pub(crate) struct DraftBox {
    agent: AgentId,
    drafts: StoredValue<Drafts>,
}

impl DraftBox {
    /// Reads what was left before the page was loaded.
    pub(crate) fn load(agent: AgentId) -> Self {
        Self { agent, drafts: StoredValue::new(SessionStorage::get(name(agent)).unwrap_or_default()) }
    }

    /// What was left in a conversation.
    pub(crate) fn get(self, conversation: ConversationId) -> Draft {
        self.drafts.with_value(|drafts| drafts.get(conversation))
    }

    /// Keeps a draft.
    pub(crate) fn put(self, conversation: ConversationId, draft: Draft) {
        self.drafts.update_value(|drafts| drafts.put(conversation, draft));
        // Without storage drafts live until the tab is closed.
        let _ = self.drafts.with_value(|drafts| SessionStorage::set(name(self.agent), drafts));
    }
}

fn name(agent: AgentId) -> String {
    format!("porchlight:inbox:drafts:{agent}")
}
