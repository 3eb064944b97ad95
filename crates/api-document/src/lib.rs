//! The document of the REST API, made at build time: OpenAPI 3.1 for programs, a page without script for people.
//!
//! What can be asked stands in [`protocol::api::Operation`], from which the Worker makes its routes; what is sent and
//! answered is read off the very types that the Worker reads and writes. Only words are added here, and an operation
//! without words does not compile. The Worker is not linked with this.

mod describe;
mod open_api;
mod page;
mod page_parts;
mod parts;
mod schemas;

pub use open_api::open_api;
pub use page::page;
