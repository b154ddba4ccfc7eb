//! Server state and what else outlives a view, made once by the app.

pub mod drafts;
pub mod idle_lock;
pub mod kept;
pub mod notices;
pub mod paged;
pub mod query;
pub mod reveal;
pub mod secret_list;
pub mod workspaces;
pub mod writes;
