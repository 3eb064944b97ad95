//! What the objects keep, in SQL over one small synchronous trait.
//!
//! [`Database`] is implemented by the Durable Object's storage (in `edge`) and by rusqlite (feature `rusqlite`), so that
//! every statement here runs in host tests. Tables are STRICT; every statement is a constant with bound parameters.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

pub mod account;
pub mod answers;
pub mod conversation;
mod database;
pub mod files;
mod language;
pub mod mailbox;
mod migrations;
pub mod openers;
pub mod outbox;
pub mod rate;
mod row;
#[cfg(feature = "rusqlite")]
mod rusqlite_database;
pub mod void_tickets;
mod who;
pub mod workspace;

pub use database::{Database, StorageError, Value};
pub use row::Row;
#[cfg(feature = "rusqlite")]
pub use rusqlite_database::RusqliteDatabase;
