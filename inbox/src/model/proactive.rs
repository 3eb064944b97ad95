//! What a site says by itself, as it is typed.

use protocol::http::proactive::{Audience, ProactiveId, ProactiveMessage, ProactiveTriggers, Repeat};
use protocol::limits::{NAME_BYTES, PROACTIVE_PAGE_BYTES, PROACTIVE_SECONDS, PROACTIVE_TEXT_BYTES};

use super::look::{chosen, place_of};
use super::questions::lines;
use crate::words::proactive as words;

/// A message, as its fields hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) is_enabled: bool,
    pub(crate) pages: String,
    pub(crate) seconds: String,
    pub(crate) scroll: String,
    pub(crate) exit: bool,
    pub(crate) audience: String,
    pub(crate) repeat: String,
}

impl Draft {
    /// One that is to be written.
    pub(crate) fn empty() -> Self {
        Self {
            name: String::new(),
            text: String::new(),
            is_enabled: true,
            pages: String::new(),
            seconds: "20".to_owned(),
            scroll: String::new(),
            exit: false,
            audience: place_of(&words::AUDIENCES, &Audience::default()),
            repeat: place_of(&words::REPEATS, &Repeat::default()),
        }
    }

    /// One that there is.
    pub(crate) fn of(message: &ProactiveMessage) -> Self {
        let ProactiveTriggers { seconds, scroll, exit } = message.triggers;
        Self {
            name: message.name.clone(),
            text: message.text.clone(),
            is_enabled: message.is_enabled,
            pages: message.pages.join("\n"),
            seconds: seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
            scroll: scroll.map(|percent| percent.to_string()).unwrap_or_default(),
            exit,
            audience: place_of(&words::AUDIENCES, &message.audience),
            repeat: place_of(&words::REPEATS, &message.repeat),
        }
    }

    /// Reads it, or says what is wrong.
    pub(crate) fn read(&self, id: ProactiveId) -> Result<ProactiveMessage, &'static str> {
        let (name, text) = (self.name.trim(), self.text.trim());
        let pages = lines(&self.pages);
        let triggers = ProactiveTriggers {
            seconds: number(&self.seconds, 1..=PROACTIVE_SECONDS).ok_or(words::BAD_SECONDS)?,
            scroll: number(&self.scroll, 1..=100).ok_or(words::BAD_SCROLL)?,
            exit: self.exit,
        };
        if name.is_empty() || name.len() > NAME_BYTES {
            Err(words::NO_NAME)
        } else if text.is_empty() {
            Err(words::NO_TEXT)
        } else if text.len() > PROACTIVE_TEXT_BYTES {
            Err(words::LONG_TEXT)
        } else if !pages.iter().all(|page| is_page(page)) {
            Err(words::BAD_PAGE)
        } else if triggers == ProactiveTriggers::default() {
            Err(words::NO_TRIGGER)
        } else {
            Ok(ProactiveMessage {
                id,
                name: name.to_owned(),
                text: text.to_owned(),
                is_enabled: self.is_enabled,
                pages,
                triggers,
                audience: chosen(&words::AUDIENCES, &self.audience),
                repeat: chosen(&words::REPEATS, &self.repeat),
            })
        }
    }
}

/// A number within its bounds, or none where nothing is typed; nothing for anything else.
fn number<T>(typed: &str, bounds: core::ops::RangeInclusive<T>) -> Option<Option<T>>
where
    T: core::str::FromStr + PartialOrd,
{
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(None);
    }
    typed.parse().ok().filter(|number| bounds.contains(number)).map(Some)
}

fn is_page(page: &str) -> bool {
    let is_path = page.starts_with(['/', '*']) && !page.starts_with("//");
    is_path && page.len() <= PROACTIVE_PAGE_BYTES && !page.contains(['?', '#', '\\', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: ProactiveId = ProactiveId(7);

    fn draft() -> Draft {
        Draft { name: "Prices".to_owned(), text: "Any questions?".to_owned(), ..Draft::empty() }
    }

    #[test]
    fn ib131_a_proactive_message_is_read_as_it_is_shown() {
        let read = draft().read(ID);
        assert_eq!(read.as_ref().map(|message| message.triggers.seconds), Ok(Some(20)));
        let message = ProactiveMessage {
            pages: vec!["/a".to_owned(), "/b/*".to_owned()],
            triggers: ProactiveTriggers { seconds: None, scroll: Some(50), exit: true },
            audience: Audience::New,
            repeat: Repeat::Session,
            is_enabled: false,
            ..read.expect("good")
        };
        assert_eq!(Draft::of(&message).read(ID), Ok(message));
    }

    #[test]
    fn ib131_what_is_wrong_with_a_proactive_message_is_told_before_anything_is_sent() {
        let typed = |text: &str| text.to_owned();
        for (draft, expected) in [
            (Draft { name: typed(" "), ..draft() }, words::NO_NAME),
            (Draft { text: typed("\n"), ..draft() }, words::NO_TEXT),
            (Draft { text: "x".repeat(401), ..draft() }, words::LONG_TEXT),
            (Draft { pages: typed("/a\nshop.example/b"), ..draft() }, words::BAD_PAGE),
            (Draft { pages: typed("/a?b"), ..draft() }, words::BAD_PAGE),
            (Draft { seconds: typed("0"), ..draft() }, words::BAD_SECONDS),
            (Draft { seconds: typed("soon"), ..draft() }, words::BAD_SECONDS),
            (Draft { scroll: typed("101"), ..draft() }, words::BAD_SCROLL),
            (Draft { seconds: typed(" "), ..draft() }, words::NO_TRIGGER),
        ] {
            assert_eq!(draft.read(ID), Err(expected), "{draft:?}");
        }
    }
}
