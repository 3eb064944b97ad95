//! Where unsent messages wait: one item each in the browser's storage, which all of an agent's tabs share.

use std::collections::BTreeSet;

use gloo::events::EventListener;
use leptos::prelude::window;
use protocol::{AgentId, ClientMessageId, ConversationId};
use wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};

/// One item: which message, and its text.
pub(crate) type Kept = (ConversationId, ClientMessageId, String);

/// The name bears the agent, so that nobody sends what somebody else wrote on the same machine.
fn prefix(agent: AgentId) -> String {
    format!("porchlight:inbox:outbox:{agent}:")
}

/// Name of the lock of the tab that sends what was written in a conversation.
pub(crate) fn lock(agent: AgentId, conversation: ConversationId) -> String {
    format!("{}{conversation}", prefix(agent))
}

/// Lists what is kept of a conversation.
pub(crate) fn kept(agent: AgentId, conversation: ConversationId) -> Vec<Kept> {
    let mut kept = list(agent);
    kept.retain(|(other, _, _)| *other == conversation);
    kept
}

/// Lists the conversations of which anything is kept.
pub(crate) fn conversations(agent: AgentId) -> BTreeSet<ConversationId> {
    let mut all = BTreeSet::new();
    all.extend(list(agent).into_iter().map(|(conversation, _, _)| conversation));
    all
}

/// Keeps a message, or removes it if there is no text; tells whether that was possible.
pub(crate) fn keep(agent: AgentId, conversation: ConversationId, id: ClientMessageId, text: &str) -> bool {
    let name = format!("{}:{id}", lock(agent, conversation));
    storage().is_some_and(|storage| match text {
        "" => storage.remove_item(&name).is_ok(),
        text => storage.set_item(&name, text).is_ok(),
    })
}

/// Listens for what other tabs keep and remove.
pub(crate) fn listen(agent: AgentId, told: impl Fn(Kept) + 'static) -> EventListener {
    let prefix = prefix(agent);
    EventListener::new(&window(), "storage", move |event| {
        let event: &StorageEvent = event.unchecked_ref();
        let place = event.key().and_then(|name| place(&prefix, &name));
        if let Some((conversation, id)) = place {
            told((conversation, id, event.new_value().unwrap_or_default()));
        }
    })
}

fn list(agent: AgentId) -> Vec<Kept> {
    let Some(storage) = storage() else { return Vec::new() };
    let prefix = prefix(agent);
    let names = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok()?);
    let kept = names.filter_map(|name| {
        let (conversation, id) = place(&prefix, &name)?;
        Some((conversation, id, storage.get_item(&name).ok()??))
    });
    kept.collect()
}

fn place(prefix: &str, name: &str) -> Option<(ConversationId, ClientMessageId)> {
    let (conversation, id) = name.strip_prefix(prefix)?.split_once(':')?;
    Some((conversation.parse().ok()?, id.parse().ok()?))
}

/// `None` where it is denied.
fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
