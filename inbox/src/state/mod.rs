//! What the pages share: who is signed in, the list, the open conversations, the drafts. Decides nothing.

pub(crate) mod account;
pub(crate) mod drafts;
pub(crate) mod feed;
pub(crate) mod open;
pub(crate) mod outboxes;
