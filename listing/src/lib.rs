//! The list of secrets as columns: read straight from bytes, merged by id, filtered, searched and ordered.
//!
//! A hundred thousand secrets are a dozen allocations here and not a hundred thousand trees of objects: names stand one
//! behind the other in one buffer, labels and people are numbers, and the order on screen is a list of row numbers.
//! Nothing here knows a browser or a server.

pub mod completion;
pub mod decode;
pub mod facts;
pub mod find;
mod fold;
pub mod instant;
mod json;
pub mod list;
pub mod order;
pub mod query;
pub mod reading;
mod row_set;
pub mod rows;
pub mod selection;
mod texts;
pub mod things;
pub mod view;

pub use decode::PageError;
pub use facts::{Creator, Facts};
pub use fold::folded;
pub use list::{Changes, List};
pub use order::{Column, Order};
pub use query::Query;
pub use rows::{Moves, Row, Rows};
pub use selection::Selection;
pub use things::Things;
pub use view::View;
