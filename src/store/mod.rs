//! Server state and other state that outlives a view. Created once by the app.

pub mod account;
pub mod account_workspaces;
pub mod across;
pub mod admin_access;
pub mod drafts;
pub mod idle_lock;
pub mod loaded_secrets;
pub mod notices;
mod page_reader;
pub mod pages;
mod pending_deletes;
pub mod query;
pub mod read_limit;
pub mod references;
pub mod reveal;
pub mod secret_list;
pub mod secret_lists;
pub mod value_access;
pub mod workspace_reading;
pub mod workspaces;
pub mod writes;
