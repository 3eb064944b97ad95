//! Drafts, in memory and in the tab's own storage.

use gloo::events::EventListener;
use gloo::storage::{LocalStorage, SessionStorage, Storage as _};
use leptos::prelude::*;
use protocol::{AgentId, ConversationId};
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use crate::model::drafts::{Draft, Drafts};

/// How the names of drafts begin.
const DRAFTS: &str = "porchlight:inbox:drafts:";

/// Changes when somebody signs out.
const SIGNED_OUT: &str = "porchlight:inbox:signed-out";

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

/// Forgets everybody's drafts in this tab, and tells the other tabs that somebody has signed out here.
pub(crate) fn forget_all() {
    forget_here();
    // Where there is no storage there is nothing to forget.
    let _ = LocalStorage::set(SIGNED_OUT, js_sys::Math::random());
}

/// Forgets the drafts of this tab when another one has signed out, and then does what else is to be done.
pub(crate) fn listen(then: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "storage", move |event| {
        let event: &StorageEvent = event.unchecked_ref();
        if event.key().as_deref() == Some(SIGNED_OUT) {
            forget_here();
            then();
        }
    })
}

fn forget_here() {
    let Ok(Some(storage)) = window().session_storage() else { return };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok()?);
    let drafts: Vec<_> = names.filter(|name| name.starts_with(DRAFTS)).collect();
    for name in drafts {
        let _ = storage.remove_item(&name);
    }
}

fn name(agent: AgentId) -> String {
    format!("{DRAFTS}{agent}")
}
