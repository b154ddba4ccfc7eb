//! The list of secrets as columns: read straight from bytes, filtered, searched and sorted.
//!
//! A hundred thousand secrets are a dozen allocations here and not a hundred thousand trees of objects: names stand one
//! behind the other in one buffer, labels and people are numbers, and the order on screen is a list of row numbers.
//! Nothing here knows a browser or a server.

pub mod column;
pub mod completion;
pub mod dataset;
pub mod decode;
pub mod facts;
pub mod find;
mod fold;
pub mod instant;
mod json;
pub mod loaded;
pub mod local_changes;
pub mod order;
pub mod query;
pub mod reading;
mod row_set;
pub mod rows;
pub mod selection;
pub mod server_filter;
mod spans;
mod texts;
pub mod view;

pub use crate::list::column::Column;
pub use crate::list::dataset::{Changes, List};
pub use crate::list::decode::PageError;
pub use crate::list::facts::{Creator, Facts};
pub use crate::list::fold::folded;
pub use crate::list::loaded::LoadedList;
pub use crate::list::local_changes::{LocalChange, LocalChanges};
pub use crate::list::order::Order;
pub use crate::list::query::Query;
pub use crate::list::rows::{Row, Rows};
pub use crate::list::selection::Selection;
pub use crate::list::view::View;
