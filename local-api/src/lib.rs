//! The local API: a small, honest implementation of the contract on SQLite, for development, tests and demos.
//!
//! # Layout
//!
//! - [`Options`], [`start`](serve): the command line, and a server from its start to its stop.
//! - `service`: what all handlers share. `app`: the routes and what every request passes through.
//! - `request`, `handlers`, `failure`, `openapi`: from a request to an answer, and the document that describes both.
//! - `store`: the only callers of SQLite. `seal`, `key_file`, `cursor`, `key`: what is sealed, hashed and compared.
//! - `faults`: what goes wrong on demand. `seed`: demo data. `files`: the built console.
//!
//! # Invariants
//!
//! - A value is a [`contract::SecretText`] from the body to the sealing, and is stored only sealed.
//! - An API key is stored only as its SHA-256 and compared in constant time.
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
mod key_file;
mod layers;
mod log;
mod openapi;
mod options;
mod request;
mod seal;
mod seed;
mod service;
mod start;
mod store;

pub use app::app;
pub use connection::CloseConnection;
pub use key::ApiKey;
pub use options::{Options, Seed, SeedError};
pub use service::{Opened, Service};
pub use start::{StartError, run, serve};
