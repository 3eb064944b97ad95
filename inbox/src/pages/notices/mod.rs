//! What agents are told of while they look elsewhere: a part that comes once the list is there.

mod offer;
mod settings;
mod watching;

use super::later::{by_the_way, later};

sync_web::part!(notices);

by_the_way!(notices, Watching, watching::Watching);
by_the_way!(notices, Offer, offer::Offer);
later!(notices, NotificationsPage, settings::NotificationsPage);
