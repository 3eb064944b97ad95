//! Which language a visitor gets.

use crate::language::{ENGLISH, LANGUAGES, Language};
use crate::tag::Tag;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The words.
    pub language: &'static Language,
    /// The tag by which times and numbers are written: the one that was wished for, with its region.
    pub locale: String,
}

/// Takes the first wish that there are words for, else English.
#[must_use]
pub fn choose<'a>(wishes: impl IntoIterator<Item = &'a str>) -> Choice {
    let found = wishes.into_iter().filter_map(Tag::read).find_map(|tag| {
        let language = LANGUAGES.iter().find(|language| language.name == tag.name_of_words())?;
        Some(Choice { language, locale: tag.to_string() })
    });
    found.unwrap_or_else(|| Choice { language: &ENGLISH, locale: ENGLISH.name.to_owned() })
}

/// The wishes of an `Accept-Language` header (RFC 9110, 12.5.4), the dearest first.
#[must_use]
pub fn accepted(header: &str) -> Vec<&str> {
    let mut wishes: Vec<_> = header.split(',').filter_map(wish).collect();
    // Of equals the first stays first.
    wishes.sort_by(|one, other| other.0.total_cmp(&one.0));
    wishes.into_iter().map(|(_, tag)| tag).collect()
}

fn wish(part: &str) -> Option<(f32, &str)> {
    let (tag, weight) = match part.split_once(';') {
        Some((tag, weight)) => (tag, weight.trim().strip_prefix("q=")?.trim().parse().ok()?),
        None => (part, 1.0),
    };
    (weight > 0.0).then_some((weight, tag.trim()))
}
