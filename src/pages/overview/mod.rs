//! Overviews: what the secrets of one workspace, or of all, are like, and findings.

pub mod analysis;
mod basis;
mod figure;
mod findings;
pub mod muting;
mod page;
mod place;
pub mod workspaces;

pub use crate::pages::overview::page::OverviewPage;
