//! The clock and the source of randomness: the only ones, so that rules get both as arguments.

use protocol::{Code, Timestamp};
use worker::Date;

/// The time.
pub(crate) fn now() -> Timestamp {
    Timestamp(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
}

/// Random bytes fit for secrets.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], Code> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| Code::Internal)?;
    Ok(bytes)
}
