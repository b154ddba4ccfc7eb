//! Long-running work in many steps.

pub mod bulk;
pub mod label_change;
