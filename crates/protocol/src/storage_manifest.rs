//! What the widget stores on a visitor's device: every key with its purpose, category and life (SPEC PV1).
//!
//! The build gives the loader its keys from here, and writes the manifest as the JSON that `/storage.json` serves.

use serde::{Deserialize, Serialize};

use crate::limits;

/// What every key begins with; the id of the site follows.
pub const STORAGE_PREFIX: &str = "porchlight:";
/// What stands between that and the id of a message that waits.
pub const UNSENT_INFIX: &str = ":";
/// What stands behind that in the key which says that the panel is open.
pub const OPEN_SUFFIX: &str = "+";
/// What stands behind that in the key which says that the visitor wants no sound.
pub const MUTE_SUFFIX: &str = "-";
/// What stands behind that in the key of the proactive messages that the visitor has opened or put away.
pub const PROACTIVE_SUFFIX: &str = "!";
/// What stands behind that in the key of the visit that the visitor is on.
pub const VISIT_SUFFIX: &str = "~";

/// All that is stored on the device of a visitor. There are no cookies, and nothing before the visitor reaches for the
/// chat or has agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageManifest {
    /// One entry for each form of a key.
    pub items: Vec<StoredItem>,
}

/// One form of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredItem {
    /// The key; `{site}` and `{message}` stand for ids of letters, digits, `-` and `_`.
    pub key: String,
    /// Where it may be, the usual place first: the page can choose another one for what is not bound to a place.
    pub places: Vec<StoragePlace>,
    /// What it is for, in the sense of consent.
    pub category: StorageCategory,
    /// What it is for, in words.
    pub purpose: String,
    /// How long it stays, in words.
    pub life: String,
}

/// A storage of the page on which the tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StoragePlace {
    /// Until it is removed, for all tabs.
    LocalStorage,
    /// Until the tab is closed.
    SessionStorage,
}

/// The five usual categories of consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StorageCategory {
    /// Without it, what the visitor asked for does not work.
    Necessary,
    /// Remembers how somebody likes it.
    Preferences,
    /// Counts and measures.
    Statistics,
    /// Follows people from site to site.
    Marketing,
    /// Nobody knows.
    Unclassified,
}

impl StorageManifest {
    /// The manifest of this version.
    #[must_use]
    pub fn of_widget() -> Self {
        let days = limits::VISITOR_TOKEN_MS / (24 * 3_600_000);
        let site = format!("{STORAGE_PREFIX}{{site}}");
        let visitor = StoredItem {
            key: site.clone(),
            places: vec![StoragePlace::LocalStorage, StoragePlace::SessionStorage],
            category: StorageCategory::Necessary,
            purpose: "Finds the visitor's conversation again on the next page and the next visit.".to_owned(),
            life: format!(
                "Made when the visitor opens the chat; good for {days} days after the last opening, or until the page resets \
                 the chat or consent is taken back."
            ),
        };
        let unsent = StoredItem {
            key: format!("{site}{UNSENT_INFIX}{{message}}"),
            places: vec![StoragePlace::LocalStorage, StoragePlace::SessionStorage],
            category: StorageCategory::Necessary,
            purpose: "A message that the visitor has sent and our server has not confirmed yet, so that it is not lost."
                .to_owned(),
            life: "Until the server has confirmed it, or the visitor discards it.".to_owned(),
        };
        let open = StoredItem {
            key: format!("{site}{OPEN_SUFFIX}"),
            places: vec![StoragePlace::SessionStorage],
            category: StorageCategory::Preferences,
            purpose: "Keeps the chat open when the visitor goes to another page of the site.".to_owned(),
            life: "Until the visitor closes the chat or the tab.".to_owned(),
        };
        let mute = StoredItem {
            key: format!("{site}{MUTE_SUFFIX}"),
            places: vec![StoragePlace::LocalStorage, StoragePlace::SessionStorage],
            category: StorageCategory::Preferences,
            purpose: "Remembers that the visitor has turned the chat's sound off.".to_owned(),
            life: "Until the visitor turns it on again, the page resets the chat, or consent is taken back."
                .to_owned(),
        };
        let proactive = StoredItem {
            key: format!("{site}{PROACTIVE_SUFFIX}"),
            places: vec![StoragePlace::LocalStorage, StoragePlace::SessionStorage],
            category: StorageCategory::Preferences,
            purpose: "Remembers which of the site's messages beside the launcher the visitor has opened or put away, so that \
                      they do not come again."
                .to_owned(),
            life: "Made when the visitor opens or closes such a message. Of one that may come again in a later session: until \
                   the tab is closed; else until the page resets the chat, or consent is taken back."
                .to_owned(),
        };
        let visit = StoredItem {
            key: format!("{site}{VISIT_SUFFIX}"),
            places: vec![StoragePlace::LocalStorage, StoragePlace::SessionStorage],
            category: StorageCategory::Statistics,
            purpose: "Where the site shows its team who is there: a number drawn for this visit, when it began and was last \
                      told, and how many visits there were, so that the pages of one visit are not taken for several visitors."
                .to_owned(),
            life: "Made only where the page says that the visitor has agreed. A visit is over after half an hour without a \
                   page; the number of visits stays until the page resets the chat, or consent is taken back."
                .to_owned(),
        };
        Self { items: vec![visitor, unsent, open, mute, proactive, visit] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pv1_the_loader_forgets_by_suffixes_of_one_character() {
        assert!(
            [OPEN_SUFFIX, MUTE_SUFFIX, PROACTIVE_SUFFIX, VISIT_SUFFIX].iter().all(|suffix| suffix.len() == 1)
        );
    }

    #[test]
    fn pv1_every_key_is_named_once_and_begins_with_ours() {
        let keys: Vec<_> = StorageManifest::of_widget().items.into_iter().map(|item| item.key).collect();
        assert_eq!(
            keys,
            [
                "porchlight:{site}",
                "porchlight:{site}:{message}",
                "porchlight:{site}+",
                "porchlight:{site}-",
                "porchlight:{site}!",
                "porchlight:{site}~"
            ]
        );
    }
}
