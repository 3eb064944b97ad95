//! Calls to the object of a person's account.

use serde::{Deserialize, Serialize};

use crate::http::account::{
    Me, Newcomer, Profile, RecoveryCodes, SecondFactorSetup, SessionView, WorkspaceName,
};
use crate::http::passkey::{MadePasskey, PasskeyQuestion, PasskeySetup, PasskeyView, UsedPasskey};
use crate::ids::{AccountId, AgentId, DeviceId, PasskeyId, PictureId, SessionId, WorkspaceId};
use crate::mail::{Language, Mail};
use crate::octets::Octets;
use crate::seq::Timestamp;

/// What can be asked of an account's object.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountCall {
    /// Creates the account of an address that is known to be the person's own.
    Create {
        /// E-mail address, in its one spelling.
        email: String,
        /// Who they are.
        newcomer: Newcomer,
        /// Where a session is to begin at once, if one is.
        device: Option<Device>,
    },
    /// Mails a link to sign up, or word that there is an account.
    MailSignUp {
        /// E-mail address, in its one spelling.
        email: String,
        /// The language of the mail.
        language: Language,
    },
    /// Makes the account that a link stands for and begins a session.
    FinishSignUp {
        /// The secret of the link.
        secret: [u8; 32],
        /// Who they are.
        newcomer: Newcomer,
        /// Where the session begins.
        device: Device,
    },
    /// Checks a password and a second factor and begins a session.
    SignIn {
        /// As typed.
        password: String,
        /// The second factor's, or a recovery code.
        code: Option<String>,
        /// Where the session begins.
        device: Device,
    },
    /// Mails a link to sign in. Does nothing for an address without an account.
    MailSignInLink,
    /// Begins a session by a link.
    FinishSignInLink {
        /// The secret of the link.
        secret: [u8; 32],
        /// The second factor's, or a recovery code.
        code: Option<String>,
        /// Where the session begins.
        device: Device,
    },
    /// Mails a link to choose a new password. Does nothing for an address without an account.
    MailReset,
    /// Sets a password by a link, ends every session and begins one.
    FinishReset {
        /// The secret of the link.
        secret: [u8; 32],
        /// The new password.
        password: String,
        /// The second factor's, or a recovery code.
        code: Option<String>,
        /// Where the session begins.
        device: Device,
    },
    /// Looks up a session by its secret.
    Authenticate {
        /// The session's secret, of which only a digest is stored.
        secret: [u8; 32],
    },
    /// Ends a session, or every session.
    SignOut {
        /// The session's secret.
        secret: [u8; 32],
        /// Whether every session of the person ends.
        everywhere: bool,
    },
    /// Does something for the person of a session.
    As {
        /// The session's secret.
        secret: [u8; 32],
        /// What.
        request: AccountRequest,
    },
    /// The person belongs to a workspace, or it has another name, or they came back as another agent. Doing it again
    /// changes nothing.
    Joined(Membership),
    /// The person no longer belongs to a workspace.
    Left {
        /// Which.
        workspace: WorkspaceId,
        /// As whom: who has come back since, as another agent, stays.
        agent: AgentId,
    },
    /// Says whether there is an account.
    Exists,
    /// Sends a letter to the address that names this object, with an account or without one, within its limit.
    Deliver(Box<Mail>),
    /// Takes up an account that had another address, and begins a session. Doing it again changes nothing else.
    MoveIn(Box<Moving>),
    /// The account is now at another address, by a link that was mailed there. Doing it again changes nothing.
    MovedOut {
        /// The digest of the link's secret.
        link: [u8; 32],
        /// Where it is.
        to: AccountId,
    },
    /// Checks a passkey and begins a session.
    SignInByPasskey {
        /// The passkey.
        passkey: UsedPasskey,
        /// The origin of this deployment.
        origin: String,
        /// Where the session begins.
        device: Device,
    },
    /// Sends a letter as [`Self::Deliver`] does, and says so if that is over the limit.
    DeliverOrRefuse(Box<Mail>),
}

/// A browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Browser and system, as far as the browser said; at most [`crate::limits::NAME_BYTES`].
    pub name: String,
    /// Random, kept by the browser for a year: tells only whether it is known to an account.
    pub id: DeviceId,
}

/// An account on its way to the object of another address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    /// The digest of the secret of the link that was mailed to the new address: names the move.
    pub link: [u8; 32],
    /// Where the account was.
    pub from: AccountId,
    /// The new address, in its one spelling.
    pub email: String,
    /// What others see of the person.
    pub profile: Profile,
    /// The hash of the password, as a PHC string.
    pub password: Option<String>,
    /// The second factor, if it is on.
    pub second_factor: Option<MovingSecondFactor>,
    /// Where the person belongs.
    pub memberships: Vec<Membership>,
    /// Browsers that are known.
    pub devices: Vec<DeviceId>,
    /// The name of the browser in which the move was finished.
    pub device: String,
    /// The proof of its session.
    pub proof: Proof,
    /// Whether that was given with a passkey.
    pub is_by_passkey: bool,
    /// Its passkeys.
    pub passkeys: Vec<MovingPasskey>,
    /// The picture that others see, if there is one.
    pub picture: Option<PictureId>,
}

/// A passkey on its way to the object of another address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovingPasskey {
    /// The credential's id.
    pub credential: Octets,
    /// What its signatures are checked with, as a COSE key.
    pub key: Octets,
    /// The last count of signatures.
    pub counter: u32,
    /// Whether it may be on several devices.
    pub may_be_synced: bool,
    /// How its person sees it.
    pub view: PasskeyView,
}

/// A second factor on its way to the object of another address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovingSecondFactor {
    /// Shared with the person's app.
    pub secret: [u8; 20],
    /// The last step of which a code was used.
    pub last_used: u64,
    /// Digests of the recovery codes that are left.
    pub recovery_codes: Vec<[u8; 32]>,
}

/// What a signed-in person can ask of their account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountRequest {
    /// Says who they are.
    Me,
    /// Changes what others see of them.
    SetProfile(Profile),
    /// Proves again who they are.
    Prove {
        /// The password.
        password: Option<String>,
        /// The second factor's, or a recovery code.
        code: Option<String>,
    },
    /// Sets a password. Needs a proof.
    SetPassword {
        /// The new one.
        password: String,
    },
    /// Lists the sessions.
    Sessions,
    /// Ends one of the sessions.
    EndSession(SessionId),
    /// Begins to set up a second factor. Needs a proof.
    BeginSecondFactor,
    /// Switches the second factor on.
    FinishSecondFactor {
        /// Six digits.
        code: String,
    },
    /// Switches the second factor off. Needs a proof.
    RemoveSecondFactor,
    /// Makes new recovery codes. Needs a proof.
    RenewRecoveryCodes,
    /// Mails a link to a new address. Needs a proof.
    MailNewAddress {
        /// In its one spelling.
        email: String,
    },
    /// Moves the account to the new address, by the link that was mailed there.
    FinishNewAddress {
        /// The secret of the link.
        secret: [u8; 32],
    },
    /// Lists the passkeys.
    Passkeys,
    /// Begins to make a passkey. Needs a proof.
    BeginPasskey {
        /// The origin of this deployment.
        origin: String,
    },
    /// Takes up a passkey that was made.
    FinishPasskey {
        /// The passkey.
        made: MadePasskey,
        /// The origin of this deployment.
        origin: String,
    },
    /// Gives a passkey another name.
    RenamePasskey {
        /// Which.
        id: PasskeyId,
        /// The name.
        name: String,
    },
    /// Removes a passkey. Needs a proof.
    RemovePasskey(PasskeyId),
    /// Begins to prove again who they are, with a passkey.
    BeginPasskeyProof {
        /// The origin of this deployment.
        origin: String,
    },
    /// Proves again who they are, with a passkey.
    ProveByPasskey {
        /// The passkey.
        passkey: UsedPasskey,
        /// The origin of this deployment.
        origin: String,
    },
    /// Names a picture of themselves that is about to be kept.
    BeginPicture,
    /// Shows a picture that is kept by now; the one before is gone.
    ShowPicture(PictureId),
    /// Shows none any more.
    RemovePicture,
    /// Deletes the account, after its person has left every workspace. Needs a proof.
    Delete {
        /// As whom they have left.
        left: Vec<AgentId>,
    },
}

/// That a person belongs to a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The workspace and its name.
    pub workspace: WorkspaceName,
    /// The person as an agent there.
    pub agent: AgentId,
}

/// When a person last proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Proof {
    /// At the sign-in, or since.
    pub at: Timestamp,
}

/// The person of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// E-mail address.
    pub email: String,
    /// What others see.
    pub name: String,
    /// Of mails.
    pub language: Language,
    /// The session.
    pub session: SessionId,
    /// How fresh it is.
    pub proof: Proof,
    /// Whether they have a second factor: one that is asked for when they sign in, or a passkey, which is two by itself.
    pub has_second_factor: bool,
    /// Where they belong.
    pub memberships: Vec<Membership>,
    /// Whether one was used in this session.
    pub used_second_factor: bool,
}

/// What an account's object answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountAnswer {
    /// It was done.
    Done,
    /// A session began.
    SignedIn {
        /// Its secret, told this once.
        secret: [u8; 32],
        /// Who it is.
        me: Box<Me>,
    },
    /// The session is good.
    Authenticated(Box<Person>),
    /// Who it is.
    Me(Box<Me>),
    /// The sessions.
    Sessions(Vec<SessionView>),
    /// The secret of a second factor.
    SecondFactor(SecondFactorSetup),
    /// New recovery codes.
    RecoveryCodes(RecoveryCodes),
    /// Whether there is an account.
    Exists(bool),
    /// The account is to move: the object of its new address is to be asked to take it up.
    Moving(Box<Moving>),
    /// The passkeys.
    Passkeys(Vec<PasskeyView>),
    /// What a browser needs to make a passkey.
    PasskeySetup(Box<PasskeySetup>),
    /// What a browser needs to use one.
    PasskeyQuestion(PasskeyQuestion),
    /// The passkey went with its account to another address: ask there.
    PasskeyMoved(AccountId),
    /// How a picture is to be named that is about to be kept.
    Picture(PictureId),
}
