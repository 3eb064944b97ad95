//! A person's account: signing up and in, proofs, sessions.

use serde::{Deserialize, Serialize};

use crate::ids::{PictureId, SessionId, WorkspaceId};
use crate::mail::Language;
use crate::seq::Timestamp;

/// Asks for a mail to an address: to sign up, to sign in, to choose a new password. The answer is the same whether the
/// address has an account or not.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailRequest {
    /// E-mail address, as typed.
    pub email: String,
    /// The language of the mail.
    #[serde(default)]
    pub language: Language,
}

/// Makes the account that a mailed link stands for, and signs in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignUpFinish {
    /// Of the link.
    pub token: String,
    /// Who the new person is.
    pub newcomer: Newcomer,
}

/// What a person says of themselves when their account is made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newcomer {
    /// What others see.
    pub name: String,
    /// A password; without one, every sign-in is by a mailed link.
    #[serde(default)]
    pub password: Option<String>,
    /// Of mails and of the inbox.
    #[serde(default)]
    pub language: Language,
    /// IANA name of the time zone; empty if it is not known.
    #[serde(default)]
    pub time_zone: String,
}

/// Signs an agent in with a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Six digits of the second factor, or a recovery code.
    #[serde(default)]
    pub code: Option<String>,
}

/// Signs an agent in with a mailed link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkSignIn {
    /// Of the link.
    pub token: String,
    /// Six digits of the second factor, or a recovery code.
    #[serde(default)]
    pub code: Option<String>,
}

/// Sets a new password with a mailed link, ends every session, and signs in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResetFinish {
    /// Of the link.
    pub token: String,
    /// The new password.
    pub password: String,
    /// Six digits of the second factor, or a recovery code.
    #[serde(default)]
    pub code: Option<String>,
}

/// Uses a mailed link that needs nothing else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkFinish {
    /// Of the link.
    pub token: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// E-mail address.
    pub email: String,
    /// What others see of the person.
    pub profile: Profile,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// Where the person belongs, in the order in which they joined.
    pub workspaces: Vec<WorkspaceName>,
    /// Whether there are passkeys.
    #[serde(default)]
    pub has_passkeys: bool,
    /// The picture that others see, if there is one.
    #[serde(default)]
    pub picture: Option<PictureId>,
}

/// A workspace that a person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceName {
    /// The workspace.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
}

/// What a person says of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What others see.
    pub name: String,
    /// Of mails and of the inbox.
    pub language: Language,
    /// IANA name of the time zone; empty if it is not known.
    pub time_zone: String,
}

/// Proves again who is at the keyboard, which what is guarded asks for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofRequest {
    /// The password, if there is one; otherwise a fresh sign-in by link is the proof.
    #[serde(default)]
    pub password: Option<String>,
    /// Six digits of the second factor, or a recovery code, if there is one.
    #[serde(default)]
    pub code: Option<String>,
}

/// Sets a password. Needs a proof; ends every other session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The new password.
    pub password: String,
}

/// Deletes the account. Needs a proof.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountDeletion {
    /// The account's own address: the person knows what goes.
    pub email: String,
}

/// The sessions of the person, newest use first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionList {
    /// Each of them.
    pub sessions: Vec<SessionView>,
}

/// One session as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Which.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Browser and system, as far as the browser said; at most 80 bytes.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within ten minutes.
    pub used_at: Timestamp,
}

/// The secret of a second factor (RFC 6238), to be confirmed with a first code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorSetup {
    /// In base32, to be typed.
    pub secret: String,
    /// The `otpauth:` address, to be scanned.
    pub address: String,
}

/// Confirms a second factor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorFinish {
    /// Six digits.
    pub code: String,
}

/// Codes that stand in for the second factor, each once. They are told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    /// Ten of them.
    pub codes: Vec<String>,
}
