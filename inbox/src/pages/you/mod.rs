//! The person's own account.

mod email;
mod frame;
mod passkeys;
mod password;
mod profile;
mod recovery;
mod second_factor;
mod security;
mod sessions;

pub(crate) use frame::You;
pub(crate) use profile::ProfilePage;
pub(crate) use security::Security;
pub(crate) use sessions::Sessions;
