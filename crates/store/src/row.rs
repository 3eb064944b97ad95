//! Reads the columns of a row, in order.

use crate::database::{StorageError, Value};

/// A row that is read from left to right.
#[derive(Debug)]
pub struct Row {
    columns: std::vec::IntoIter<Value>,
}

impl Row {
    /// Takes up the columns of a row.
    #[must_use]
    pub fn new(columns: Vec<Value>) -> Self {
        Self { columns: columns.into_iter() }
    }

    /// Reads an integer.
    ///
    /// # Errors
    /// If the column is missing or something else; likewise below.
    pub fn integer(&mut self) -> Result<i64, StorageError> {
        match self.columns.next() {
            Some(Value::Integer(number)) => Ok(number),
            other => Err(unexpected("integer", other.as_ref())),
        }
    }

    /// Reads an integer, or nothing.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn optional_integer(&mut self) -> Result<Option<i64>, StorageError> {
        if matches!(self.columns.as_slice().first(), Some(Value::Null)) {
            self.columns.next();
            return Ok(None);
        }
        self.integer().map(Some)
    }

    /// Reads an integer that is never negative.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn unsigned(&mut self) -> Result<u64, StorageError> {
        let number = self.integer()?;
        u64::try_from(number).map_err(|_| StorageError("negative number".to_owned()))
    }

    /// Reads text.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn text(&mut self) -> Result<String, StorageError> {
        match self.columns.next() {
            Some(Value::Text(text)) => Ok(text),
            other => Err(unexpected("text", other.as_ref())),
        }
    }

    /// Reads text, or nothing.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn optional_text(&mut self) -> Result<Option<String>, StorageError> {
        if matches!(self.columns.as_slice().first(), Some(Value::Null)) {
            self.columns.next();
            return Ok(None);
        }
        self.text().map(Some)
    }

    /// Reads bytes of a known length.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn bytes<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], StorageError> {
        match self.columns.next() {
            Some(Value::Blob(bytes)) => {
                bytes.try_into().map_err(|_| StorageError("bytes of another length".to_owned()))
            }
            other => Err(unexpected("bytes", other.as_ref())),
        }
    }

    /// Reads bytes of any length.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn blob(&mut self) -> Result<Vec<u8>, StorageError> {
        match self.columns.next() {
            Some(Value::Blob(bytes)) => Ok(bytes),
            other => Err(unexpected("bytes", other.as_ref())),
        }
    }

    /// Reads bytes of a known length, or nothing.
    ///
    /// # Errors
    /// See [`Self::integer`].
    pub fn optional_bytes<const LENGTH: usize>(&mut self) -> Result<Option<[u8; LENGTH]>, StorageError> {
        if matches!(self.columns.as_slice().first(), Some(Value::Null)) {
            self.columns.next();
            return Ok(None);
        }
        self.bytes().map(Some)
    }
}

/// Names the kind of what was found and never the value, which may be private.
fn unexpected(wanted: &str, found: Option<&Value>) -> StorageError {
    let found = match found {
        None => "no column",
        Some(Value::Null) => "null",
        Some(Value::Integer(_)) => "integer",
        Some(Value::Text(_)) => "text",
        Some(Value::Blob(_)) => "bytes",
    };
    StorageError(format!("{wanted} expected, {found} found"))
}
