//! What a site may say of how it receives its visitors.

use protocol::Code;
use protocol::http::reception::Reception;

use super::department::tidied_departments;
use super::hours::tidied_hours;
use super::proactive::tidied_proactive;
use super::question::tidied_questions;

/// Puts all of it into its one spelling (SPEC OH1, QU1, QU5, WG52).
///
/// # Errors
/// As [`tidied_hours`], [`tidied_questions`], [`tidied_departments`] and [`tidied_proactive`].
pub fn tidied_reception(reception: Reception) -> Result<Reception, Code> {
    let Reception { hours, questions, departments, proactive, visits } = reception;
    let hours = hours.map(tidied_hours).transpose()?;
    let questions = tidied_questions(questions)?;
    let departments = tidied_departments(departments, &questions)?;
    let proactive = tidied_proactive(proactive)?;
    Ok(Reception { hours, questions, departments, proactive, visits })
}

/// The parts that a change changes, by their names.
#[must_use]
pub fn changed_in_reception(before: &Reception, after: &Reception) -> Vec<&'static str> {
    let parts = [
        ("hours", before.hours != after.hours),
        ("questions", before.questions != after.questions),
        ("departments", before.departments != after.departments),
        ("proactive", before.proactive != after.proactive),
        ("visits", before.visits != after.visits),
    ];
    parts.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part).collect()
}
