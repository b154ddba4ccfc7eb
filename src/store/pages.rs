//! Lists that are short enough to be read to their end before anything is shown.

use contract::json::FromJson;
use contract::{Call, Cause, Cursor, Failure, Operation, Page};
use strongroom_core::list::reading::Cursors;

use crate::api::session::Session;

/// So many pages without an item in a row are one reading that never ends.
const MOST_EMPTY: u32 = 20;

/// All items of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllPages<Item> {
    pub items: Vec<Item>,
    /// The names or ids of those that can't be read.
    pub unreadable: Vec<String>,
    /// Whether the server ended the list. Otherwise it repeated a cursor, or sent one empty page after the other.
    pub is_complete: bool,
}

/// Why nothing can be said of an item that was not found: some could not be read.
#[must_use]
pub fn hidden(operation: Operation) -> Failure {
    let detail = "an item of the answer has an unexpected form".to_owned();
    Failure::new(operation, Cause::Undecodable { http: 200, detail })
}

/// Reads a list page by page, to its end.
///
/// # Errors
///
/// Why a page could not be read.
pub async fn read_all<Item: FromJson>(
    session: Session,
    page: impl Fn(Option<&Cursor>) -> Call<Page<Item>>,
) -> Result<AllPages<Item>, Failure> {
    let (mut items, mut unreadable) = (Vec::new(), Vec::new());
    let (mut cursor, mut cursors, mut empty) = (None, Cursors::default(), 0);
    loop {
        let read = session.send(page(cursor.as_ref())).await?;
        empty = if read.items.is_empty() && read.unreadable.is_empty() { empty + 1 } else { 0 };
        items.extend(read.items);
        unreadable.extend(read.unreadable);
        let Some(next) = read.next_cursor else {
            return Ok(AllPages {
                items,
                unreadable,
                is_complete: true,
            });
        };
        if empty == MOST_EMPTY || !cursors.is_new(next.as_str()) {
            return Ok(AllPages {
                items,
                unreadable,
                is_complete: false,
            });
        }
        cursor = Some(next);
    }
}
