//! People: passwords, sessions and the limit on guesses.

mod email;
mod password;
mod session;
mod sign_in;

pub use email::Email;
pub use password::{GeneratedPassword, PasswordHash};
pub use session::{Session, SessionToken};
pub use sign_in::sign_in_allowed;
