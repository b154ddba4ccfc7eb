//! The console's own logic: pure Rust, without a browser or a framework, tested with plain `cargo test`.

#![warn(missing_docs)]

pub mod compare;
pub mod i18n;
pub mod jobs;
pub mod list;
pub mod model;
pub mod overview;
pub mod references;
pub mod route;
