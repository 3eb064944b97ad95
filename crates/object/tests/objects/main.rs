//! What the objects answer to everybody, and what they close, owe and forget.

#![expect(clippy::panic, reason = "tests")]

mod conversation;
mod dismissal;
mod ending;
mod farewell;
mod joining;
mod matrix;
mod platform;
mod roles;
mod scene;
mod sites;
