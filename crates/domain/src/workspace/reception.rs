//! What a site may say of how it receives its visitors.

use protocol::Code;
use protocol::http::reception::Reception;

use super::hours::tidied_hours;
use super::question::tidied_questions;

/// Puts all of it into its one spelling (SPEC OH1, QU1).
///
/// # Errors
/// As [`tidied_hours`] and [`tidied_questions`].
pub fn tidied_reception(reception: Reception) -> Result<Reception, Code> {
    let Reception { hours, questions } = reception;
    Ok(Reception { hours: hours.map(tidied_hours).transpose()?, questions: tidied_questions(questions)? })
}

/// The parts that a change changes, by their names.
#[must_use]
pub fn changed_in_reception(before: &Reception, after: &Reception) -> Vec<&'static str> {
    let parts = [("hours", before.hours != after.hours), ("questions", before.questions != after.questions)];
    parts.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part).collect()
}
