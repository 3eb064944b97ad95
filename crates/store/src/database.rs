//! The one thing a store needs of its surroundings.

use core::fmt;

/// Storage failed, or holds what it never should. The details stay in the log of the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageError(pub String);

impl fmt::Display for StorageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "storage: {}", self.0)
    }
}

impl core::error::Error for StorageError {}

/// A value of a row or a parameter. No floating point and no booleans: a Durable Object binds both in surprising ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// No value.
    Null,
    /// Within ±2^53, which is all that survives the way through JavaScript.
    Integer(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// Runs one SQL statement at a time, synchronously.
pub trait Database {
    /// Runs a statement with its parameters and returns its rows.
    ///
    /// # Errors
    /// Whatever the database says.
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError>;

    /// Runs a statement that has no rows to return.
    ///
    /// # Errors
    /// Whatever the database says.
    fn execute(&self, sql: &str, parameters: Vec<Value>) -> Result<(), StorageError> {
        self.run(sql, parameters).map(drop)
    }
}

impl<D: Database> Database for &D {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        (**self).run(sql, parameters)
    }

    fn execute(&self, sql: &str, parameters: Vec<Value>) -> Result<(), StorageError> {
        (**self).execute(sql, parameters)
    }
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Value {
    fn from(bytes: &[u8; LENGTH]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}
