//! The person's own account.

mod deletion;
mod density;
mod email;
mod frame;
mod passkeys;
mod password;
mod picture;
mod profile;
mod recovery;
mod second_factor;
mod security;
mod sessions;

use super::later::later;

sync_web::part!(account);

later!(account, You, frame::You);
later!(account, ProfilePage, profile::ProfilePage);
later!(account, Security, security::Security);
later!(account, Sessions, sessions::Sessions);
