//! The screens: one folder per section, one file per screen, its pure state beside it. Sections do not know each
//! other; they meet in the address.

pub mod connect;
pub mod secrets;
pub mod unknown;
pub mod workspaces;
