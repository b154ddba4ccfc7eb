//! Strongroom: a browser console for the workspaces of an account and the secrets in them.
//!
//! A thin, careful client. The server owns the data; the address bar owns what is on screen; the browser owns as
//! little as possible, for as short as possible.
//!
//! # Layout
//!
//! | module | layer | what it is |
//! | --- | --- | --- |
//! | [`domain`] | pure | the console's own rules: what is allowed and why not, when a delete asks twice |
//! | [`state`] | pure | state machines that know no noun: remote data, cursor lists, notifications |
//! | [`route`] | pure | every address as an enum, to and from text |
//! | [`text`] | pure | all words of the interface |
//! | [`web`] | edge | the only callers of the browser: fetch, storage, clock, clipboard, focus |
//! | [`ui`] | view | widgets that could serve any console and have never heard of a secret |
//! | [`pages`] | view | one folder per section, one file per screen, its pure state beside it |
//! | [`app`] | root | providers, route tree, shell, session gate |
//!
//! # Invariants
//!
//! - Imports go one way: `main → app → pages → ui → (web, state, text)`; `web → (contract, site, state)`;
//!   `domain, route → contract`; a section of [`pages`] never imports another. `tests/layers.rs` proves it.
//! - One place speaks HTTP: [`web::client`]. One place holds the key: [`web::session`].
//! - No signal, store or cache holds a secret's value: see [`web::reveal`].
//! - Nothing here prints. Nothing here writes markup or styles as text.

pub mod domain;
pub mod state;

pub mod route;
pub mod text;

pub mod web;

pub mod ui;

pub mod pages;

pub mod app;
