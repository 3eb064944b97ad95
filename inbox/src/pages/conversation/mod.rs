//! One conversation: in a part of its own, which comes right after the list.

mod assist;
mod blocking;
mod bulk;
mod chats;
mod choices;
mod further_views;
mod handle;
mod macros;
mod members;
mod new_chat;
mod page;
mod private;
mod private_assist;
mod private_header;
mod undoing;

pub(super) use choices::labels_known;
pub(super) use further_views::{Edited, EditingFilter};

use super::later::{by_the_way, later};

sync_web::part!(conversation);

later!(conversation, ConversationPage, page::ConversationPage);
later!(conversation, PrivateChatPage, private::PrivateChatPage);
later!(conversation, NewChatDialog, new_chat::NewChatDialog);
by_the_way!(conversation, BulkBar, bulk::BulkBar);
by_the_way!(conversation, PrivateChats, chats::PrivateChats);
by_the_way!(conversation, FurtherViews, further_views::FurtherViews);

/// Loads the part before somebody opens a conversation; if that fails, it is loaded then.
pub(super) async fn come() {
    let _ = sync_web::part::load_part("conversation").await;
}
