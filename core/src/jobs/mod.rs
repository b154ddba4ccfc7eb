//! Work in many steps.

pub mod bulk;
