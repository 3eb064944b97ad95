//! What a visitor says of a conversation that is over.

use serde::{Deserialize, Serialize};

use crate::limits::RATING_COMMENT_BYTES;
use crate::reject::Code;
use crate::text::MessageText;

/// How content a visitor was: 1 to 5, the more the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

impl Stars {
    /// Every number of them, from the fewest.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Stars {
    type Error = Code;

    fn try_from(number: u8) -> Result<Self, Code> {
        Self::ALL.into_iter().find(|stars| stars.0 == number).ok_or(Code::BadFrame)
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// A rating, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// How content the visitor was.
    pub stars: Stars,
    /// Why, if they said so; at most [`RATING_COMMENT_BYTES`].
    pub comment: Option<MessageText>,
}

impl Rating {
    /// Accepts what a visitor chose and typed; a comment without anything visible is none.
    ///
    /// # Errors
    /// [`Code::TooLong`] or [`Code::BadText`] for the comment.
    pub fn parse(stars: Stars, comment: &str) -> Result<Self, Code> {
        if comment.len() > RATING_COMMENT_BYTES {
            return Err(Code::TooLong);
        }
        match MessageText::parse(comment) {
            Ok(comment) => Ok(Self { stars, comment: Some(comment) }),
            Err(Code::Empty) => Ok(Self { stars, comment: None }),
            Err(code) => Err(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cv16_a_rating_is_one_to_five_with_a_comment_or_without() {
        let stars = |number| Stars::try_from(number);
        assert_eq!([0, 6, 255].map(stars), [Err(Code::BadFrame); 3]);
        let five = stars(5).expect("five");
        assert_eq!(five.number(), 5);
        let comment = |typed: &str| {
            Rating::parse(five, typed).map(|rating| rating.comment.map(String::from).unwrap_or_default())
        };
        assert_eq!(comment(" Thanks! "), Ok("Thanks!".to_owned()));
        assert_eq!(comment(" \n"), Ok(String::new()));
        assert_eq!(comment("a\u{7}"), Err(Code::BadText));
        assert_eq!(comment(&"a".repeat(RATING_COMMENT_BYTES + 1)), Err(Code::TooLong));
    }
}
