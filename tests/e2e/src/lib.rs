//! The console in a real browser, as a person meets it.
//!
//! Journeys (`tests/*.rs`) say what a person does in the words that the console promises to keep: roles, accessible names and
//! addresses, and nothing else. This crate turns those words into WebDriver calls. It finds elements in the browser's
//! own accessibility tree, so an element that a screen reader can't find is not found here either. Only Chromium tells that
//! tree; for the other [`engines`] it is read from the document.
//!
//! # Layout
//!
//! - [`journey`]: one test from start to judgement. Start reading here.
//! - [`vocabulary`], [`locator`]: what a person can look for, and do with what was found.
//! - [`engines`]: the other browsers, with nothing but WebDriver.
//! - [`browser`], [`tree`]: the driver, and the accessibility tree; [`tabs`]: more of them; [`clock`]: the page's time.
//! - [`tours`]: ways that pass every state of every view.
//! - [`appearance`], [`axe`]: themes, sizes and pictures of a page; what keeps people from using it.
//! - [`console`], [`nowhere`]: what must not have happened: errors in the console, a value in the page.
//! - [`measure`]: how fast the list is, beside a peer; no test.
//! - [`endurance`]: what a document holds on to after long use.
//! - [`wire`]: what the browser sent, by its own log of the network.
//! - [`reliability`]: every fault of the local API, and the page of the documentation on them.
//! - [`hosts`]: nginx and Caddy, which serve the site by the recipes of `dist/hosting/`.
//! - [`sign_in`]: a proxy in front of the site that asks for a sign-in.
//! - [`local_api`], [`process`], [`wait`]: what runs beside the browser, and how to wait for it.
//!
//! # Invariants
//!
//! - Nothing sleeps for a fixed time: every wait is for a condition and ends at a deadline with what was there instead.
//! - A failure leaves a screenshot, the page, its accessibility tree and the console's log in `target/e2e-failures/`.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "this is test support: a panic is how a test fails, and stderr is where it says so"
)]

pub mod journey;
pub mod tours;

pub mod locator;
pub mod vocabulary;

pub mod appearance;
pub mod axe;
pub mod browser;
mod chromium;
pub mod clock;
mod crash;
mod devtools;
pub mod engines;
pub mod tabs;
pub mod tree;

pub mod console;
pub mod endurance;
pub mod evidence;
pub mod locked;
pub mod nowhere;
pub mod reliability;
pub mod wire;

pub mod measure;

pub mod hosts;
pub mod local_api;
pub mod process;
pub mod sign_in;
mod times;
pub mod wait;

pub use appearance::{Theme, Window};
pub use browser::Page;
pub use engines::Engine;
pub use journey::{Journey, World};
pub use local_api::{LocalApi, bundle_of, scratch};
pub use locator::Locator;
pub use sign_in::{SignInProxy, SignedOut};
pub use thirtyfour::Key;
pub use tours::{TOURS, Tour};
pub use vocabulary::Vocabulary;
pub use wait::wait_until;
