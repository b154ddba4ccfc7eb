//! Connecting to a server, for the first time or again.

mod again;
mod page;
pub mod state;

pub use crate::pages::connect::again::{ConnectAgain, Unlock};
pub use crate::pages::connect::page::ConnectPage;
