//! What a request of the API says: ids in its path, its query, its body, its headers. Whatever is not in the document is
//! refused, with the name of what is wrong.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::RawPathParams;
use axum::extract::rejection::RawPathParamsRejection;
use axum::http::{HeaderMap, header};
use protocol::EntityTag;
use protocol::api::{ListQuery, Named, Order, Place, Prefixed, ProblemCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::body::Unread;
use super::json::{self, Unreadable};
use super::reply::Refusal;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Characters of the longest key that makes a request safe to repeat.
const IDEMPOTENCY_KEY_CHARACTERS: usize = 255;

/// Versions that one change can be meant for.
const MOST_TAGS: usize = 20;

/// Characters of a name of a caller's that is told back.
const NAME_CHARACTERS: usize = 80;

/// A request as it came.
pub(super) struct Input {
    parameters: Vec<(String, String)>,
    query: String,
    pub(super) headers: HeaderMap,
    body: Result<Bytes, ProblemCode>,
}

impl Input {
    pub(super) fn new(
        parameters: Result<RawPathParams, RawPathParamsRejection>,
        query: Option<String>,
        headers: HeaderMap,
        body: Result<Bytes, Unread>,
    ) -> Self {
        let parameters = parameters.map_or(Vec::new(), |parameters| {
            parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        });
        let body = body.map_err(|why| match why {
            Unread::TooLarge => ProblemCode::TooLarge,
            Unread::TooLate => ProblemCode::Unavailable,
        });
        Self { parameters, query: query.unwrap_or_default(), headers, body }
    }

    /// The id of a path. What is no id names nothing.
    pub(super) fn id<I: Named>(&self, name: &str) -> Result<I, Refusal> {
        let text = self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let id = text.and_then(|text| Prefixed::<I>::from_str(text).ok());
        id.map(|Prefixed(id)| id).ok_or_else(|| ProblemCode::NotFound.into())
    }

    /// Refuses a query where none belongs.
    pub(super) fn no_query(&self) -> Result<(), Refusal> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Nothing {}
        self.query::<Nothing>().map(|_| ())
    }

    /// The query.
    pub(super) fn query<Q: DeserializeOwned>(&self) -> Result<Q, Refusal> {
        let mut fields = Map::new();
        for (name, value) in form_urlencoded::parse(self.query.as_bytes()) {
            let name = name.into_owned();
            if fields.insert(name.clone(), Value::String(value.into_owned())).is_some() {
                return Err(Refusal::of_param(shortened(&name)));
            }
        }
        read(Value::Object(fields))
    }

    /// The body.
    pub(super) fn body<B: DeserializeOwned>(&self) -> Result<B, Refusal> {
        let body = self.body.as_ref().map_err(|code| Refusal::from(*code))?;
        let kind = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let is_json =
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(ProblemCode::UnsupportedMediaType.into());
        }
        match json::read(body) {
            Ok(value) => read(value),
            Err(Unreadable::NoJson) => Err(ProblemCode::BadRequest.into()),
            Err(Unreadable::Twice(name)) => Err(Refusal::of_param(shortened(&name))),
        }
    }

    /// What makes the request safe to repeat, if it is to be.
    pub(super) fn idempotency_key(&self) -> Result<Option<&str>, Refusal> {
        let Some(value) = self.headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
        let text = value.to_str().ok().filter(|text| {
            (1..=IDEMPOTENCY_KEY_CHARACTERS).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_graphic())
        });
        let is_alone = self.headers.get_all(IDEMPOTENCY_KEY).iter().count() == 1;
        text.filter(|_| is_alone).map(Some).ok_or_else(|| Refusal::of_param("Idempotency-Key"))
    }

    /// The versions for which a change is meant; without a header, any (RFC 9110, 13.1.1). What is no tag of ours is the
    /// tag of nothing.
    pub(super) fn expected(&self) -> Option<Vec<EntityTag>> {
        let values: Vec<_> = self.headers.get_all(header::IF_MATCH).iter().collect();
        let texts = values.iter().flat_map(|value| value.to_str().unwrap_or_default().split(','));
        let tags: Vec<&str> = texts.map(str::trim).collect();
        if values.is_empty() || tags.contains(&"*") {
            return None;
        }
        let bare = tags.into_iter().filter_map(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
        Some(bare.filter_map(|tag| tag.parse().ok()).take(MOST_TAGS).collect())
    }

    /// A header of one line.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// The place of a cursor, as the list that it is given to understands it.
pub(super) fn place<P>(
    cursor: Option<&str>,
    of_list: impl Fn(Place) -> Option<P>,
) -> Result<Option<P>, Refusal> {
    let Some(cursor) = cursor else { return Ok(None) };
    Place::of_cursor(cursor).and_then(of_list).map(Some).ok_or_else(|| Refusal::of_param("cursor"))
}

/// What follows a place of a list that is there as a whole, in the order of its ids; one item more than a page.
pub(super) fn page_of<T, I: Ord>(
    items: Vec<T>,
    query: &ListQuery,
    after: Option<I>,
    id: impl Fn(&T) -> I,
) -> Vec<T> {
    let is_descending = query.order == Some(Order::Desc);
    let mut following: Vec<T> = items
        .into_iter()
        .filter(|item| match &after {
            None => true,
            Some(after) if is_descending => id(item) < *after,
            Some(after) => id(item) > *after,
        })
        .collect();
    following.sort_by_key(|item| id(item));
    if is_descending {
        following.reverse();
    }
    following.truncate(usize::from(query.limit.and_one_more()));
    following
}

/// Reads an object, and names the field that is wrong.
fn read<B: DeserializeOwned>(value: Value) -> Result<B, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let within = error.inner().to_string();
        let path = path.trim_end_matches(['.', '?']);
        match (path, named_in(&within)) {
            ("", Some(name)) => Refusal::of_param(shortened(name)),
            ("", None) => ProblemCode::InvalidField.into(),
            (path, Some(name)) if !path.ends_with(name) => {
                Refusal::of_param(shortened(&format!("{path}.{name}")))
            }
            (path, _) => Refusal::of_param(shortened(path)),
        }
    })
}

/// The field that a message about a missing or an unknown one names.
fn named_in(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("missing field `").or(message.strip_prefix("unknown field `"))?;
    Some(rest.split_once('`')?.0)
}

fn shortened(name: &str) -> String {
    name.chars().take(NAME_CHARACTERS).collect()
}
