//! Rows of a table that are written over by hand when they show something else: for the browser, a changed text is a fraction
//! of new elements.

use std::collections::VecDeque;

use leptos::html;
use leptos::prelude::*;
use strongroom_core::model::page_rows::PageRows;
use web_sys::Element;

use crate::browser::tasks;

/// The elements of a row.
pub trait RowNodes: Sized + 'static {
    /// An empty row, not yet in the page.
    fn new() -> Option<Self>;

    /// The row itself.
    fn row(&self) -> &Element;
}

/// Keeps a row in the body of a table for each key that `wanted` returns, before `end` or as the last ones, and writes the
/// item at its place into each. `wanted` also returns whether each row stays with its item: [`PageRows::showing`]. Both are
/// tracked.
pub fn keep_rows<Row: RowNodes>(
    body: NodeRef<html::Tbody>,
    end: Option<NodeRef<html::Tr>>,
    wanted: impl Fn() -> (Vec<u64>, bool) + 'static,
    write: impl Fn(usize, &mut Row) + 'static,
) {
    let mut rows = PageRows::default();
    let mut nodes = VecDeque::<(u64, Row)>::new();
    tasks::follow(move || {
        let Some(body) = body.get() else { return };
        let end: Option<Element> = end.and_then(|end| end.get()).map(Into::into);
        let (keys, keeps) = wanted();
        rows = rows.showing(&keys, keeps);
        nodes.retain(|(number, row)| {
            let stays = rows.place(*number).is_some();
            if !stays {
                row.row().remove();
            }
            stays
        });
        let mut next = VecDeque::with_capacity(keys.len());
        for (place, number) in rows.numbers().enumerate() {
            let known = nodes.iter().position(|(known, _)| *known == number);
            let row = match known {
                // It is where it belongs.
                Some(0) => nodes.pop_front().map(|(_, row)| row),
                _ => {
                    let row = match known {
                        Some(at) => nodes.remove(at).map(|(_, row)| row),
                        None => Row::new(),
                    };
                    if let Some(row) = &row {
                        let before = nodes.front().map(|(_, row)| row.row()).or(end.as_ref());
                        // Both are in this body.
                        let _ = body.insert_before(row.row(), before.map(AsRef::as_ref));
                    }
                    row
                }
            };
            let Some(mut row) = row else { continue };
            write(place, &mut row);
            next.push_back((number, row));
        }
        nodes = next;
    });
}
