//! People: passwords, second factors, sessions, mailed links, and the limits on guesses and mails.

mod chosen_password;
mod device;
mod email;
mod mail_limit;
mod mailed_link;
mod origin_of_request;
pub mod passkey;
mod password;
mod proof;
mod recovery_code;
mod session;
mod sign_in;
mod time_zone;
mod totp;
mod window;

pub use chosen_password::password_allowed;
pub use device::device_name;
pub use email::Email;
pub use mail_limit::{LETTERS_COUNT_MS, LetterKind, letter_allowed};
pub use mailed_link::{LinkPurpose, MailedToken, link_expires_at};
pub use origin_of_request::{NetworkPrefix, attempt_allowed, is_crowd};
pub use password::{GeneratedPassword, PasswordHash};
pub use proof::is_fresh;
pub use recovery_code::{RECOVERY_CODES, RecoveryCode};
pub use session::{Session, SessionToken};
pub use sign_in::{Guess, may_hash, sign_in_allowed};
pub use time_zone::time_zone;
pub use totp::TotpSecret;
pub(crate) use window::window_allows;
