//! Workspaces.

mod actions;
mod add_member;
pub mod archive;
pub mod create;
pub mod detail;
pub mod edit;
mod form;
mod list;
mod member_write;
mod members;
mod remove_member;

pub use crate::pages::workspaces::archive::ArchiveWorkspace;
pub use crate::pages::workspaces::create::NewWorkspacePage;
pub use crate::pages::workspaces::detail::WorkspacePage;
pub use crate::pages::workspaces::edit::EditWorkspacePage;
pub use crate::pages::workspaces::list::WorkspacesPage;
pub use crate::pages::workspaces::members::MembersPage;
