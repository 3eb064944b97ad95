//! English.

use protocol::Timestamp;
use protocol::mail::{GuardedChange, Letter};

use super::{Facts, Setting, Words, paragraphs};
use crate::date::Moment;
use crate::plain::isolated;

pub(super) const SETTING: Setting = Setting {
    code: "en",
    direction: "ltr",
    or_copy: "Button not working? Copy this address into your browser:",
    you: "You",
    deleted: "Message deleted",
    cut: "Earlier messages are left out.",
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn say(letter: &Letter, facts: &Facts<'_>) -> Words {
    let Facts { host, minutes, days } = facts;
    let once = format!("The link works once, within {minutes} minutes.");
    let yours = format!("You’re getting this because this address has a Porchlight account at {host}.");
    match letter {
        Letter::SignUp { .. } => Words {
            subject: "Confirm your email address",
            heading: "Welcome to Porchlight",
            opening: paragraphs([
                "One step and you’re in: confirm that this address is yours. Then you choose your name and a password.",
            ]),
            button: Some("Confirm address"),
            closing: paragraphs([
                &once,
                "Wasn’t you? Just ignore this email. No account is made without the link.",
            ]),
            reason: format!(
                "You’re getting this because somebody entered this address to sign up for Porchlight at {host}."
            ),
        },
        Letter::AlreadySignedUp => Words {
            subject: "You already have an account",
            heading: "You already have an account",
            opening: paragraphs([
                "Somebody, most likely you, just tried to sign up with this address. It has an account already, so you can simply sign in.",
            ]),
            button: Some("Sign in"),
            closing: paragraphs([
                "Forgot your password? You can choose a new one from the sign-in page.",
                "Wasn’t you? There’s nothing to do. Whoever tried was not told about your account.",
            ]),
            reason: yours,
        },
        Letter::SignInLink { .. } => Words {
            subject: "Your sign-in link",
            heading: "Your sign-in link",
            opening: paragraphs(["One click and you’re in, no password needed."]),
            button: Some("Sign in"),
            closing: paragraphs([
                &format!("{once} Please don’t pass it on: it opens your account."),
                "Wasn’t you? Just ignore this email, and nobody gets in.",
            ]),
            reason: yours,
        },
        Letter::Reset { .. } => Words {
            subject: "Choose a new password",
            heading: "Choose a new password",
            opening: paragraphs([
                "Somebody, most likely you, asked for a new password for your account. You can choose it here.",
            ]),
            button: Some("Choose a new password"),
            closing: paragraphs([&once, "Wasn’t you? Just ignore this email. Your password stays as it is."]),
            reason: yours,
        },
        Letter::ConfirmNewAddress { .. } => Words {
            subject: "Confirm your new email address",
            heading: "Confirm your new address",
            opening: paragraphs([
                "You’d like to sign in to Porchlight with this address from now on. Please confirm that it’s yours.",
            ]),
            button: Some("Confirm address"),
            closing: paragraphs([&once, "Wasn’t you? Just ignore this email, and nothing changes."]),
            reason: format!(
                "You’re getting this because this address was entered for a Porchlight account at {host}."
            ),
        },
        Letter::AddressChanged => Words {
            subject: "Your email address was changed",
            heading: "Your address was changed",
            opening: paragraphs([
                "Your Porchlight account has a new email address. This one doesn’t sign you in any more, and this is the last email it gets from us.",
                "Wasn’t you? Then somebody else has been in your account. Please tell the owner of your workspace right away.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "You’re getting this because this address had a Porchlight account at {host} until now."
            ),
        },
        Letter::Transcript(transcript) => {
            let site = isolated(&transcript.site);
            Words {
                subject: "Your conversation",
                heading: "Your conversation",
                opening: vec![format!("This is what was said in the chat with {site}. Times are in UTC.")],
                button: None,
                closing: Vec::new(),
                reason: format!(
                    "You’re getting this because somebody who is signed in with this address at {site} asked for it in the chat."
                ),
            }
        }
        Letter::AccountDeleted => Words {
            subject: "Your account was deleted",
            heading: "Your account was deleted",
            opening: paragraphs([
                "Your Porchlight account is gone: your name, your picture, your password and passkeys, and every session. You have left all workspaces. What you wrote to visitors stays with them, under the name you had.",
                "Wasn’t you? Then somebody else has been in your account. Please tell the owner of your workspace right away. For a day nobody can sign up with this address.",
            ]),
            button: None,
            closing: Vec::new(),
            reason: format!(
                "You’re getting this because this address had a Porchlight account at {host} until now."
            ),
        },
        Letter::PasswordChanged => Words {
            subject: "Your password was changed",
            heading: "Your password was changed",
            opening: paragraphs([
                "Your Porchlight account has a new password. If that was you, all is well.",
                "Wasn’t you? Then please choose a new password right away.",
            ]),
            button: Some("Choose a new password"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: true } => Words {
            subject: "Two-step sign-in is on",
            heading: "Two-step sign-in is on",
            opening: paragraphs([
                "From now on, signing in takes a code from your authenticator app as well. Keep your recovery codes somewhere safe, in case you lose your phone.",
                "Wasn’t you? Then please look at your account right away.",
            ]),
            button: Some("Open my account"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::SecondFactorChanged { is_on: false } => Words {
            subject: "Two-step sign-in is off",
            heading: "Two-step sign-in is off",
            opening: paragraphs([
                "From now on, your password alone is enough to sign in.",
                "Wasn’t you? Then please look at your account right away, and switch it on again.",
            ]),
            button: Some("Open my account"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: true } => Words {
            subject: "A passkey was added to your account",
            heading: "A passkey was added to your account",
            opening: paragraphs([
                "From now on, it signs you in without a password or a code.",
                "Wasn’t you? Then please look at your account right away, remove the passkey and choose a new password.",
            ]),
            button: Some("Open my account"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::PasskeysChanged { is_added: false } => Words {
            subject: "A passkey was removed from your account",
            heading: "A passkey was removed from your account",
            opening: paragraphs([
                "It no longer signs anybody in. Everywhere else, you have been signed out.",
                "Wasn’t you? Then please look at your account right away.",
            ]),
            button: Some("Open my account"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::NewDevice { at } => Words {
            subject: "New sign-in to your account",
            heading: "Was this you?",
            opening: paragraphs([
                &format!(
                    "Somebody signed in to your account in a browser we haven’t seen before, on {}.",
                    date(*at)
                ),
                "If that was you, all is well. If not, please end that session and change your password.",
            ]),
            button: Some("See my sessions"),
            closing: Vec::new(),
            reason: yours,
        },
        Letter::Invitation { invited_by, .. } => Words {
            subject: "You’re invited to Porchlight",
            heading: "You’re invited",
            opening: paragraphs([&format!(
                "{} would like you on the team: one shared inbox for everyone who writes in on the website.",
                isolated(invited_by)
            )]),
            button: Some("See the invitation"),
            closing: paragraphs([
                &format!("The link works once, within {days} days."),
                "Don’t know who that is? Just ignore this email, and nothing happens.",
            ]),
            reason: format!(
                "You’re getting this because {} invited this address to Porchlight at {host}.",
                isolated(invited_by)
            ),
        },
        Letter::DeletionBegun { at } => Words {
            subject: "One of your workspaces will be deleted",
            heading: "A workspace will be deleted",
            opening: paragraphs([
                &format!(
                    "One of your workspaces will be deleted on {}, with all its conversations.",
                    date(*at)
                ),
                "Until then, its owner can still change their mind.",
            ]),
            button: Some("Open Porchlight"),
            closing: Vec::new(),
            reason: format!("You’re getting this because you run a workspace on Porchlight at {host}."),
        },
        Letter::GuardedChange { what, by, at } => changed(*what, &isolated(by), &date(*at), host),
    }
}

fn changed(what: GuardedChange, by: &str, at: &str, host: &str) -> Words {
    let (subject, said) = match what {
        GuardedChange::Owner => (
            "One of your workspaces has a new owner",
            format!("{by} handed one of your workspaces over to somebody else on {at}."),
        ),
        GuardedChange::Rights => (
            "Rights in one of your workspaces were changed",
            format!(
                "{by} changed what somebody may do in one of your workspaces, or invited somebody with more rights than an agent has, on {at}."
            ),
        ),
        GuardedChange::ApiKey => (
            "An API key was made",
            format!(
                "{by} made an API key in one of your workspaces on {at}. Whoever has it can do there what it was made for."
            ),
        ),
        GuardedChange::Site => (
            "Settings of one of your sites were changed",
            format!(
                "{by} changed where the chat of one of your sites may be shown, changed its key or removed it, on {at}."
            ),
        ),
        GuardedChange::Identity => (
            "Identity verification of one of your sites was changed",
            format!(
                "{by} changed the identity verification of one of your sites, or its secret, on {at}. It decides who visitors are taken for."
            ),
        ),
        GuardedChange::SecondFactor => (
            "The rule for two-step sign-in was changed",
            format!(
                "{by} changed whether everybody in one of your workspaces needs two-step sign-in, on {at}."
            ),
        ),
        GuardedChange::Retention => (
            "How long conversations are kept was changed",
            format!(
                "{by} changed for how long one of your workspaces keeps its conversations, on {at}. Older ones may be deleted."
            ),
        ),
    };
    Words {
        subject,
        heading: subject,
        opening: paragraphs([
            &said,
            "Did you know about it? Then all is well. If not, ask whether it really was that person, and look at the audit log: it has every change, also those that no email is sent about.",
        ]),
        button: Some("Open the audit log"),
        closing: Vec::new(),
        reason: format!("You’re getting this because you run a workspace on Porchlight at {host}."),
    }
}

fn date(at: Timestamp) -> String {
    let moment = Moment::of(at);
    let (day, month, year) = (moment.day, moment.month_of(&MONTHS), moment.year);
    format!("{day} {month} {year} at {} (UTC)", moment.clock())
}
