//! One conversation: in a part of its own, which comes right after the list.

mod assist;
mod handle;
mod page;

use super::later::later;

sync_web::part!(conversation);

later!(conversation, ConversationPage, page::ConversationPage);

/// Loads the part before somebody opens a conversation; if that fails, it is loaded then.
pub(super) async fn come() {
    let _ = sync_web::part::load_part("conversation").await;
}
