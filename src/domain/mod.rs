//! The console's own nouns and rules, without a browser.

pub mod asking;
pub mod deletion;
pub mod permissions;
pub mod secret;
pub mod shortcuts;
pub mod snippets;
