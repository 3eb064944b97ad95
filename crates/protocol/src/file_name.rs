//! What a file is called.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::file::MediaType;
use crate::limits::FILE_NAME_BYTES;
use crate::reject::Code;

/// What a file is called that has no name left.
const NAMELESS: &str = "file";

/// Names that stand for devices on Windows, whatever follows their first dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name of a file: one part of a path, at most [`FILE_NAME_BYTES`], without anything that could be taken for more or
/// for something else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

impl FileName {
    /// Accepts a name that has been tidied.
    ///
    /// # Errors
    /// [`Code::BadField`] for everything else.
    pub fn parse(name: &str) -> Result<Self, Code> {
        let is_plain = !name.is_empty() && name.len() <= FILE_NAME_BYTES && !name.chars().any(is_banned);
        let is_tidy = is_plain && trimmed(name) == name;
        if is_tidy { Ok(Self(name.to_owned())) } else { Err(Code::BadField) }
    }

    /// Makes a name of what a client calls a file, which ends as a file of its type may (SPEC FL5).
    #[must_use]
    pub fn tidied(claimed: &str, media: MediaType) -> Self {
        let last = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain: String = last
            .chars()
            .filter(|character| !is_hidden(*character))
            .map(|character| if is_banned(character) { '_' } else { character })
            .collect();
        let name = trimmed(&plain);
        let usual = media.ends().first().copied().unwrap_or_default();
        let (stem, end) = match name.rsplit_once('.') {
            Some((stem, end)) if media.ends().contains(&end.to_ascii_lowercase().as_str()) => (stem, end),
            Some(_) | None => (name, usual),
        };
        let stem = trimmed(stem);
        let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
        let stem = match stem {
            "" => NAMELESS.to_owned(),
            _ if is_device(&first) => ["_", stem].concat(),
            _ => stem.to_owned(),
        };
        let room = FILE_NAME_BYTES.saturating_sub(end.len()).saturating_sub(1);
        let mut short = String::new();
        for character in stem.chars() {
            if short.len().saturating_add(character.len_utf8()) > room {
                break;
            }
            short.push(character);
        }
        Self([trimmed(&short), ".", end].concat())
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the last dot.
    #[must_use]
    pub fn end(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(_, end)| end)
    }
}

/// A name says what somebody sent, so that `Debug` tells its length only.
impl fmt::Debug for FileName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FileName({} bytes)", self.0.len())
    }
}

impl TryFrom<String> for FileName {
    type Error = Code;

    fn try_from(name: String) -> Result<Self, Code> {
        Self::parse(&name)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

/// Names neither begin nor end with white space or a dot: they would be hidden, or lose their end on Windows.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|character: char| character.is_whitespace() || character == '.')
}

/// Characters that show nothing: controls, and those that turn the direction of writing or have no width.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{61c}' | '\u{feff}' | '\u{ad}' | '\u{fff9}'..='\u{fffb}')
}

/// Characters that no name has: hidden ones, and those that some system keeps for itself.
fn is_banned(character: char) -> bool {
    is_hidden(character) || matches!(character, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

fn is_device(name: &str) -> bool {
    let is_numbered = |kind: &str| {
        name.strip_prefix(kind)
            .is_some_and(|number| number.len() == 1 && number != "0" && number.parse::<u8>().is_ok())
    };
    DEVICES.contains(&name) || is_numbered("com") || is_numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fl5_a_name_is_one_part_of_a_path_and_ends_truly() {
        let cases = [
            ("photo.PNG", MediaType::Png, "photo.PNG"),
            ("../../etc/passwd", MediaType::Text, "passwd.txt"),
            ("..\\..\\boot.ini", MediaType::Text, "boot.ini.txt"),
            ("/abs/report.pdf", MediaType::Pdf, "report.pdf"),
            ("", MediaType::Png, "file.png"),
            ("...", MediaType::Gif, "file.gif"),
            (".htaccess", MediaType::Text, "htaccess.txt"),
            ("CON", MediaType::Text, "_CON.txt"),
            ("com1.txt", MediaType::Text, "_com1.txt"),
            ("comb.txt", MediaType::Text, "comb.txt"),
            ("trailing.pdf. . ", MediaType::Pdf, "trailing.pdf"),
            ("evil\u{202e}gnp.exe", MediaType::Png, "evilgnp.exe.png"),
            ("a\0b\nc\u{7f}.txt", MediaType::Text, "abc.txt"),
            ("x\"; filename=y.html", MediaType::Text, "x_; filename=y.html.txt"),
            ("setup.exe", MediaType::Zip, "setup.exe.zip"),
            ("macro.docm", MediaType::Zip, "macro.docm.zip"),
            ("letter.docx", MediaType::Zip, "letter.docx"),
            ("drawing.svg", MediaType::Png, "drawing.svg.png"),
            (".png", MediaType::Png, "png.png"),
            ("写真.jpeg", MediaType::Jpeg, "写真.jpeg"),
        ];
        for (claimed, media, expected) in cases {
            let name = FileName::tidied(claimed, media);
            assert_eq!(name.as_str(), expected, "{claimed:?}");
            assert_eq!(FileName::parse(name.as_str()), Ok(name.clone()), "{claimed:?}");
            assert_eq!(FileName::tidied(name.as_str(), media), name, "{claimed:?}: tidied twice");
        }
        let long = FileName::tidied(&"é".repeat(4_000), MediaType::Pdf);
        assert!(long.as_str().len() <= FILE_NAME_BYTES && long.as_str().ends_with(".pdf"));
    }

    #[test]
    fn fl5_a_name_that_is_not_tidy_is_refused() {
        let long = "a".repeat(FILE_NAME_BYTES + 1);
        for bad in ["", ".", "a/b", "a\\b", "a\nb", "a\u{202e}b", " a", "a.", &long] {
            assert_eq!(FileName::parse(bad), Err(Code::BadField), "{bad:?}");
        }
    }

    #[test]
    fn lg1_debug_output_holds_no_name() {
        assert_eq!(format!("{:?}", FileName::tidied("diagnosis.pdf", MediaType::Pdf)), "FileName(13 bytes)");
    }
}
