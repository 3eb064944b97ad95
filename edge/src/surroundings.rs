//! The clock and the source of randomness: the only ones, so that rules get both as arguments.

use js_sys::Date;
use protocol::{Code, Timestamp};

/// The time.
pub(crate) fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 stay below 2^53")]
    Timestamp(Date::now() as i64)
}

/// Random bytes fit for secrets.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], Code> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| Code::Internal)?;
    Ok(bytes)
}
