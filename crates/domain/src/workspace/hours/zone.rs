//! What is asked of a time zone.

use protocol::Timestamp;

/// A time zone, as whoever has its rules knows it.
pub trait Zone {
    /// How far the clock on the wall is ahead of UTC at a moment, in milliseconds: less than a day either way.
    fn offset_ms(&self, at: Timestamp) -> i64;
}
