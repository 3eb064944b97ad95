//! Files in messages.

use serde::Serialize;

use crate::api::id::Prefixed;
use crate::file::File;
use crate::ids::FileId;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// Its id.
    pub id: Prefixed<FileId>,
    /// What it is called.
    pub name: String,
    /// What it is, by its first bytes: a media type. More may be added.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Bytes.
    pub size: u32,
    /// Pixels from side to side, of a picture.
    pub width: Option<u16>,
    /// Pixels from top to bottom, of a picture.
    pub height: Option<u16>,
}

impl From<File> for Attachment {
    fn from(file: File) -> Self {
        Self {
            id: Prefixed(file.id),
            name: file.name.into(),
            media_type: file.media.name().to_owned(),
            size: file.bytes,
            width: file.picture.map(|picture| picture.width),
            height: file.picture.map(|picture| picture.height),
        }
    }
}
