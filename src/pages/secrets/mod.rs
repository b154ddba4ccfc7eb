//! Secrets: the list, one, new, edit, delete.

mod api_snippets;
mod create;
mod detail;
mod edit;
pub mod list;
mod list_actions;
mod replace_value;
pub mod saving;
mod opened;

pub use crate::pages::secrets::create::NewSecretPage;
pub use crate::pages::secrets::detail::SecretPage;
pub use crate::pages::secrets::edit::EditSecretPage;
pub use crate::pages::secrets::list::SecretsPage;
pub use crate::pages::secrets::list_actions::ListTools;
pub use crate::pages::secrets::replace_value::ReplaceValue;
