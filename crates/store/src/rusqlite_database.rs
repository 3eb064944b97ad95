//! [`Database`] on the host.

use rusqlite::limits::Limit;
use rusqlite::types::{Value as SqliteValue, ValueRef};
use rusqlite::{Connection, params_from_iter};

use crate::database::{Database, StorageError, Value};

/// What a Durable Object allows of a statement, far below SQLite's own limits.
const LIMITS: [(Limit, i32); 6] = [
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (Limit::SQLITE_LIMIT_COLUMN, 100),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
    (Limit::SQLITE_LIMIT_FUNCTION_ARG, 32),
    (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
];

/// A database on the host, with the limits of a Durable Object. Binds integers as a Durable Object does: as floating point.
#[derive(Debug)]
pub struct RusqliteDatabase(Connection);

impl RusqliteDatabase {
    /// Opens an empty database in memory.
    ///
    /// # Errors
    /// Whatever SQLite says.
    pub fn in_memory() -> Result<Self, StorageError> {
        let connection = Connection::open_in_memory().map_err(failed)?;
        for (limit, most) in LIMITS {
            connection.set_limit(limit, most).map_err(failed)?;
        }
        Ok(Self(connection))
    }
}

impl Database for RusqliteDatabase {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        let mut statement = self.0.prepare_cached(sql).map_err(failed)?;
        let columns = statement.column_count();
        let parameters = parameters.into_iter().map(bound).collect::<Result<Vec<_>, _>>()?;
        let mut rows = statement.query(params_from_iter(parameters)).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            found.push(
                (0..columns)
                    .map(|column| read(row.get_ref(column).map_err(failed)?))
                    .collect::<Result<Vec<_>, _>>()?,
            );
        }
        Ok(found)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a Durable Object binds every number so; ours stay below 2^53"
)]
fn bound(value: Value) -> Result<SqliteValue, StorageError> {
    match value {
        Value::Null => Ok(SqliteValue::Null),
        Value::Integer(number) if number.unsigned_abs() >= 1 << 53 => {
            Err(StorageError("an integer beyond 2^53".to_owned()))
        }
        Value::Integer(number) => Ok(SqliteValue::Real(number as f64)),
        Value::Text(text) => Ok(SqliteValue::Text(text)),
        Value::Blob(bytes) => Ok(SqliteValue::Blob(bytes)),
    }
}

fn read(value: ValueRef<'_>) -> Result<Value, StorageError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Real(_) => Err(StorageError("floating point in a row".to_owned())),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).map(Value::Text).map_err(failed),
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
    }
}

fn failed(error: impl core::fmt::Display) -> StorageError {
    StorageError(error.to_string())
}
