//! Files that people send each other, as the log tells of them. Their bytes are kept elsewhere.

use serde::{Deserialize, Serialize};

use crate::file_name::FileName;
use crate::ids::FileId;

/// A file that was sent up, as the server found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Which. It opens nothing by itself.
    pub id: FileId,
    /// What it is called; its end says truly what it is.
    pub name: FileName,
    /// What it is, by its first bytes.
    pub media: MediaType,
    /// How large it is.
    pub bytes: u32,
    /// The measures of a picture that browsers can show.
    pub picture: Option<PictureSize>,
}

/// The measures of a picture in pixels, as its header states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSize {
    /// From side to side.
    pub width: u16,
    /// From top to bottom.
    pub height: u16,
}

/// What files can be, by their first bytes. Nothing that a browser would run is among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaType {
    /// A picture.
    #[serde(rename = "image/png")]
    Png,
    /// A picture.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A picture that may move.
    #[serde(rename = "image/gif")]
    Gif,
    /// A picture.
    #[serde(rename = "image/webp")]
    Webp,
    /// A picture.
    #[serde(rename = "image/avif")]
    Avif,
    /// A document.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// An archive, and the documents of office programs, which are archives.
    #[serde(rename = "application/zip")]
    Zip,
    /// A film.
    #[serde(rename = "video/mp4")]
    Mp4,
    /// A film.
    #[serde(rename = "video/webm")]
    Webm,
    /// A recording.
    #[serde(rename = "audio/mpeg")]
    Mp3,
    /// A recording.
    #[serde(rename = "audio/wav")]
    Wav,
    /// A recording.
    #[serde(rename = "audio/ogg")]
    Ogg,
    /// Text that is no markup.
    #[serde(rename = "text/plain")]
    Text,
}

impl MediaType {
    /// Every type.
    pub const ALL: [Self; 13] = [
        Self::Png,
        Self::Jpeg,
        Self::Gif,
        Self::Webp,
        Self::Avif,
        Self::Pdf,
        Self::Zip,
        Self::Mp4,
        Self::Webm,
        Self::Mp3,
        Self::Wav,
        Self::Ogg,
        Self::Text,
    ];

    /// The name of the type (RFC 6838).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Ogg => "audio/ogg",
            Self::Text => "text/plain",
        }
    }

    /// Whether it is a picture, which may be shown where it is; everything else is only ever kept by who opens it.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        match self {
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp | Self::Avif => true,
            Self::Pdf
            | Self::Zip
            | Self::Mp4
            | Self::Webm
            | Self::Mp3
            | Self::Wav
            | Self::Ogg
            | Self::Text => false,
        }
    }

    /// How the names of such files may end, the usual end first.
    pub(crate) const fn ends(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Avif => &["avif"],
            Self::Pdf => &["pdf"],
            Self::Zip => {
                &["zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "pages", "numbers", "key"]
            }
            Self::Mp4 => &["mp4", "mov", "m4v", "m4a"],
            Self::Webm => &["webm"],
            Self::Mp3 => &["mp3"],
            Self::Wav => &["wav"],
            Self::Ogg => &["ogg", "oga", "opus"],
            Self::Text => &["txt", "csv", "tsv", "log", "md", "json"],
        }
    }
}
