//! The words of passkeys.

pub(crate) const TITLE: &str = "Passkeys";
pub(crate) const LEAD: &str = "A passkey signs you in with your fingerprint, your face or the PIN of your device, without a password or a code. It works on this address only, so that no false page can ask you for it.";
pub(crate) const NONE: &str = "You have none yet.";
pub(crate) const ADD: &str = "Add a passkey";
pub(crate) const ADDED: &str = "The passkey is added.";
pub(crate) const NOT_HERE: &str = "This browser knows no passkeys.";
pub(crate) const NOT_MADE: &str = "No passkey was made.";
pub(crate) const KNOWN: &str = "This device has a passkey of yours already.";
pub(crate) const NOT_POSSIBLE: &str = "This browser cannot do that. Try another one.";
pub(crate) const TOO_MANY: &str = "You have twenty passkeys. Remove one that you do not need first.";
pub(crate) const TOO_LATE: &str = "That took too long. Try again.";
pub(crate) const SYNCED: &str = "Synced";
pub(crate) const UNNAMED: &str = "Passkey";
pub(crate) const MADE: &str = "Added";
pub(crate) const USED: &str = "Last used";
pub(crate) const UNUSED: &str = "Never used";
pub(crate) const RENAME: &str = "Rename";
pub(crate) const NAME: &str = "Name of the passkey";
pub(crate) const NO_NAME: &str = "Enter a name by which you know it.";
pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVE_TITLE: &str = "Remove this passkey?";
pub(crate) const REMOVE_LEAD: &str = "It opens your account no longer, and you are signed out everywhere else. Your device may go on offering it until you delete it there too.";
pub(crate) const REMOVED: &str = "The passkey is removed.";

pub(crate) const SIGN_IN: &str = "Sign in with a passkey";
pub(crate) const NOT_SIGNED_IN: &str = "You were not signed in: no passkey was chosen.";
pub(crate) const WRONG: &str =
    "This passkey opens no account here. It may have been removed: sign in another way.";
pub(crate) const PROVE: &str = "Use a passkey";
pub(crate) const NOT_PROVEN: &str = "No passkey was used.";
pub(crate) const WRONG_PROOF: &str = "This passkey is not one of this account.";
pub(crate) const LEAD_PROVE: &str = "You have one: your passkey. Use it, and you are in.";

/// The name of the button that renames one.
pub(crate) fn rename(name: &str) -> String {
    format!("Rename {name}")
}

/// The name of the button that removes one.
pub(crate) fn remove(name: &str) -> String {
    format!("Remove {name}")
}
