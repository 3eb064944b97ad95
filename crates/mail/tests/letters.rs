//! Every letter in every language: golden files, and what must be true of all of them.

use std::collections::BTreeSet;

use mail::{BaseUrl, LANGUAGES, Message, code_of, compose, samples};
use protocol::Timestamp;
use protocol::mail::{GuardedChange, Language, Letter};

const TOKEN: &str = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz";

fn base() -> BaseUrl {
    BaseUrl::parse("https://chat.example.com").expect("an address")
}

fn letters() -> Vec<Letter> {
    samples(Timestamp(1_795_615_380_000))
}

/// What a letter is called in the names of cases. A letter that is missing in the samples does not compile here.
const fn name(letter: &Letter) -> &'static str {
    match letter {
        Letter::SignUp { .. } => "sign_up",
        Letter::AlreadySignedUp => "already_signed_up",
        Letter::SignInLink { .. } => "sign_in_link",
        Letter::Reset { .. } => "reset",
        Letter::ConfirmNewAddress { .. } => "confirm_new_address",
        Letter::AddressChanged => "address_changed",
        Letter::PasswordChanged => "password_changed",
        Letter::SecondFactorChanged { is_on: true } => "second_factor_on",
        Letter::SecondFactorChanged { is_on: false } => "second_factor_off",
        Letter::NewDevice { .. } => "new_device",
        Letter::Invitation { .. } => "invitation",
        Letter::DeletionBegun { .. } => "deletion_begun",
        Letter::AccountDeleted => "account_deleted",
        Letter::Transcript(_) => "transcript",
        Letter::PasskeysChanged { is_added: true } => "passkey_added",
        Letter::PasskeysChanged { is_added: false } => "passkey_removed",
        Letter::GuardedChange { what: GuardedChange::Owner, .. } => "changed_owner",
        Letter::GuardedChange { what: GuardedChange::Rights, .. } => "changed_rights",
        Letter::GuardedChange { what: GuardedChange::ApiKey, .. } => "changed_api_key",
        Letter::GuardedChange { what: GuardedChange::Site, .. } => "changed_site",
        Letter::GuardedChange { what: GuardedChange::Identity, .. } => "changed_identity",
        Letter::GuardedChange { what: GuardedChange::SecondFactor, .. } => "changed_second_factor",
        Letter::GuardedChange { what: GuardedChange::Retention, .. } => "changed_retention",
    }
}

/// How many names there are.
const KINDS: usize = 23;

/// Every letter in every language.
fn all() -> Vec<(String, Message)> {
    letters().iter().flat_map(in_every_language).collect()
}

fn in_every_language(letter: &Letter) -> [(String, Message); 5] {
    let write =
        |language| (format!("{} {}", name(letter), code_of(language)), compose(&base(), language, letter));
    LANGUAGES.map(write)
}

/// The addresses that a text or a document leads to.
fn links(text: &str) -> Vec<&str> {
    let starts = text.match_indices("https://").map(|(start, _)| text.split_at(start).1);
    starts.filter_map(|rest| rest.split(['"', '<', '\n', ' ']).next()).collect()
}

#[test]
fn ml1_letters_are_golden() {
    let names: BTreeSet<_> = letters().iter().map(name).collect();
    assert_eq!(names.len(), KINDS, "a sample of each kind");
    for language in LANGUAGES {
        let write = |letter: &Letter| {
            let message = compose(&base(), language, letter);
            format!("=== {}\nSubject: {}\n\n{}", name(letter), message.subject, message.text)
        };
        let letters: Vec<String> = letters().iter().map(write).collect();
        insta::assert_snapshot!(format!("letters_{}", code_of(language)), letters.join("\n"));
    }
    for (name, message) in
        all().iter().filter(|(name, _)| ["invitation en", "invitation ar"].contains(&name.as_str()))
    {
        let golden = format!("html_{}", name.replace(' ', "_"));
        insta::assert_snapshot!(golden, message.html.replace("><", ">\n<"));
    }
}

#[test]
fn ml1_twins_say_the_same() {
    for (name, message) in all() {
        let (before, footer) =
            message.text.split_once("-- \n").unwrap_or_else(|| panic!("{name}: no footer"));
        let shown = message.html.replace("&amp;", "&");
        for line in before.lines().chain(footer.lines().next()).filter(|line| !line.is_empty()) {
            assert!(shown.contains(line), "{name}: the HTML lacks {line:?}");
        }
        let button = links(before);
        let news = ["address_changed", "account_deleted", "transcript"];
        let is_only_news = news.iter().any(|letter| name.starts_with(letter));
        assert_eq!(button.len(), usize::from(!is_only_news), "{name}: one button");
        for link in button {
            assert_eq!(
                message.html.matches(&format!("href=\"{link}\"")).count(),
                2,
                "{name}: button and address"
            );
        }
    }
}

#[test]
fn ml1_languages_differ_and_say_which_they_are() {
    let messages = all();
    for of_one_letter in messages.chunks(LANGUAGES.len()) {
        for ((name, message), code) in of_one_letter.iter().zip(LANGUAGES.map(code_of)) {
            let direction = if code == "ar" { "rtl" } else { "ltr" };
            assert!(message.html.contains(&format!("<html lang=\"{code}\" dir=\"{direction}\">")), "{name}");
            let same = of_one_letter.iter().filter(|(_, other)| other.subject == message.subject).count();
            assert_eq!(same, 1, "{name}: {}", message.subject);
        }
    }
}

#[test]
fn ml2_links_begin_with_the_base_address_and_hide_their_token() {
    for (name, message) in all() {
        for link in links(&message.text).into_iter().chain(links(&message.html)) {
            let rest =
                link.strip_prefix("https://chat.example.com").unwrap_or_else(|| panic!("{name}: {link}"));
            let (path, token) = rest.split_once('#').unwrap_or((rest, ""));
            assert!(path.is_empty() || path.starts_with("/inbox/"), "{name}: {link}");
            assert!(token.is_empty() || token == TOKEN, "{name}: {link}");
        }
    }
    let spoiled = Letter::Reset { token: "a\"><script>#?/..\r\nb".to_owned() };
    let message = compose(&base(), Language::En, &spoiled);
    assert!(message.text.contains("https://chat.example.com/inbox/reset#ascriptb\n"), "{}", message.text);
}

#[test]
fn ml3_what_somebody_wrote_is_one_line_of_text() {
    let hostile =
        "<script>alert(1)</script>\"'&\r\nBcc: all@example.net\n\nhttps://evil.example \u{202e}@x.example";
    let invitation = |by: &str| Letter::Invitation { token: TOKEN.to_owned(), invited_by: by.to_owned() };
    let changed = |by: &str| Letter::GuardedChange {
        what: GuardedChange::ApiKey,
        by: by.to_owned(),
        at: Timestamp(1_795_615_380_000),
    };
    let written = |by| in_every_language(&invitation(by)).into_iter().chain(in_every_language(&changed(by)));
    for ((name, message), (_, expected)) in written(hostile).zip(written("plain@x.example")) {
        assert_eq!(message.subject, expected.subject, "{name}: the subject is ours");
        assert!(!message.subject.chars().any(char::is_control), "{name}");
        assert!(!message.html.contains("<script"), "{name}");
        assert!(!message.html.contains("alert(1)</script>"), "{name}");
        assert!(!message.text.contains("\nBcc"), "{name}");
        assert!(!message.text.contains('\u{202e}') && !message.html.contains('\u{202e}'), "{name}");
        assert_eq!(message.text.lines().count(), expected.text.lines().count(), "{name}: no line more");
        let tags = |html: &str| html.matches('<').count();
        assert_eq!(tags(&message.html), tags(&expected.html), "{name}: no tag more");
        assert_eq!(
            message.html.matches("href=").count(),
            expected.html.matches("href=").count(),
            "{name}: no link more"
        );
    }
}

#[test]
fn ml4_a_letter_loads_nothing() {
    for (name, message) in all() {
        for loading in
            ["<img", "<script", "<link", "<iframe", "<object", "src=", "url(", "@import", "@font-face"]
        {
            assert!(!message.html.contains(loading), "{name}: {loading}");
        }
        // Gmail cuts what is longer than 102 kB; most of ours should come whole in one packet's worth.
        assert!(message.html.len() < 10_000, "{name}: {} bytes", message.html.len());
    }
}
