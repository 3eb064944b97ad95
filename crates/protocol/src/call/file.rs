//! What is asked of a conversation's object about files, by visitors and agents alike.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::file::File;
use crate::ids::{FileId, UploadId};

/// What can be asked about the files of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileRequest {
    /// Whether a file may be sent up; under which id its bytes are to be kept, or what it is if it is there.
    Begin {
        /// The client's own id of it.
        upload: UploadId,
        /// How large it is.
        bytes: u32,
    },
    /// Notes that it has come whole.
    Finish {
        /// The client's own id of it.
        upload: UploadId,
        /// What it is.
        file: File,
    },
    /// What a file is, for who may have it.
    Look(FileId),
}

/// A visitor asks, without a socket.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorAsks {
    /// Their token.
    pub credential: String,
    /// What they ask.
    pub request: FileRequest,
}

/// A credential never reaches a log.
impl fmt::Debug for VisitorAsks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VisitorAsks").field("request", &self.request).finish_non_exhaustive()
    }
}
