//! What a thread among colleagues says to its messages.

use leptos::prelude::*;
use protocol::AgentProfile;

/// In a context, it says that the thread is a private chat: what looks like a note elsewhere is a message there.
#[derive(Clone, Copy)]
pub(crate) struct AmongColleagues {
    /// Those who are named in texts.
    pub(crate) members: Signal<Vec<AgentProfile>>,
}
