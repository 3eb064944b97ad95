//! The languages that mails are written in, and those that the chat speaks.

use protocol::mail::Language;

/// Every language with its tag (BCP 47) and its own name.
pub(crate) const EVERY: [(Language, &str, &str); 5] = [
    (Language::En, "en", "English"),
    (Language::De, "de", "Deutsch"),
    (Language::Fr, "fr", "Français"),
    (Language::Es, "es", "Español"),
    (Language::Ar, "ar", "العربية"),
];

/// The languages of the chat, by tag, each by its own name.
pub(crate) const OF_CHAT: [(&str, &str); 31] = [
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-BR", "Português (Brasil)"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// Whether the chat is written from right to left in a language.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
    matches!(tag, "ar" | "fa" | "he")
}

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
    fn ib63_every_language_of_the_chat_can_be_chosen() {
        assert_eq!(OF_CHAT.map(|(tag, _)| tag), protocol::http::look::LANGUAGES);
    }

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
