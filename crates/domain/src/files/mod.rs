//! Files in conversations: what may be sent up, what it is taken for, and who may say it (SPEC FL).

mod own_picture;
mod picture;
mod sniff;
mod upload;

pub use own_picture::{face_key, logo_key, logos_of, own_picture, picture_key};
pub use picture::measure;
pub use sniff::{HEAD_BYTES, recognise};
pub use upload::{Claim, Upload, Usage, may_begin};

use protocol::{ConversationId, FileId};

/// Under which key the bytes of a file are kept: all of a conversation's begin alike.
#[must_use]
pub fn key_of(conversation: ConversationId, file: FileId) -> String {
    format!("{conversation}/{file}")
}

/// Under which key a version of the script is kept that a page may have stated the hash of.
#[must_use]
pub fn script_key(name: &str) -> String {
    format!("scripts/{name}")
}
