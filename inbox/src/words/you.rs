//! The words of a person's own account.

use crate::model::density::Density;
use crate::model::page::AccountPart;
use crate::model::sentence::Sentence;

pub(crate) const TITLE: &str = "Your account";
pub(crate) const NAV: &str = "Your account";
pub(crate) const BACK: &str = "Back to the inbox";
pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVING: &str = "Saving…";

pub(crate) const LEAD_PROFILE: &str =
    "Your name and your picture stand beside what you write, for visitors and for your team.";
pub(crate) const PICTURE: &str = "Picture";
pub(crate) const CHOOSE_PICTURE: &str = "Choose a picture";
pub(crate) const REMOVE_PICTURE: &str = "Remove";
pub(crate) const PICTURE_HINT: &str = "Its middle is cut out and drawn anew in your browser, so that it does not tell where it was taken. Without one, others see your initials.";
pub(crate) const PICTURE_SAVED: &str = "Your picture is shown. Others see it within ten minutes.";
pub(crate) const PICTURE_REMOVED: &str = "Your picture is removed.";
pub(crate) const NO_PICTURE: &str = "That cannot be shown as a picture. Choose another one.";
pub(crate) const PROFILE: &str = "What others see";
pub(crate) const NAME: &str = "Name";
pub(crate) const NO_NAME: &str = "Enter the name that others will see.";
pub(crate) const LANGUAGE: &str = "Language of mails";
pub(crate) const LANGUAGE_HINT: &str = "The inbox itself speaks English.";
pub(crate) const DENSITY: &str = "Density";
pub(crate) const DENSITY_LEAD: &str = "How close together conversations and messages stand, in this browser.";
pub(crate) const TIME_ZONE: &str = "Time zone";
pub(crate) const NO_TIME_ZONE: &str = "Not told";

pub(crate) const LEAD_SECURITY: &str = "How you prove that you are you.";
pub(crate) const EMAIL: &str = "Email address";
pub(crate) const NEW_EMAIL: &str = "New address";
pub(crate) const NEW_EMAIL_HINT: &str = "We mail a link there. Until you open it, nothing changes.";
pub(crate) const NO_EMAIL: &str = "Enter the new address.";
pub(crate) const SAME_EMAIL: &str = "This is your address already.";
pub(crate) const CHANGE_EMAIL: &str = "Mail me a link";
pub(crate) const EMAIL_SENT: &str = "A link is on its way to the new address. Open it within 30 minutes.";
pub(crate) const PASSWORD: &str = "Password";
pub(crate) const HAS_PASSWORD: &str = "Changing it signs you out everywhere else. API keys that you made go on working: revoke them in the settings of their workspace if somebody may know one.";
pub(crate) const HAS_NO_PASSWORD: &str = "You have none, and sign in by mailed links. You can set one.";
pub(crate) const NEW_PASSWORD: &str = "New password";
pub(crate) const CHOOSE_PASSWORD: &str = "Choose a password.";
pub(crate) const CHANGE_PASSWORD: &str = "Change password";
pub(crate) const SET_PASSWORD: &str = "Set password";
pub(crate) const PASSWORD_SAVED: &str = "Your password is changed.";

pub(crate) const SECOND: &str = "Second factor";
pub(crate) const SECOND_OFF: &str = "Besides your password, signing in asks for six digits that an app on your phone shows. Whoever steals your password stays outside.";
pub(crate) const SECOND_ON: &str = "On. Signing in asks for the six digits of your app.";
pub(crate) const SECOND_BEGIN: &str = "Set up";
pub(crate) const SECOND_SCAN: &str = "Scan this with your authenticator app";
pub(crate) const SECOND_SCAN_NAME: &str = "QR code with the secret; the same stands below as text";
pub(crate) const SECOND_OR: &str = "Or type this secret into the app";
pub(crate) const SECOND_OPEN: &str = "Open it in an app on this device";
pub(crate) const SECOND_CODE: &str = "Then enter the six digits it shows";
pub(crate) const SECOND_FINISH: &str = "Switch on";
pub(crate) const SECOND_WRONG: &str =
    "These are not the right digits. Enter the newest ones; the clock of your phone must be right.";
pub(crate) const SECOND_CANCEL: &str = "Cancel";
pub(crate) const SECOND_REMOVE: &str = "Switch off";
pub(crate) const SECOND_REMOVE_TITLE: &str = "Switch the second factor off?";
pub(crate) const SECOND_REMOVE_LEAD: &str = "From then on your password alone opens your account. Your recovery codes are void. Workspaces that ask for a second factor let you in with a passkey only.";
pub(crate) const SECOND_REMOVED: &str = "The second factor is off.";
pub(crate) const RECOVERY: &str = "Recovery codes";
pub(crate) const RECOVERY_LEAD: &str = "Each stands in once for your app, if your phone is lost.";
pub(crate) const RECOVERY_RENEW: &str = "Make new codes";
pub(crate) const RECOVERY_RENEW_TITLE: &str = "Make new recovery codes?";
pub(crate) const RECOVERY_RENEW_LEAD: &str = "The old ones are void from then on.";
pub(crate) const RECOVERY_ONCE: &str = "Keep these now: they are shown this once.";
pub(crate) const RECOVERY_COPY: &str = "Copy codes";
pub(crate) const RECOVERY_SAVE: &str = "Save as a file";
pub(crate) const RECOVERY_FILE: &str = "porchlight-recovery-codes.txt";
pub(crate) const RECOVERY_KEPT: &str = "I have kept them";

pub(crate) const DELETE: &str = "Delete your account";
pub(crate) const DELETE_LEAD: &str = "You leave every workspace, and are signed out everywhere within seconds. Your name, picture, password, passkeys and sessions go; what you wrote to visitors and to your team stays, under the name you have now. This cannot be taken back, and for a day nobody can sign up with your address.";
pub(crate) const DELETE_BUTTON: &str = "Delete your account…";
pub(crate) const DELETE_TITLE: &str = "Delete your account?";
pub(crate) const DELETE_CONFIRM: &str = "Type your email address to confirm";
pub(crate) const DELETE_MISMATCH: &str = "This is not the address of your account.";
pub(crate) const DELETE_FINAL: &str = "Delete for good";
pub(crate) const DELETE_OWNER: &str = "You own a workspace, and nobody would be left to run it. Hand it over to somebody, or delete it; then you can delete your account. A workspace that is to be deleted is yours until it is gone, 14 days after you asked for it.";
pub(crate) const DELETE_OWNED: &str = "What you own";

pub(crate) const LEAD_SESSIONS: &str =
    "Where you are signed in. Something you do not know? End it, and change your password.";
pub(crate) const SESSIONS: &str = "Sessions";
pub(crate) const THIS_DEVICE: &str = "This device";
pub(crate) const UNKNOWN_DEVICE: &str = "Unknown device";
pub(crate) const BEGAN: &str = "Signed in";
pub(crate) const USED: &str = "Last used";
pub(crate) const END: &str = "Sign out";
pub(crate) const END_OTHERS: &str = "Sign out everywhere else";
pub(crate) const END_OTHERS_TITLE: &str = "Sign out everywhere else?";
pub(crate) const END_OTHERS_LEAD: &str =
    "Every other browser is signed out at once, with what it has open. This one stays.";
pub(crate) const ENDED: &str = "Signed out.";
pub(crate) const ONLY_SESSION: &str = "You are signed in nowhere else.";

/// The name of a part in the menu.
pub(crate) const fn part(part: AccountPart) -> &'static str {
    match part {
        AccountPart::Profile => "Profile",
        AccountPart::Security => "Sign-in and security",
        AccountPart::Sessions => "Sessions",
        AccountPart::Notifications => super::notices::TITLE,
    }
}

/// The name of the button that ends a session.
pub(crate) fn end_session(device: &str) -> String {
    format!("Sign out {device}")
}

/// Where mail goes now.
pub(crate) fn email_is(email: &str) -> Sentence {
    Sentence::of("You sign in with ").name(email).words(".")
}

pub(crate) mod proof {
    pub(crate) const TITLE: &str = "Is it you?";
    pub(crate) const LEAD: &str = "This is guarded. Prove who you are, and it goes on by itself.";
    pub(crate) const PASSWORD: &str = "Your password";
    pub(crate) const NO_PASSWORD: &str = "Enter your password.";
    pub(crate) const WRONG: &str = "The password is wrong.";
    pub(crate) const SUBMIT: &str = "Go on";
    pub(crate) const BUSY: &str = "One moment…";
    pub(crate) const CANCEL: &str = "Cancel";
    pub(crate) const LEAD_LINK: &str = "This is guarded, and you have no password. Sign in again by a mailed link, in this browser, and then go on here.";
    pub(crate) const MAIL: &str = "Mail me a sign-in link";
    pub(crate) const MAILED: &str = "The link is on its way. Open it in this browser, then press “Go on”.";
    pub(crate) const NOT_YET: &str = "Not yet: open the link from the mail first, in this browser.";
}

/// The name of a density.
pub(crate) const fn density(density: Density) -> &'static str {
    match density {
        Density::Compact => "Compact",
        Density::Comfortable => "Comfortable",
        Density::Spacious => "Spacious",
    }
}
