//! The languages, and their files.

use std::collections::BTreeMap;

use protocol::WaitWords;
use protocol::http::LauncherWords;
use protocol::http::proactive::ProactiveWords;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

/// A language that the widget speaks.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47), which is the name of its file.
    pub name: &'static str,
    /// Its file: one JSON object.
    text: &'static str,
}

macro_rules! languages {
    ($($name:literal)*) => {
        [$(Language { name: $name, text: include_str!(concat!("../locales/", $name, ".json")) }),*]
    };
}

/// Every language, by name.
pub static LANGUAGES: [Language; 31] = languages![
    "ar" "cs" "da" "de" "el" "en" "es" "fa" "fi" "fr" "he" "hi" "hu" "id" "it" "ja" "ko" "nb" "nl" "pl" "pt" "pt-BR"
    "ro" "ru" "sv" "th" "tr" "uk" "vi" "zh-Hans" "zh-Hant"
];

/// What everybody gets for whom there is nothing else.
pub(crate) static ENGLISH: Language = Language { name: "en", text: include_str!("../locales/en.json") };

/// One text of a file, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What the widget calls it.
    pub name: String,
    /// The text.
    pub text: Text,
}

/// A text, or the forms of one that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same for all.
    One(String),
    /// By the plural categories of the language (`Intl.PluralRules`).
    Counted(BTreeMap<String, String>),
}

#[expect(clippy::expect_used, reason = "files of ours, all of which the tests read: no input gets here")]
impl Language {
    /// `rtl` or `ltr`: how the language is written.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if matches!(self.name, "ar" | "fa" | "he") { "rtl" } else { "ltr" }
    }

    /// Those of the visitor's home, which come with it.
    #[must_use]
    pub fn home(&self) -> BTreeMap<String, String> {
        let entries = self.entries().into_iter();
        let of_home = entries.filter(|entry| entry.name.starts_with(HOME));
        let texts = of_home.filter_map(|Entry { name, text }| match text {
            Text::One(text) => Some((name, text)),
            Text::Counted(_) => None,
        });
        texts.collect()
    }

    /// Those of a wait, which come with it.
    ///
    /// # Panics
    ///
    /// Never: the tests read every file.
    #[must_use]
    pub fn wait(&self) -> WaitWords {
        serde_json::from_str(self.text).expect("invariant: a file has all words, as the tests say")
    }

    /// All words but those that come with what they are about, as [`compact`] writes them.
    #[must_use]
    pub fn compact(&self) -> String {
        compact(self.text)
    }

    /// Those of the launcher.
    ///
    /// # Panics
    ///
    /// Never: the tests read every file.
    #[must_use]
    pub fn launcher(&self) -> LauncherWords {
        serde_json::from_str(self.text).expect("invariant: a file has all words, as the tests say")
    }

    /// Those of a proactive message.
    ///
    /// # Panics
    ///
    /// Never: the tests read every file.
    #[must_use]
    pub fn proactive(&self) -> ProactiveWords {
        serde_json::from_str(self.text).expect("invariant: a file has all words, as the tests say")
    }

    /// All texts, in the order of the file.
    ///
    /// # Panics
    ///
    /// Never: the tests read every file.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let Entries(entries) = serde_json::from_str(self.text)
            .expect("invariant: a file is an object of texts, as the tests say");
        entries
    }
}

/// What the names of the home's words begin with.
const HOME: &str = "home_";

/// The same of those of a wait.
const WAIT: &str = "wait_";

/// A file in one line, as it travels; nothing in it means anything to HTML, as the tests say. The words of the home and of a
/// wait, which stand somewhere in the middle and a word a line, travel with those.
#[must_use]
pub fn compact(text: &str) -> String {
    let travels = |line: &&str| {
        !line.strip_prefix('"').is_some_and(|name| [HOME, WAIT].iter().any(|part| name.starts_with(part)))
    };
    let lines = text.lines().map(str::trim_start).filter(travels);
    lines.map(|line| line.replacen("\": ", "\":", 1)).collect()
}

/// An object in its order.
struct Entries(Vec<Entry>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Entries;

    fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries: Vec<Entry> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if entries.iter().any(|entry| entry.name == name) {
                return Err(Error::custom("a name stands twice"));
            }
            let text = text_of(value).ok_or_else(|| Error::custom("a text is no text"))?;
            entries.push(Entry { name, text });
        }
        Ok(Entries(entries))
    }
}

fn text_of(value: Value) -> Option<Text> {
    match value {
        Value::String(text) => Some(Text::One(text)),
        Value::Object(forms) => {
            let forms = forms.into_iter().map(|(category, form)| Some((category, form.as_str()?.to_owned())));
            forms.collect::<Option<_>>().map(Text::Counted)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}
