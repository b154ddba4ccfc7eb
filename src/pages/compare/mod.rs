//! Secrets of several workspaces side by side.

mod cell;
mod choice;
pub mod comparison;
mod grid;
mod line;
mod page;
pub mod several;

pub use crate::pages::compare::page::ComparePage;
