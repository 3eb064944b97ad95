//! Mail that the product sends: what is to be said and to whom, not how it looks.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::seq::Timestamp;
use crate::transcript::Transcript;

/// A letter on its way. It waits in the outbox of the object that wrote it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// E-mail address, in its one spelling.
    pub to: String,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub letter: Letter,
}

/// Neither the address nor the token of a mail ever reaches a log.
impl fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Mail").finish_non_exhaustive()
    }
}

/// A language that mails are written in. The list only grows at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Arabic, written from right to left.
    Ar,
}

/// What a mail says. It holds nothing that a stranger wrote, but for a transcript, which goes to who was in the conversation and
/// nobody else: who can make the product send a mail to somebody else must not choose its words. A token is the text of a link's fragment, which browsers send to no server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// Confirm the address and make an account; good for [`crate::limits::LINK_MS`].
    SignUp {
        /// Of the link.
        token: String,
    },
    /// Somebody wanted to sign up with an address that has an account.
    AlreadySignedUp,
    /// Sign in without a password; good for [`crate::limits::SIGN_IN_LINK_MS`].
    SignInLink {
        /// Of the link.
        token: String,
    },
    /// Choose a new password; good for [`crate::limits::LINK_MS`].
    Reset {
        /// Of the link.
        token: String,
    },
    /// Confirm a new address for an account; goes to the new one.
    ConfirmNewAddress {
        /// Of the link.
        token: String,
    },
    /// The account has another address; goes to the old one.
    AddressChanged,
    /// The password was changed or reset.
    PasswordChanged,
    /// A second factor was switched on or off.
    SecondFactorChanged {
        /// Whether it is on.
        is_on: bool,
    },
    /// Somebody signed in with a browser that is not known.
    NewDevice {
        /// When.
        at: Timestamp,
    },
    /// Join a workspace; good for [`crate::limits::INVITATION_MS`].
    Invitation {
        /// Of the link.
        token: String,
        /// The confirmed e-mail address of who invites.
        invited_by: String,
    },
    /// A workspace will be deleted; goes to its owner and admins.
    DeletionBegun {
        /// When.
        at: Timestamp,
    },
    /// A passkey was added or removed.
    PasskeysChanged {
        /// Whether it was added.
        is_added: bool,
    },
    /// The account was deleted.
    AccountDeleted,
    /// Something was changed on which the safety of a workspace rests; goes to whoever may read its audit log.
    GuardedChange {
        /// What.
        what: GuardedChange,
        /// The confirmed e-mail address of who changed it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// What was said in a conversation; goes to its visitor, whose address was proven.
    Transcript(Box<Transcript>),
}

/// Something on which the safety of a workspace rests. The list only grows at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardedChange {
    /// Whose the workspace is.
    Owner,
    /// What somebody may do.
    Rights,
    /// A key of the REST API was made.
    ApiKey,
    /// Where a site's chat may be shown.
    Site,
    /// How a site proves who its visitors are.
    Identity,
    /// Whether a second factor is asked for of everybody.
    SecondFactor,
    /// For how long conversations are kept.
    Retention,
}

impl GuardedChange {
    /// Each of them.
    pub const ALL: [Self; 7] = [
        Self::Owner,
        Self::Rights,
        Self::ApiKey,
        Self::Site,
        Self::Identity,
        Self::SecondFactor,
        Self::Retention,
    ];
}

impl fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Letter")
    }
}
