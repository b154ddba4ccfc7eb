//! The edge: the only callers of the browser. Thin; what can be decided without a browser is decided elsewhere.

pub mod client;
pub mod clipboard;
pub mod clock;
pub mod config;
pub mod density;
pub mod dialog;
pub mod intl;
pub mod kept;
pub mod keyboard;
pub mod long_rows;
pub mod navigation;
pub mod page;
pub mod paged;
pub mod places;
pub mod policy;
pub mod popover;
pub mod preferences;
pub mod query;
pub mod reveal;
pub mod secret_list;
pub mod session;
pub mod storage;
pub mod tasks;
pub mod theme;
pub mod workspaces;
