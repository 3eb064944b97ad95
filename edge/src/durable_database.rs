//! [`Database`] on the storage of a Durable Object.

use store::{Database, StorageError, Value};
use worker::{SqlCursor, SqlStorage, SqlStorageValue};

/// The database of the object that is running.
#[derive(Debug, Clone)]
pub(crate) struct DurableDatabase(pub(crate) SqlStorage);

impl Database for DurableDatabase {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        let cursor = self.start(sql, parameters)?;
        let mut rows = Vec::new();
        for row in cursor.raw() {
            rows.push(row.map_err(failed)?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(rows)
    }

    /// The runtime runs a statement up to its first row when it starts it.
    fn execute(&self, sql: &str, parameters: Vec<Value>) -> Result<(), StorageError> {
        self.start(sql, parameters).map(drop)
    }
}

impl DurableDatabase {
    fn start(&self, sql: &str, parameters: Vec<Value>) -> Result<SqlCursor, StorageError> {
        let parameters = parameters.into_iter().map(bound).collect::<Result<Vec<_>, _>>()?;
        self.0.exec(sql, parameters).map_err(failed)
    }
}

fn bound(value: Value) -> Result<SqlStorageValue, StorageError> {
    match value {
        Value::Null => Ok(SqlStorageValue::Null),
        Value::Integer(number) => SqlStorageValue::try_from_i64(number).map_err(failed),
        Value::Text(text) => Ok(SqlStorageValue::String(text)),
        Value::Blob(bytes) => Ok(SqlStorageValue::Blob(bytes)),
    }
}

fn read(value: SqlStorageValue) -> Result<Value, StorageError> {
    match value {
        SqlStorageValue::Null => Ok(Value::Null),
        SqlStorageValue::Integer(number) => Ok(Value::Integer(number)),
        SqlStorageValue::String(text) => Ok(Value::Text(text)),
        SqlStorageValue::Blob(bytes) => Ok(Value::Blob(bytes)),
        SqlStorageValue::Boolean(_) | SqlStorageValue::Float(_) => {
            Err(StorageError("a value of a kind that is never stored".to_owned()))
        }
    }
}

fn failed(error: worker::Error) -> StorageError {
    StorageError(error.to_string())
}
