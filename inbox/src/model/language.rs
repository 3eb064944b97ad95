//! The languages that mails are written in.

use protocol::mail::Language;

/// Every language with its tag (BCP 47) and its own name.
pub(crate) const EVERY: [(Language, &str, &str); 5] = [
    (Language::En, "en", "English"),
    (Language::De, "de", "Deutsch"),
    (Language::Fr, "fr", "Français"),
    (Language::Es, "es", "Español"),
    (Language::Ar, "ar", "العربية"),
];

/// The language of a tag, as browsers tell it; English for those that mails are not written in.
pub(crate) fn of_tag(tag: &str) -> Language {
    let wanted = tag.split('-').next().unwrap_or_default();
    EVERY
        .iter()
        .find(|(_, tag, _)| tag.eq_ignore_ascii_case(wanted))
        .map_or(Language::En, |(language, ..)| *language)
}

/// The tag of a language.
pub(crate) fn tag(language: Language) -> &'static str {
    EVERY.iter().find(|(known, ..)| *known == language).map_or("en", |(_, tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib27_mails_are_asked_for_in_the_browsers_language() {
        assert_eq!(of_tag("de-AT"), Language::De);
        assert_eq!(of_tag("AR"), Language::Ar);
        assert_eq!(of_tag("nl"), Language::En);
        assert_eq!(of_tag(""), Language::En);
        for (language, text, _) in EVERY {
            assert_eq!((of_tag(text), tag(language)), (language, text));
        }
    }
}
