//! The column `language`, which several tables have.

use protocol::mail::Language;

use crate::database::StorageError;
use crate::row::Row;

/// What is stored.
pub(crate) const fn language_value(language: Language) -> i64 {
    match language {
        Language::En => 1,
        Language::De => 2,
        Language::Fr => 3,
        Language::Es => 4,
        Language::Ar => 5,
    }
}

/// Reads it; one that a newer version knows is English here.
pub(crate) fn read_language(row: &mut Row) -> Result<Language, StorageError> {
    let number = row.integer()?;
    let all = [Language::De, Language::Fr, Language::Es, Language::Ar];
    Ok(all.into_iter().find(|language| language_value(*language) == number).unwrap_or_default())
}
