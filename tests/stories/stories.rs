//! The stories.

mod accessible;
mod blocking;
mod bulk;
pub(crate) mod compose;
mod contacts;
mod desk;
mod door;
mod failed;
pub(crate) mod files;
mod filters;
mod home;
mod host_page;
mod hostile;
mod hours;
mod identity;
mod install;
mod installed;
mod keys;
mod language;
mod look;
mod macros;
mod markup;
mod notices;
mod ownership;
mod page;
pub(crate) mod passkeys;
mod pictures;
mod places;
mod preview;
mod privacy;
pub(crate) mod private_chats;
mod proactive;
mod questions;
mod reach;
mod reports;
mod roles;
mod routing;
mod search;
mod sessions;
mod signing_in;
mod states;
mod talk;
mod teams;
mod trouble;
mod visitors;
mod waiting;
mod windows;

use tests::Case;

use crate::theatre::Theatre;

/// All stories: late the one that gives all that waits to somebody, and those that restart the server last.
pub(crate) fn all() -> Vec<Case<Theatre>> {
    [
        talk::STORIES,
        home::STORIES,
        desk::STORIES,
        bulk::STORIES,
        search::STORIES,
        contacts::STORIES,
        visitors::STORIES,
        private_chats::STORIES,
        teams::STORIES,
        filters::STORIES,
        installed::STORIES,
        files::STORIES,
        door::STORIES,
        signing_in::STORIES,
        sessions::STORIES,
        ownership::STORIES,
        roles::STORIES,
        install::STORIES,
        passkeys::STORIES,
        pictures::STORIES,
        page::STORIES,
        hostile::STORIES,
        host_page::STORIES,
        places::STORIES,
        privacy::STORIES,
        waiting::STORIES,
        windows::STORIES,
        preview::STORIES,
        markup::STORIES,
        identity::STORIES,
        keys::STORIES,
        notices::STORIES,
        language::STORIES,
        hours::STORIES,
        look::STORIES,
        proactive::STORIES,
        questions::STORIES,
        reach::STORIES,
        reports::STORIES,
        compose::STORIES,
        blocking::STORIES,
        macros::STORIES,
        accessible::STORIES,
        states::STORIES,
        routing::STORIES,
        failed::STORIES,
        trouble::STORIES,
    ]
    .concat()
}
