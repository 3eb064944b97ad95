//! What the pages share: who is signed in, their workspace, the list, the open conversations, the drafts, forms on their
//! way, a question for a passkey. Decides nothing.

pub(crate) mod account;
pub(crate) mod canned;
pub(crate) mod contacts;
pub(crate) mod drafts;
pub(crate) mod feed;
pub(crate) mod form;
pub(crate) mod loaded;
pub(crate) mod open;
pub(crate) mod outboxes;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod proofs;
pub(crate) mod search;
pub(crate) mod selection;
pub(crate) mod shown_view;
pub(crate) mod title;
pub(crate) mod workspace;
