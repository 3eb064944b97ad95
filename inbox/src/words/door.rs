//! The words of signing up and in.

use crate::model::sentence::Sentence;

pub(crate) const TITLE_IN: &str = "Sign in";
pub(crate) const LEAD_IN: &str = "Welcome back. The light is on.";
pub(crate) const EMAIL: &str = "Email";
pub(crate) const PASSWORD: &str = "Password";
pub(crate) const SHOW: &str = "Show what I type";
pub(crate) const HIDE: &str = "Hide what I type";
pub(crate) const SUBMIT_IN: &str = "Sign in";
pub(crate) const BUSY_IN: &str = "Signing in…";
pub(crate) const NO_EMAIL: &str = "Enter your email address.";
pub(crate) const NO_PASSWORD: &str = "Enter your password.";
pub(crate) const FORGOT: &str = "Forgot your password?";
pub(crate) const MAIL_LINK: &str = "Mail me a sign-in link";
pub(crate) const OR: &str = "or";
pub(crate) const NO_ACCOUNT: &str = "New here?";
pub(crate) const TO_SIGN_UP: &str = "Create an account";
pub(crate) const HAVE_ACCOUNT: &str = "Have an account?";
pub(crate) const TO_SIGN_IN: &str = "Sign in";

pub(crate) const TITLE_CODE: &str = "One more step";
pub(crate) const LEAD_CODE: &str = "Enter the six digits that your authenticator app shows now.";
pub(crate) const CODE: &str = "Code";
pub(crate) const NO_CODE: &str = "Enter the code.";
pub(crate) const WRONG_CODE: &str = "This code is not right, or not any more. Enter the newest one.";
pub(crate) const LEAD_RECOVERY: &str = "Enter one of the recovery codes that you kept. It is good once.";
pub(crate) const RECOVERY: &str = "Recovery code";
pub(crate) const NO_RECOVERY: &str = "Enter a recovery code.";
pub(crate) const WRONG_RECOVERY: &str = "This recovery code is not right, or was used before.";
pub(crate) const USE_RECOVERY: &str = "Use a recovery code";
pub(crate) const USE_APP: &str = "Use the app’s code";
pub(crate) const GO_ON: &str = "Go on";
pub(crate) const GOING_ON: &str = "One moment…";
pub(crate) const OTHER_PERSON: &str = "Sign in as somebody else";

pub(crate) const TITLE_UP: &str = "Create an account";
pub(crate) const LEAD_UP: &str = "Tell us where to write to. Everything else comes after.";
pub(crate) const SUBMIT_UP: &str = "Go on";
pub(crate) const BUSY_UP: &str = "Writing to you…";
pub(crate) const CLOSED: &str =
    "New accounts are made by invitation only. Ask somebody in your team to invite you.";

pub(crate) const TITLE_LINK: &str = "Sign in by mail";
pub(crate) const LEAD_LINK: &str = "We mail you a link that signs you in, without a password.";
pub(crate) const SUBMIT_LINK: &str = "Mail me a link";

pub(crate) const TITLE_RESET: &str = "Choose a new password";
pub(crate) const LEAD_RESET: &str = "We mail you a link with which you choose a new one.";
pub(crate) const SUBMIT_RESET: &str = "Mail me a link";

pub(crate) const TITLE_MAIL: &str = "Look into your mail";
pub(crate) const MAIL_LATE: &str = "Nothing there? It can take a minute. Look into the spam folder too.";
pub(crate) const MAIL_AGAIN: &str = "Send it again";
pub(crate) const MAIL_SENT_AGAIN: &str = "Sent again. Only the newest link is good.";
pub(crate) const MAIL_OTHER: &str = "Use another address";

pub(crate) const TITLE_ABOUT: &str = "Who are you?";
pub(crate) const LEAD_ABOUT: &str = "Your address is confirmed. Visitors and your team see the name.";
pub(crate) const NAME: &str = "Your name";
pub(crate) const NO_NAME: &str = "Enter the name that others will see.";
pub(crate) const NEW_PASSWORD: &str = "New password";
pub(crate) const CHOOSE_PASSWORD: &str = "Choose a password.";
pub(crate) const PASSWORD_HINT: &str =
    "At least 8 characters, whichever you like. Four words that do not belong together make a good one.";
pub(crate) const WITHOUT_PASSWORD: &str = "Do without a password: mail me a link whenever I sign in";
pub(crate) const SUBMIT_ABOUT: &str = "Create my account";
pub(crate) const BUSY_ABOUT: &str = "Creating your account…";

pub(crate) const TITLE_BY_LINK: &str = "Sign in with your link";
pub(crate) const LEAD_BY_LINK: &str =
    "You asked for this link. If you did not, close this page: nothing has happened.";

pub(crate) const LEAD_NEW_PASSWORD: &str = "You will be signed out everywhere else.";
pub(crate) const SUBMIT_NEW_PASSWORD: &str = "Save and sign in";
pub(crate) const BUSY_NEW_PASSWORD: &str = "Saving…";

pub(crate) const TITLE_ADDRESS: &str = "Confirm your new address";
pub(crate) const LEAD_ADDRESS: &str = "From then on you sign in with it, and mail goes there.";
pub(crate) const SUBMIT_ADDRESS: &str = "Confirm";
pub(crate) const BUSY_ADDRESS: &str = "Confirming…";
pub(crate) const ADDRESS_TAKEN: &str = "This address belongs to another account.";
pub(crate) const DONE_ADDRESS_TITLE: &str = "Your address is changed";
pub(crate) const DONE_ADDRESS_LEAD: &str = "Sign in with the new one from now on.";
pub(crate) const TO_INBOX: &str = "Go to the inbox";

pub(crate) const LINK_BROKEN_TITLE: &str = "This link is not whole";
pub(crate) const LINK_BROKEN_LEAD: &str =
    "Some mail programs break long lines. Copy the whole link from the mail, or ask for another one.";
pub(crate) const LINK_OLD_TITLE: &str = "This link is not good any more";
pub(crate) const LINK_OLD_LEAD: &str = "It was used before, is too old, or a newer one was sent.";
pub(crate) const LINK_AGAIN: &str = "Ask for another link";
pub(crate) const TO_ACCOUNT: &str = "Go to your account";

pub(crate) const LEAD_OFFER: &str = "You will see its conversations and answer its visitors.";
pub(crate) const LEAD_OFFER_NEW: &str = "Choose a name and a password, and you are in.";
pub(crate) const LEAD_OFFER_SIGN_IN: &str = "You have an account with this address. Sign in to join.";
pub(crate) const JOIN: &str = "Join";
pub(crate) const BUSY_JOIN: &str = "Joining…";
pub(crate) const SIGN_IN_TO_JOIN: &str = "Sign in to join";
pub(crate) const SWITCH: &str = "Sign out and go on";
pub(crate) const STAY: &str = "Stay signed in";
pub(crate) const MEMBER_ALREADY: &str = "You belong to this workspace already.";
pub(crate) const INVITATION_OLD_TITLE: &str = "This invitation is not good any more";
pub(crate) const INVITATION_OLD_LEAD: &str =
    "It was used, taken back or replaced by a newer one, or it is older than a week. Ask for another one.";
pub(crate) const INVITATION_BROKEN_LEAD: &str =
    "Some mail programs break long lines. Copy the whole link from the mail, or ask to be invited again.";

/// Where the mail went, and for how many milliseconds its link is good.
pub(crate) fn mail_went_to(email: &str, good_for: u64) -> Sentence {
    let minutes = good_for / 60_000;
    Sentence::of("If ").name(email).words(format!(
        " is an address we can write to, a mail with a link is on its way. The link is good for {minutes} minutes."
    ))
}

/// When a mail can be asked for again.
pub(crate) fn again_in(seconds: u64) -> String {
    format!("You can send it again in {seconds} s")
}

/// The title of an invitation.
pub(crate) fn join(workspace: &str) -> Sentence {
    Sentence::of("Join ").name(workspace)
}

/// Whom an invitation is for.
pub(crate) fn invited_as(email: &str) -> Sentence {
    Sentence::of("This invitation is for ").name(email).words(".")
}

/// The wrong person is signed in.
pub(crate) fn wrong_person(me: &str, wanted: &str) -> Sentence {
    Sentence::of("You are signed in as ")
        .name(me)
        .words(", and the invitation is for ")
        .name(wanted)
        .words(".")
}
