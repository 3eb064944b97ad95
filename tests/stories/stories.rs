//! The stories.

mod accessible;
mod failed;
mod hostile;
mod page;
mod talk;
mod trouble;

use tests::Case;

use crate::theatre::Theatre;

/// All stories, those that restart the server last.
pub(crate) fn all() -> Vec<Case<Theatre>> {
    [talk::STORIES, page::STORIES, hostile::STORIES, accessible::STORIES, failed::STORIES, trouble::STORIES]
        .concat()
}
