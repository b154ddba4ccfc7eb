//! The list of secrets as columns: decoded straight from bytes, filtered, searched and sorted.
//!
//! A thousand secrets take a dozen allocations instead of a thousand object trees: their names are stored in one buffer,
//! labels and creators are numbers, and the order on screen is a list of row numbers. Independent of browser and server.

pub mod column;
pub mod completion;
pub mod dataset;
pub mod decode;
pub mod facts;
pub mod find;
mod fold;
pub mod instant;
pub mod loaded;
pub mod local_changes;
pub mod marks;
pub(crate) mod natural;
pub mod nearest;
pub mod order;
mod pieces;
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
pub use crate::list::decode::{PageError, Unreadable};
pub use crate::list::facts::{Creator, Facts};
pub use crate::list::fold::folded;
pub use crate::list::loaded::LoadedList;
pub use crate::list::local_changes::{LocalChange, LocalChanges};
pub use crate::list::order::{Arrangement, Order};
pub use crate::list::query::Query;
pub use crate::list::rows::{Row, Rows};
pub use crate::list::selection::Selection;
pub use crate::list::view::View;
