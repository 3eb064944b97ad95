//! What the letters say, one file a language. A language that lacks a letter does not compile.

mod ar;
mod de;
mod en;
mod es;
mod fr;

use protocol::limits::{INVITATION_MS, LINK_MS, SIGN_IN_LINK_MS};
use protocol::mail::{Language, Letter};

use crate::base_url::BaseUrl;
use crate::samples::LANGUAGES;

/// What is the same in every letter of a language.
pub(crate) struct Setting {
    /// BCP 47.
    pub(crate) code: &'static str,
    /// `ltr` or `rtl`.
    pub(crate) direction: &'static str,
    /// Before the link, for whom the button does nothing.
    pub(crate) or_copy: &'static str,
    /// The visitor, in a transcript.
    pub(crate) you: &'static str,
    /// In place of what was deleted.
    pub(crate) deleted: &'static str,
    /// At the beginning of a transcript that is cut.
    pub(crate) cut: &'static str,
}

/// What a letter says. Subject, heading and button are constants: nothing that anybody wrote gets into them.
pub(crate) struct Words {
    pub(crate) subject: &'static str,
    pub(crate) heading: &'static str,
    /// Paragraphs before the button.
    pub(crate) opening: Vec<String>,
    /// `None` if there is nothing to do.
    pub(crate) button: Option<&'static str>,
    /// Paragraphs after it.
    pub(crate) closing: Vec<String>,
    /// Why this person gets this mail.
    pub(crate) reason: String,
}

/// What sentences mention.
pub(crate) struct Facts<'a> {
    /// The deployment, as people read its address.
    pub(crate) host: &'a str,
    /// For how long the link of this letter is good.
    pub(crate) minutes: u64,
    /// For how long an invitation is good.
    pub(crate) days: u64,
}

/// For how long a link is good.
const MINUTES: u64 = LINK_MS / 60_000;

/// For how long a link is good that signs in.
const SIGN_IN_MINUTES: u64 = SIGN_IN_LINK_MS / 60_000;

/// For how long an invitation is good.
const DAYS: u64 = INVITATION_MS / (24 * 3_600_000);

impl<'a> Facts<'a> {
    /// Those of a letter of a deployment.
    pub(crate) fn of(base: &'a BaseUrl, letter: &Letter) -> Self {
        let minutes = if matches!(letter, Letter::SignInLink { .. }) { SIGN_IN_MINUTES } else { MINUTES };
        Self { host: base.host_and_port(), minutes, days: DAYS }
    }
}

/// The code of a language (BCP 47).
#[must_use]
pub const fn code_of(language: Language) -> &'static str {
    setting(language).code
}

/// The language of a code.
pub(crate) fn language_of(code: &str) -> Option<Language> {
    LANGUAGES.into_iter().find(|language| code_of(*language) == code)
}

/// Says a letter in a language.
pub(crate) fn say(language: Language, letter: &Letter, facts: &Facts<'_>) -> Words {
    match language {
        Language::En => en::say(letter, facts),
        Language::De => de::say(letter, facts),
        Language::Fr => fr::say(letter, facts),
        Language::Es => es::say(letter, facts),
        Language::Ar => ar::say(letter, facts),
    }
}

/// What is the same in every letter of a language.
pub(crate) const fn setting(language: Language) -> &'static Setting {
    match language {
        Language::En => &en::SETTING,
        Language::De => &de::SETTING,
        Language::Fr => &fr::SETTING,
        Language::Es => &es::SETTING,
        Language::Ar => &ar::SETTING,
    }
}

/// Paragraphs, from texts of either kind.
fn paragraphs<const COUNT: usize>(texts: [&str; COUNT]) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}
