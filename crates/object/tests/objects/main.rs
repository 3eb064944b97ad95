//! What the objects answer to everybody, and what they close, owe and forget.

#![expect(clippy::panic, reason = "tests")]

mod answers;
mod asked;
mod blocking;
mod contacts;
mod conversation;
mod dismissal;
mod ending;
mod farewell;
mod files;
mod filters;
mod hasty;
mod home;
mod joining;
mod key_requests;
mod keys;
mod macros;
mod matrix;
mod mentions;
mod platform;
mod private_chats;
mod receptions;
mod reports;
mod retention;
mod roles;
mod routing;
mod scene;
mod second_factor;
mod sites;
mod teams;
mod visits;
mod waiting;
mod warnings;
