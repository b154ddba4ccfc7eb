//! The search across workspaces.

mod found;
pub mod group;
mod page;
mod row;
mod summary;

pub use crate::pages::search::page::SearchPage;
