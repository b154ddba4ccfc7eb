//! The endpoints of api.md, one file per resource.

use contract::Page;
use contract::calls::SortOrder;
use serde::Serialize;

use crate::cursor::QueryIdentity;
use crate::store::selection::Rows;

pub(crate) mod account;
pub(crate) mod members;
pub(crate) mod secret;
pub(crate) mod secrets;
pub(crate) mod tools;
pub(crate) mod workspaces;

/// An answer that says nothing.
#[derive(Serialize)]
pub(crate) struct Empty {}

/// Lists that take no order are in the one of their creation.
const NATURAL: SortOrder = SortOrder::Ascending;

/// A page as the API answers it.
fn page<Row, Item>(identity: &QueryIdentity, rows: Rows<Row>, item: impl FnMut(Row) -> Item) -> Page<Item> {
    Page {
        items: rows.items.into_iter().map(item).collect(),
        unreadable: Vec::new(),
        next_cursor: rows.next.and_then(|position| identity.cursor(&position)),
    }
}

/// Absent and empty are the same (api.md, Transport).
fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// The names that a boolean has in a cursor's identity.
fn flag(value: bool) -> &'static str {
    if value { "1" } else { "0" }
}
