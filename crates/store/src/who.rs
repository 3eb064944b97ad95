//! The columns of what is known of a visitor, which two tables have: `who_user`, `who_name`, `who_name_verified`,
//! `who_email`, `who_email_verified`.

use protocol::{Stated, VisitorIdentity};

use crate::database::{StorageError, Value};
use crate::row::Row;

/// The parameters, in the order of the columns; nobody is called by an empty text.
pub(crate) fn who_values(who: Option<&VisitorIdentity>) -> Vec<Value> {
    let user = who.and_then(|who| who.user.as_deref());
    let mut values: Vec<Value> = vec![user.unwrap_or_default().into()];
    for stated in [who.and_then(|who| who.name.as_ref()), who.and_then(|who| who.email.as_ref())] {
        values.push(stated.map_or("", |stated| &stated.text).into());
        values.push(i64::from(stated.is_some_and(|stated| stated.is_verified)).into());
    }
    values
}

/// Reads the columns.
pub(crate) fn read_who(row: &mut Row) -> Result<Option<VisitorIdentity>, StorageError> {
    let user = row.text()?;
    let who = VisitorIdentity {
        user: (!user.is_empty()).then_some(user),
        name: read_stated(row)?,
        email: read_stated(row)?,
    };
    Ok((who != VisitorIdentity::default()).then_some(who))
}

fn read_stated(row: &mut Row) -> Result<Option<Stated>, StorageError> {
    let text = row.text()?;
    let is_verified = row.integer()? == 1;
    Ok((!text.is_empty()).then_some(Stated { text, is_verified }))
}
