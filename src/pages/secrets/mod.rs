//! Secrets: the list, one, new, edit, delete.

mod delete;
pub mod desk;
pub mod draft;
mod drafting;
mod edit;
pub mod edit_state;
mod fields;
mod filter;
pub mod form;
mod list;
mod new;
pub mod new_state;
mod one;
mod reading_call;
mod shared;
mod status;
mod table;
mod tools;
mod value;
pub mod value_input;
mod words;

pub use edit::EditSecretPage;
pub use list::SecretsPage;
pub use new::NewSecretPage;
pub use one::SecretPage;
pub use tools::ListTools;
