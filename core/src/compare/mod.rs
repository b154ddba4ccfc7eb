//! The secrets of several workspaces side by side: which one has what, and what differs.
//!
//! [`grid`] joins the loaded lists to lines and cells, [`told`] words the cells, [`csv`] exports them, [`moves`] moves the
//! focus between them. Values can't be compared: the API doesn't return them.

pub mod csv;
pub mod grid;
pub mod moves;
pub mod told;

#[cfg(test)]
mod tests;
