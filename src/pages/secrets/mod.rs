//! Secrets: the list, one, new, edit, delete.

mod delete;
mod edit;
pub mod edit_state;
mod fields;
pub mod form;
mod list;
mod new;
mod one;
pub mod order;
mod shared;
mod table;
mod value;
mod words;

pub use edit::EditSecretPage;
pub use list::SecretsPage;
pub use new::NewSecretPage;
pub use one::SecretPage;
