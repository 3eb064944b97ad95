//! Text that people write to each other.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::MESSAGE_BYTES;
use crate::reject::Code;

/// The text of a message or note: not empty, at most [`MESSAGE_BYTES`], no control characters but tab and line feed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageText(String);

impl MessageText {
    /// Accepts what a person typed: line ends become line feeds, white space around it is dropped.
    ///
    /// # Errors
    /// [`Code::TooLong`], [`Code::BadText`] for control characters, [`Code::Empty`] if nothing visible is left.
    pub fn parse(text: &str) -> Result<Self, Code> {
        if text.len() > MESSAGE_BYTES {
            return Err(Code::TooLong);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text.chars().any(|character| character.is_control() && character != '\n' && character != '\t') {
            return Err(Code::BadText);
        }
        if !text.chars().any(is_visible) {
            return Err(Code::Empty);
        }
        Ok(Self(text.trim().to_owned()))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Message text never reaches a log, so that `Debug` tells its length only.
impl fmt::Debug for MessageText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MessageText({} bytes)", self.0.len())
    }
}

impl TryFrom<String> for MessageText {
    type Error = Code;

    fn try_from(text: String) -> Result<Self, Code> {
        Self::parse(&text)
    }
}

impl From<MessageText> for String {
    fn from(text: MessageText) -> Self {
        text.0
    }
}

fn is_visible(character: char) -> bool {
    !character.is_whitespace()
        && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{00ad}' | '\u{202a}'..='\u{202e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cv2_text_is_refused_with_the_code_that_says_why() {
        let parse = |text: &str| MessageText::parse(text).map(String::from);
        assert_eq!(parse(" a\r\nb\rc "), Ok("a\nb\nc".to_owned()));
        assert_eq!(parse("👩‍👧"), Ok("👩‍👧".to_owned()));
        for empty in ["", "  \n\t", "\u{200b}\u{2060}\u{feff}"] {
            assert_eq!(parse(empty), Err(Code::Empty), "{empty:?}");
        }
        for bad in ["a\0b", "a\u{1b}[31m", "\u{85}x"] {
            assert_eq!(parse(bad), Err(Code::BadText), "{bad:?}");
        }
        assert_eq!(parse(&"a".repeat(MESSAGE_BYTES)).map(|text| text.len()), Ok(MESSAGE_BYTES));
        assert_eq!(parse(&"a".repeat(MESSAGE_BYTES + 1)), Err(Code::TooLong));
    }

    #[test]
    fn lg1_debug_output_holds_no_text() {
        let text = MessageText::parse("my card is 4111").expect("legal");
        assert_eq!(format!("{text:?}"), "MessageText(15 bytes)");
    }
}
