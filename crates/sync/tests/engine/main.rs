//! The client's engine, from outside: inputs go in, effects and views come out.

mod amending;
mod chaos;
mod client;
mod comparing;
mod connecting;
mod feed;
mod lost;
mod outbox;
mod server;
mod sharing;
mod timeline;
mod typing_and_marks;
