//! The platform: the only callers of the browser, with nothing of the app in them.

pub mod clipboard;
pub mod clock;
pub mod csp_violations;
pub mod density;
pub mod dialog;
pub mod download;
pub mod history;
pub mod indexed_db;
pub mod intl;
pub mod keyboard;
pub mod page;
pub mod pause;
pub mod popover;
pub mod preferences;
pub mod published;
pub mod random;
pub mod row_navigation;
pub mod secret_textarea;
pub mod storage;
pub mod tab_channel;
pub mod tasks;
pub mod theme;
pub mod vault;
