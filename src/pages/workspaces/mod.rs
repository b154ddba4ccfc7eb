//! Workspaces.

mod list;
mod one;
mod status;

pub use list::WorkspacesPage;
pub use one::WorkspacePage;
