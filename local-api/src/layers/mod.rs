//! What every request passes through, from the outside in.

pub(crate) mod cors;
pub(crate) mod host;
pub(crate) mod trace;
