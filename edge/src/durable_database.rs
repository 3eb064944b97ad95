//! [`Database`] on the storage of a Durable Object.
//!
//! Every message runs through here, and what crosses between Rust and JavaScript is a good part of what it costs. So a
//! statement's text crosses once, numbers cross as numbers, and bytes are read where they lie.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, ArrayBuffer, Iterator, JsString, Uint8Array};
use store::{Database, StorageError, Value};
use wasm_bindgen::prelude::*;
use worker::SqlStorage;

/// Whole numbers beyond are not exact in JavaScript.
const MOST_EXACT: u64 = (1 << 53) - 1;

thread_local! {
    /// The statements that were run so far: constants of the code, so that they are never many.
    static STATEMENTS: RefCell<BTreeMap<Box<str>, JsString>> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    /// `ctx.storage.sql`.
    type Sql;
    #[wasm_bindgen(structural, method, catch, variadic)]
    fn exec(this: &Sql, statement: &JsString, parameters: &Parameters) -> Result<Cursor, JsValue>;

    /// What a statement answers.
    type Cursor;
    #[wasm_bindgen(structural, method)]
    fn raw(this: &Cursor) -> Iterator;

    /// An array that is filled without making a JavaScript value in Rust for each of its own.
    #[wasm_bindgen(js_name = Array)]
    type Parameters;
    #[wasm_bindgen(constructor, js_class = "Array")]
    fn new() -> Parameters;
    #[wasm_bindgen(method, js_name = push)]
    fn push_number(this: &Parameters, value: f64);
    #[wasm_bindgen(method, js_name = push)]
    fn push_text(this: &Parameters, value: &str);
    #[wasm_bindgen(method, js_name = push)]
    fn push_bytes(this: &Parameters, value: &[u8]);
    #[wasm_bindgen(method, js_name = push)]
    fn push_value(this: &Parameters, value: &JsValue);
}

/// The database of the object that is running.
#[derive(Debug, Clone)]
pub(crate) struct DurableDatabase(pub(crate) SqlStorage);

impl Database for DurableDatabase {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        let cursor = self.start(sql, &parameters)?.raw();
        let mut rows = Vec::new();
        loop {
            let next = cursor.next().map_err(failed)?;
            if next.done() {
                return Ok(rows);
            }
            let columns = Array::from(&next.value());
            rows.push(columns.iter().map(read).collect::<Result<_, _>>()?);
        }
    }

    /// The runtime runs a statement up to its first row when it starts it.
    fn execute(&self, sql: &str, parameters: Vec<Value>) -> Result<(), StorageError> {
        self.start(sql, &parameters).map(drop)
    }
}

impl DurableDatabase {
    /// Starts a statement. Its rows may be read as long as the parameters are where they are.
    fn start(&self, sql: &str, parameters: &[Value]) -> Result<Cursor, StorageError> {
        let bound = Parameters::new();
        for value in parameters {
            bind(&bound, value)?;
        }
        let storage: &Sql = self.0.as_ref().unchecked_ref();
        storage.exec(&statement(sql), &bound).map_err(failed)
    }
}

/// The text of a statement as JavaScript has it.
fn statement(sql: &str) -> JsString {
    STATEMENTS.with_borrow_mut(|statements| match statements.get(sql) {
        Some(known) => known.clone(),
        None => statements.entry(sql.into()).or_insert_with(|| sql.into()).clone(),
    })
}

fn bind(bound: &Parameters, value: &Value) -> Result<(), StorageError> {
    match value {
        Value::Null => bound.push_value(&JsValue::NULL),
        #[expect(clippy::cast_precision_loss, reason = "it is below 2^53")]
        Value::Integer(number) if number.unsigned_abs() <= MOST_EXACT => bound.push_number(*number as f64),
        Value::Integer(_) => return Err(StorageError("an integer beyond 2^53".to_owned())),
        Value::Text(text) => bound.push_text(text),
        Value::Blob(bytes) => bound.push_bytes(bytes),
    }
    Ok(())
}

fn read(value: JsValue) -> Result<Value, StorageError> {
    if let Some(number) = value.as_f64() {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2^53, or refused")]
        let whole = number as i64;
        #[expect(clippy::cast_precision_loss, reason = "it is below 2^53")]
        let is_exact = whole.unsigned_abs() <= MOST_EXACT && whole as f64 == number;
        return is_exact
            .then_some(Value::Integer(whole))
            .ok_or_else(|| StorageError("a value of a kind that is never stored".to_owned()));
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::Text(text));
    }
    if value.is_null() {
        return Ok(Value::Null);
    }
    let bytes: Result<ArrayBuffer, JsValue> = value.dyn_into();
    bytes
        .map(|bytes| Value::Blob(Uint8Array::new(&bytes).to_vec()))
        .map_err(|_| StorageError("a value of a kind that is never stored".to_owned()))
}

fn failed(error: JsValue) -> StorageError {
    StorageError(worker::Error::from(error).to_string())
}
