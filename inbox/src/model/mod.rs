//! What the views show, computed without a browser: every function here is pure and tested on the host.

pub(crate) mod agents;
pub(crate) mod ago;
pub(crate) mod composition;
pub(crate) mod days;
pub(crate) mod drafts;
pub(crate) mod filter;
pub(crate) mod links;
pub(crate) mod list_row;
pub(crate) mod roving;
pub(crate) mod shortcut;
pub(crate) mod sign_in_target;
pub(crate) mod standing;
pub(crate) mod thread_row;
pub(crate) mod title;
pub(crate) mod visitor_name;
