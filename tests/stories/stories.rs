//! The stories.

mod accessible;
mod door;
mod failed;
mod hostile;
mod identity;
mod keys;
mod markup;
mod page;
mod talk;
mod trouble;
mod windows;

use tests::Case;

use crate::theatre::Theatre;

/// All stories, those that restart the server last.
pub(crate) fn all() -> Vec<Case<Theatre>> {
    [
        talk::STORIES,
        door::STORIES,
        page::STORIES,
        hostile::STORIES,
        windows::STORIES,
        markup::STORIES,
        identity::STORIES,
        keys::STORIES,
        accessible::STORIES,
        failed::STORIES,
        trouble::STORIES,
    ]
    .concat()
}
