//! The screens: one folder per section, one file per screen. Sections do not depend on each other; they link by
//! address.

pub mod compare;
pub mod connect;
pub mod overview;
pub mod policy;
pub mod references;
pub mod search;
pub mod secrets;
pub mod unknown;
pub mod workspaces;
