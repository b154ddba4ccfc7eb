//! The local API, called over HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
mod faults;
mod filters;
mod http;
mod openapi;
mod paging;
mod secrets;
mod serving;
mod storage;
mod tools;
mod workspaces;
