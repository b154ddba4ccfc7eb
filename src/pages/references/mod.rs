//! References: where the secrets of a workspace are used.

mod page;
mod status;
mod uses;

pub use crate::pages::references::page::ReferencesPage;
pub use crate::pages::references::uses::UsesOf;
