//! Lists that are short enough to be read to their end before anything is shown.

use std::collections::BTreeSet;

use contract::json::FromJson;
use contract::{Call, Cause, Cursor, Failure, Operation, Page, Workspace, WorkspaceMember};
use strongroom_core::list::reading::Cursors;

use crate::api::session::Session;

/// So many pages without a new item in a row are one reading that never ends.
const MOST_EMPTY: u32 = 20;

/// An item that a server may list again on a later page, because its list has changed meanwhile.
pub trait Identified {
    fn id(&self) -> &str;
}

impl Identified for Workspace {
    fn id(&self) -> &str {
        self.metadata.id.as_str()
    }
}

impl Identified for WorkspaceMember {
    fn id(&self) -> &str {
        self.profile_id.as_str()
    }
}

/// All items of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllPages<Item> {
    pub items: Vec<Item>,
    /// The names or ids of those that can't be read.
    pub unreadable: Vec<String>,
    /// Whether the server ended the list. Otherwise it repeated a cursor, or sent one page after the other with nothing new.
    pub is_complete: bool,
}

/// Why nothing can be said of an item that was not found: some could not be read.
#[must_use]
pub fn hidden(operation: Operation) -> Failure {
    let detail = "an item of the answer has an unexpected form".to_owned();
    Failure::new(operation, Cause::Undecodable { http: 200, detail })
}

/// Reads a list page by page, to its end. Each item is in it once.
///
/// # Errors
///
/// Why a page could not be read.
pub async fn read_all<Item: FromJson + Identified>(
    session: Session,
    page: impl Fn(Option<&Cursor>) -> Call<Page<Item>>,
) -> Result<AllPages<Item>, Failure> {
    let (mut items, mut unreadable) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    let (mut cursor, mut cursors, mut empty) = (None, Cursors::default(), 0);
    loop {
        let read = session.send(page(cursor.as_ref())).await?;
        let before = items.len() + unreadable.len();
        items.extend(read.items.into_iter().filter(|item: &Item| known.insert(item.id().to_owned())));
        unreadable.extend(read.unreadable.into_iter().filter(|name| name.is_empty() || known.insert(name.clone())));
        empty = if items.len() + unreadable.len() == before { empty + 1 } else { 0 };
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
