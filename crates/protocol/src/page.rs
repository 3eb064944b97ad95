//! Where on the site a visitor is.

use serde::{Deserialize, Serialize};

use crate::limits::PAGE_FIELD_BYTES;

/// The page a visitor looks at. All of it is the browser's claim.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Address of the page.
    pub url: String,
    /// Title of the page.
    pub title: String,
    /// Where the visitor came from, empty if unknown.
    pub referrer: String,
}

impl Page {
    /// Cuts every field to [`PAGE_FIELD_BYTES`] and drops control characters; a page is never a reason to refuse.
    #[must_use]
    pub fn tidied(self) -> Self {
        Self { url: tidy(&self.url), title: tidy(&self.title), referrer: tidy(&self.referrer) }
    }
}

fn tidy(text: &str) -> String {
    let is_blank = |character: &char| character.is_whitespace() || character.is_control();
    let mut tidied = String::new();
    for character in text.chars().skip_while(is_blank).filter(|character| !character.is_control()) {
        if tidied.len().saturating_add(character.len_utf8()) > PAGE_FIELD_BYTES {
            break;
        }
        tidied.push(character);
    }
    tidied.truncate(tidied.trim_end().len());
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cv9_a_page_is_cut_and_never_refused() {
        let page = Page { url: "é".repeat(400), title: "a\nb".to_owned(), referrer: String::new() }.tidied();
        assert_eq!(page.url.len(), 400);
        assert_eq!(page.title, "ab");
    }

    #[test]
    fn cv9_a_page_tidied_twice_is_the_page_tidied_once() {
        for text in ["\0 a", "a \0", " \0 a \u{85} ", &format!("{} b", "a".repeat(399))] {
            let page = Page { title: text.to_owned(), ..Page::default() }.tidied();
            assert_eq!(page.clone().tidied(), page, "{text:?}");
        }
    }
}
