//! Every file of words against the English one, which the widget is written with.

use std::collections::{BTreeMap, BTreeSet};

use words::{Entry, LANGUAGES, Language, Text};

/// Texts that are the same in English and in some other language, and right in it.
const SAME_AS_ENGLISH: [(&str, &[&str]); 16] = [
    ("cs", &["chat", "emoji"]),
    ("da", &["chat", "send"]),
    ("de", &["chat", "team"]),
    ("el", &["emoji"]),
    ("es", &["chat"]),
    ("fi", &["chat"]),
    ("fr", &["chat", "message", "messages"]),
    ("id", &["emoji"]),
    ("it", &["chat", "emoji"]),
    ("nb", &["chat", "send"]),
    ("nl", &["chat", "team"]),
    ("pl", &["emoji"]),
    ("pt", &["chat"]),
    ("pt-BR", &["chat"]),
    ("ro", &["chat", "emoji"]),
    ("tr", &["emoji"]),
];

/// The plural categories of each language (CLDR), as `Intl.PluralRules` has them; a story asks the browser.
const CATEGORIES: [(&str, &[&str]); 7] = [
    ("de en nl sv da nb fi tr el hu hi fa", &["one", "other"]),
    ("ja ko zh-Hans zh-Hant th vi id", &["other"]),
    ("fr es it pt pt-BR", &["many", "one", "other"]),
    ("pl ru uk cs", &["few", "many", "one", "other"]),
    ("ro", &["few", "one", "other"]),
    ("he", &["one", "other", "two"]),
    ("ar", &["few", "many", "one", "other", "two", "zero"]),
];

#[test]
fn lo7_a_site_can_choose_every_language() {
    assert_eq!(LANGUAGES.each_ref().map(|language| language.name), protocol::http::look::LANGUAGES);
}

#[test]
fn lo3_every_language_has_the_same_words_in_the_same_order() {
    let expected = names(english());
    for language in &LANGUAGES {
        assert_eq!(names(language), expected, "{}", language.name);
    }
}

#[test]
fn lo3_every_file_is_a_language_under_its_own_name() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/locales");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of the files")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let mut names: Vec<_> = LANGUAGES.iter().map(|language| format!("{}.json", language.name)).collect();
    names.sort();
    assert_eq!(files, names);
}

#[test]
fn lo3_every_text_has_the_placeholders_of_the_english_one() {
    let expected: BTreeMap<_, _> = english()
        .entries()
        .into_iter()
        .map(|entry| (entry.name.clone(), placeholders(forms(&entry))))
        .collect();
    for language in &LANGUAGES {
        for entry in language.entries() {
            for (category, form) in forms(&entry) {
                let found = placeholders([(category.clone(), form.clone())].into());
                // "One message" needs no number; what counts anything else does.
                let is_counted_out = matches!(category.as_str(), "zero" | "one" | "two") && found.is_empty();
                let place = format!("{} of {}, {category}", entry.name, language.name);
                assert!(is_counted_out || found == expected[&entry.name], "{place}: {form:?}");
                assert_eq!(form.matches('{').count(), form.matches('}').count(), "{place}: {form:?}");
            }
        }
    }
}

#[test]
fn lo3_what_counts_has_exactly_the_forms_of_its_language() {
    for language in &LANGUAGES {
        let (_, expected) = CATEGORIES
            .iter()
            .find(|(names, _)| names.split(' ').any(|name| name == language.name))
            .expect("every language has its categories here");
        for Entry { name, text } in language.entries() {
            if let Text::Counted(forms) = text {
                assert_eq!(forms.keys().collect::<Vec<_>>(), *expected, "{name} of {}", language.name);
            }
        }
    }
}

#[test]
fn lo3_a_text_is_something_to_read_and_nothing_else() {
    for language in &LANGUAGES {
        for entry in language.entries() {
            for form in forms(&entry).into_values() {
                let place = format!("{} of {}: {form:?}", entry.name, language.name);
                assert!(form.len() <= 240 && form.trim() == form && !form.is_empty(), "{place}");
                assert!(!form.contains(['<', '>', '&', '\\', '"']), "no markup, {place}");
                assert!(!form.chars().any(is_invisible), "nothing that is not seen, {place}");
                assert!(!form.contains("...") && !form.contains("  "), "well set, {place}");
            }
        }
        assert!(language.compact().len() < 12_000, "{}", language.name);
    }
}

#[test]
fn lo3_nothing_was_left_in_english() {
    let english: BTreeMap<_, _> =
        english().entries().into_iter().map(|entry| (entry.name, entry.text)).collect();
    let mut found = BTreeSet::new();
    for language in LANGUAGES.iter().filter(|language| language.name != "en") {
        let same = language.entries().into_iter().filter(|entry| english[&entry.name] == entry.text);
        // What is made of placeholders and signs alone has no language.
        let same = same.filter(|entry| forms(entry).values().any(|form| has_words(form)));
        found.extend(same.map(|entry| (language.name, entry.name)));
    }
    let expected: BTreeSet<_> = SAME_AS_ENGLISH
        .iter()
        .flat_map(|(language, names)| names.iter().map(|name| (*language, (*name).to_owned())))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn lo3_the_compact_form_says_the_same() {
    for language in &LANGUAGES {
        let compact: serde_json::Value = serde_json::from_str(&language.compact()).expect("it is JSON");
        let object = compact.as_object().expect("an object");
        let home = language.home();
        let of_wait = |name: &String| name.starts_with("wait_");
        let waits = names(language).into_iter().filter(of_wait).count();
        assert_eq!(object.len() + home.len() + waits, names(language).len());
        assert!(
            !home.is_empty() && !object.keys().any(|name| home.contains_key(name) || of_wait(name)),
            "no word travels twice"
        );
        assert!(!language.wait().wait_before.is_empty());
        assert_eq!(language.launcher().chat, object["chat"], "{}", language.name);
        assert!(!language.compact().contains(['<', '\n']));
    }
}

#[test]
fn lo5_the_package_knows_the_name_of_every_word() {
    let types = include_str!("../../../widget/npm/src/strings.ts");
    let told: Vec<_> = types
        .lines()
        .filter_map(|line| Some(line.trim().strip_prefix("| \"")?.split('"').next()?.to_owned()))
        .collect();
    assert_eq!(told, names(english()));
}

fn english() -> &'static Language {
    LANGUAGES.iter().find(|language| language.name == "en").expect("there is English")
}

fn names(language: &Language) -> Vec<String> {
    language.entries().into_iter().map(|entry| entry.name).collect()
}

fn forms(entry: &Entry) -> BTreeMap<String, String> {
    match &entry.text {
        Text::One(text) => [("other".to_owned(), text.clone())].into(),
        Text::Counted(forms) => forms.clone(),
    }
}

fn placeholders(forms: BTreeMap<String, String>) -> BTreeSet<String> {
    let form = forms.get("other").or_else(|| forms.values().next()).expect("a form");
    form.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

fn has_words(form: &str) -> bool {
    let mut outside = true;
    form.chars().any(|character| {
        outside = if character == '{' { false } else { outside || character == '}' };
        outside && character.is_alphabetic()
    })
}

/// Control, direction and zero-width characters, but for the two that Persian, Hindi and their like are written with.
fn is_invisible(character: char) -> bool {
    let joins = matches!(character, '\u{200c}' | '\u{200d}');
    !joins
        && (character.is_control()
            || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}'))
}
