//! Workspaces.

mod detail;
mod list;

pub use crate::pages::workspaces::detail::WorkspacePage;
pub use crate::pages::workspaces::list::WorkspacesPage;
