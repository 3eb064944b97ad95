//! Lists, a page at a time.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::api::id::Prefixed;
use crate::event::Status;
use crate::ids::{SiteId, VisitorId};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{T}List"))]
pub struct List<T> {
    /// The items.
    pub data: Vec<T>,
    /// Where the next page begins; `null` on the last one.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

impl<T> List<T> {
    /// The first `limit` of the items that follow, of which one more was asked for; `place` names where an item stands.
    #[must_use]
    pub fn of<I>(
        mut items: Vec<I>,
        limit: Limit,
        place: impl Fn(&I) -> super::Place,
        view: impl Fn(I) -> T,
    ) -> Self {
        let has_more = items.len() > limit.items();
        items.truncate(limit.items());
        let next_cursor = items.last().filter(|_| has_more).map(|last| place(last).to_cursor());
        Self { data: items.into_iter().map(view).collect(), next_cursor, has_more }
    }
}

/// In which order a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// From the lowest to the highest, from the oldest to the newest.
    Asc,
    /// The other way round.
    Desc,
}

/// How many items a page has at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit(u8);

impl Limit {
    /// The most items of a page.
    pub const MOST: u8 = 100;

    /// As many items as are asked for.
    #[must_use]
    pub fn items(self) -> usize {
        usize::from(self.0)
    }

    /// One more, by which is seen whether there is a next page.
    #[must_use]
    pub const fn and_one_more(self) -> u16 {
        (self.0 as u16).saturating_add(1)
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(25)
    }
}

/// As it stands in an address: digits.
impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number =
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten();
        number
            .filter(|number| (1..=Self::MOST).contains(number))
            .map(Self)
            .ok_or_else(|| D::Error::custom("a number from 1 to 100"))
    }
}

/// What every list can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// How many items at most.
    #[serde(default)]
    pub limit: Limit,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// In which order.
    pub order: Option<Order>,
}

/// What the list of conversations can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConversationsQuery {
    /// How many items at most.
    #[serde(default)]
    pub limit: Limit,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// In which order.
    pub order: Option<Order>,
    /// Only those that stand so.
    pub status: Option<Status>,
    /// Only those that began on this site.
    pub site: Option<Prefixed<SiteId>>,
    /// Only those with this contact.
    pub contact: Option<Prefixed<VisitorId>>,
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::Limit;

    impl JsonSchema for Limit {
        fn schema_name() -> Cow<'static, str> {
            "Limit".into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "integer", "minimum": 1, "maximum": Limit::MOST })
        }
    }
}
