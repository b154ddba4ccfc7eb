//! The list of secrets as columns: read straight from bytes, merged by id, filtered, searched and ordered.
//!
//! A hundred thousand secrets are a dozen allocations here and not a hundred thousand trees of objects: names stand one
//! behind the other in one buffer, labels and people are numbers, and the order on screen is a list of row numbers.
//! Nothing here knows a browser or a server.

pub mod completion;
pub mod dataset;
pub mod decode;
pub mod facts;
pub mod find;
mod fold;
pub mod instant;
mod json;
pub mod order;
pub mod query;
pub mod reading;
pub mod row_handles;
mod row_set;
pub mod rows;
pub mod selection;
pub mod server_filter;
mod texts;
pub mod view;

pub use crate::list::dataset::{Changes, List};
pub use crate::list::decode::PageError;
pub use crate::list::facts::{Creator, Facts};
pub use crate::list::fold::folded;
pub use crate::list::order::{Column, Order};
pub use crate::list::query::Query;
pub use crate::list::row_handles::Things;
pub use crate::list::rows::{Moves, Row, Rows};
pub use crate::list::selection::Selection;
pub use crate::list::view::View;
