//! What a site may say of how it receives its visitors.

use protocol::Code;
use protocol::http::reception::Reception;

use super::hours::tidied_hours;

/// Puts all of it into its one spelling (SPEC OH1).
///
/// # Errors
/// As [`tidied_hours`].
pub fn tidied_reception(reception: Reception) -> Result<Reception, Code> {
    let Reception { hours } = reception;
    Ok(Reception { hours: hours.map(tidied_hours).transpose()? })
}

/// The parts that a change changes, by their names.
#[must_use]
pub fn changed_in_reception(before: &Reception, after: &Reception) -> Vec<&'static str> {
    let parts = [("hours", before.hours != after.hours)];
    parts.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part).collect()
}
