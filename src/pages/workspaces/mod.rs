//! Workspaces.

mod detail;
mod list;
mod status;

pub use crate::pages::workspaces::detail::WorkspacePage;
pub use crate::pages::workspaces::list::WorkspacesPage;
