//! State machines that know no noun, no browser and no framework.

pub mod bulk;
pub mod fuzzy;
pub mod idle;
pub mod loader;
pub mod notices;
pub mod places;
pub mod remote;
pub mod roving;
pub mod telling;
pub mod window;
