//! The local API: a small, honest implementation of the contract on SQLite, for development, tests and demos.
//!
//! # Layout
//!
//! - [`Options`], [`start`](serve): the command line, and a server from its start to its stop.
//! - `service`: what all handlers share. `app`: the routes and what every request passes through.
//! - `request`, `handlers`, `failure`: from a request to an answer. `contract/openapi.yaml` describes both.
//! - `store`: the only callers of SQLite. `cursor`: where a page starts. `key`: API keys and their scopes.
//! - `faults`: what goes wrong on demand. `seed`: demo data. `files`: the built console.
//!
//! # Invariants
//!
//! - No text of a client becomes a part of an SQL statement.
//! - Every answer of the API that is no success is a `google.rpc.Status`.
//! - Nothing is logged but method, path, status and duration, and what failed inside.

mod app;
mod clock;
mod connection;
mod cursor;
mod failure;
mod faults;
mod files;
mod fold;
mod handlers;
mod identifiers;
mod key;
mod layers;
mod log;
mod options;
mod request;
mod seed;
mod service;
mod start;
mod store;

pub use app::app;
pub use connection::CloseConnection;
pub use options::{Options, Seed, SeedError};
pub use service::{Opened, Service};
pub use start::{StartError, run, serve};
