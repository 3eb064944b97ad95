//! The developer commands of Porchlight, and the parts of them that the tests use: a local server that can be
//! killed and started again, the demo site, and the first owner's sign-in.

pub mod advisories;
pub mod api_check;
pub mod bench;
pub mod build;
pub mod chaos;
pub mod check;
pub mod console;
pub mod demo_site;
pub mod dev;
pub mod fuzz;
pub mod gallery;
pub mod hash;
pub mod interrupt;
pub mod package;
pub mod prepare;
pub mod process_group;
pub mod project;
pub mod reproduce;
pub mod sbom;
pub mod secrets;
pub mod server;
pub mod setup;
pub mod sim;
pub mod size;
pub mod step;
pub mod test;

mod cargo;
mod lock;
