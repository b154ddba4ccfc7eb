//! Long-running work in many steps.

pub mod bulk;
