//! The search across workspaces.

mod group;
mod page;
mod summary;

pub use crate::pages::search::page::SearchPage;
