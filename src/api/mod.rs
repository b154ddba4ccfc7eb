//! Transport, client and session: the only place that speaks HTTP, and the only holder of the key.

pub mod client;
pub mod config;
pub mod lifecycle;
pub mod policy;
pub mod release;
pub mod session;
