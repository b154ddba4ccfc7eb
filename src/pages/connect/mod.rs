//! Connecting to a server, for the first time or again.

mod again;
mod page;
pub mod state;

pub use again::{ConnectAgain, Unlock};
pub use page::ConnectPage;
