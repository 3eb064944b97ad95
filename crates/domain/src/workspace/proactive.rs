//! What a site may say to its visitors by itself (SPEC WG52, WG53), and what its pages are told of that.

use std::collections::BTreeSet;

use protocol::Code;
use protocol::http::proactive::{ProactiveMessage, ProactiveRule, ProactiveTriggers};
use protocol::limits::{
    PROACTIVE_MESSAGES, PROACTIVE_PAGE_BYTES, PROACTIVE_PAGES, PROACTIVE_SECONDS, PROACTIVE_TEXT_BYTES,
};

use crate::name::{is_formatting, name};

/// Puts proactive messages into their one spelling.
///
/// # Errors
/// [`Code::TooLarge`] for too many messages or pages, [`Code::BadField`] for an id that is there twice, a name that none
/// could be, a text that is empty, too long or not plain, a page that is no path, and for triggers that never come.
pub fn tidied_proactive(messages: Vec<ProactiveMessage>) -> Result<Vec<ProactiveMessage>, Code> {
    if messages.len() > PROACTIVE_MESSAGES {
        return Err(Code::TooLarge);
    }
    let messages = messages.into_iter().map(tidied).collect::<Result<Vec<_>, _>>()?;
    let ids: BTreeSet<_> = messages.iter().map(|message| message.id).collect();
    if ids.len() == messages.len() { Ok(messages) } else { Err(Code::BadField) }
}

fn tidied(message: ProactiveMessage) -> Result<ProactiveMessage, Code> {
    if message.pages.len() > PROACTIVE_PAGES {
        return Err(Code::TooLarge);
    }
    if !can_happen(message.triggers) {
        return Err(Code::BadField);
    }
    Ok(ProactiveMessage {
        name: name(&message.name)?,
        text: tidied_words(&message.text)?,
        pages: message.pages.iter().map(|page| tidied_page(page)).collect::<Result<_, _>>()?,
        ..message
    })
}

/// Whether there is a trigger, and each is one that comes.
fn can_happen(triggers: ProactiveTriggers) -> bool {
    let ProactiveTriggers { seconds, scroll, exit } = triggers;
    let is_in_time = seconds.is_none_or(|seconds| (1..=PROACTIVE_SECONDS).contains(&seconds));
    let is_on_page = scroll.is_none_or(|scroll| (1..=100).contains(&scroll));
    is_in_time && is_on_page && (seconds.is_some() || scroll.is_some() || exit)
}

/// Puts lines of plain text, as they are shown beside the launcher, into their one spelling.
pub(crate) fn tidied_words(text: &str) -> Result<String, Code> {
    let text = text.trim().replace("\r\n", "\n");
    let is_plain =
        |character: char| character == '\n' || !(character.is_control() || is_formatting(character));
    let is_legal = !text.is_empty() && text.len() <= PROACTIVE_TEXT_BYTES && text.chars().all(is_plain);
    if is_legal { Ok(text) } else { Err(Code::BadField) }
}

/// A path, in which a star stands for any text: several in a row are one.
fn tidied_page(page: &str) -> Result<String, Code> {
    let mut page = page.trim().to_owned();
    while page.contains("**") {
        page = page.replace("**", "*");
    }
    let is_plain = |character: char| {
        !(character.is_control()
            || character.is_whitespace()
            || is_formatting(character)
            || matches!(character, '?' | '#' | '\\'))
    };
    let is_path = page.starts_with(['/', '*']) && !page.starts_with("//");
    let is_legal = is_path && page.len() <= PROACTIVE_PAGE_BYTES && page.chars().all(is_plain);
    if is_legal { Ok(page) } else { Err(Code::BadField) }
}

/// What pages are told: those that are enabled, without their names.
#[must_use]
pub fn proactive_rules(messages: &[ProactiveMessage]) -> Vec<ProactiveRule> {
    let rule = |message: &ProactiveMessage| ProactiveRule {
        id: message.id,
        text: message.text.clone(),
        pages: message.pages.clone(),
        triggers: message.triggers,
        audience: message.audience,
        repeat: message.repeat,
    };
    messages.iter().filter(|message| message.is_enabled).map(rule).collect()
}

/// Whether pages have anything to ask for.
#[must_use]
pub fn is_proactive(messages: &[ProactiveMessage]) -> bool {
    messages.iter().any(|message| message.is_enabled)
}

#[cfg(test)]
mod tests {
    use protocol::http::proactive::{Audience, ProactiveId, Repeat};

    use super::*;

    fn message(id: u32) -> ProactiveMessage {
        ProactiveMessage {
            id: ProactiveId(id),
            name: "Prices".to_owned(),
            text: "Any questions?".to_owned(),
            is_enabled: true,
            pages: vec!["/prices*".to_owned()],
            triggers: ProactiveTriggers { seconds: Some(20), scroll: None, exit: false },
            audience: Audience::Everybody,
            repeat: Repeat::Once,
        }
    }

    fn judged(message: ProactiveMessage) -> Result<(), Code> {
        tidied_proactive(vec![message]).map(drop)
    }

    #[test]
    fn wg52_proactive_messages_have_one_spelling() {
        let typed = ProactiveMessage {
            name: " Prices ".to_owned(),
            text: "\n Any\r\nquestions? ".to_owned(),
            pages: vec![" /a/**/b ".to_owned(), "*".to_owned(), "/ürn".to_owned()],
            ..message(1)
        };
        let tidy = ProactiveMessage {
            text: "Any\nquestions?".to_owned(),
            pages: vec!["/a/*/b".to_owned(), "*".to_owned(), "/ürn".to_owned()],
            ..message(1)
        };
        assert_eq!(tidied_proactive(vec![typed, message(2)]), Ok(vec![tidy.clone(), message(2)]));
        assert_eq!(tidied_proactive(vec![tidy.clone()]), Ok(vec![tidy]));
        assert_eq!(tidied_proactive(Vec::new()), Ok(Vec::new()));
    }

    #[test]
    fn wg52_what_cannot_be_said_is_refused() {
        let many = |count: u32| tidied_proactive((0..count).map(message).collect()).map(drop);
        assert_eq!(many(20), Ok(()));
        assert_eq!(many(21), Err(Code::TooLarge));
        assert_eq!(tidied_proactive(vec![message(1), message(1)]), Err(Code::BadField));
        assert_eq!(judged(ProactiveMessage { name: " ".to_owned(), ..message(1) }), Err(Code::BadField));
        for (text, expected) in [
            ("x".repeat(400), Ok(())),
            ("x".repeat(401), Err(Code::BadField)),
            (" \n ".to_owned(), Err(Code::BadField)),
            ("a\u{202e}b".to_owned(), Err(Code::BadField)),
            ("a\tb".to_owned(), Err(Code::BadField)),
            ("👩\u{200d}🚀".to_owned(), Ok(())),
        ] {
            assert_eq!(judged(ProactiveMessage { text: text.clone(), ..message(1) }), expected, "{text:?}");
        }
    }

    #[test]
    fn wg53_pages_are_paths_with_stars() {
        let of = |pages: Vec<String>| judged(ProactiveMessage { pages, ..message(1) });
        for good in ["/", "*", "/a", "/a/*", "*/checkout", "/a*b*c", "/a(b)+[c]", "/日本"] {
            assert_eq!(of(vec![good.to_owned()]), Ok(()), "{good}");
        }
        let long = format!("/{}", "x".repeat(200));
        for bad in [
            "",
            "a",
            "https://shop.example/a",
            "//shop.example",
            "/a?b",
            "/a#b",
            "/a b",
            "/a\\b",
            "/\u{202e}",
            &long,
        ] {
            assert_eq!(of(vec![bad.to_owned()]), Err(Code::BadField), "{bad}");
        }
        assert_eq!(of(Vec::new()), Ok(()));
        assert_eq!(of(vec!["/a".to_owned(); 10]), Ok(()));
        assert_eq!(of(vec!["/a".to_owned(); 11]), Err(Code::TooLarge));
    }

    #[test]
    fn wg52_something_has_to_bring_a_message() {
        for (seconds, scroll, exit, expected) in [
            (None, None, false, Err(Code::BadField)),
            (Some(0), None, true, Err(Code::BadField)),
            (Some(1), None, false, Ok(())),
            (Some(3_600), None, false, Ok(())),
            (Some(3_601), None, false, Err(Code::BadField)),
            (None, Some(0), true, Err(Code::BadField)),
            (None, Some(1), false, Ok(())),
            (None, Some(100), false, Ok(())),
            (None, Some(101), false, Err(Code::BadField)),
            (None, None, true, Ok(())),
        ] {
            let triggers = ProactiveTriggers { seconds, scroll, exit };
            assert_eq!(judged(ProactiveMessage { triggers, ..message(1) }), expected, "{triggers:?}");
        }
    }

    #[test]
    fn wg54_pages_are_told_what_is_enabled_and_no_names() {
        let off = ProactiveMessage { is_enabled: false, ..message(1) };
        assert!(!is_proactive(&[]) && !is_proactive(std::slice::from_ref(&off)));
        let both = [off, ProactiveMessage { audience: Audience::New, repeat: Repeat::Session, ..message(2) }];
        assert!(is_proactive(&both));
        let rule = ProactiveRule {
            id: ProactiveId(2),
            text: "Any questions?".to_owned(),
            pages: vec!["/prices*".to_owned()],
            triggers: message(2).triggers,
            audience: Audience::New,
            repeat: Repeat::Session,
        };
        assert_eq!(proactive_rules(&both), [rule]);
    }
}
