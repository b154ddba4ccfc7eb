//! A virtualised table for any number of rows.

pub mod rows;

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::browser::tasks;
use crate::ui::erased::moving_text;
use crate::ui::virtual_table::rows::hint::HINT;
use crate::ui::virtual_table::rows::{Column, LongRows, Pen, Press};

/// Writes the cells of the row at this index.
pub type Draw = Arc<dyn Fn(usize, &Pen<'_>) + Send + Sync>;

/// Returns the stamp of the row at this index. An equal stamp means that [`Draw`] would write the same.
pub type Stamp = Arc<dyn Fn(usize) -> Option<rows::Stamped> + Send + Sync>;

/// Returns the current index of the row with a key ([`Pen::key`]).
pub type IndexOf = Arc<dyn Fn(&str) -> Option<usize> + Send + Sync>;

/// Keeps the focus and the scroll position at their rows while rows are added and removed.
#[derive(Clone)]
pub struct Anchor {
    pub index_of: IndexOf,
    /// The version of filter and order. When it changes, nothing is kept.
    pub view: Arc<dyn Fn() -> u32 + Send + Sync>,
}

/// A virtualised [`crate::ui::table::Table`]: only visible rows are in the page, with the same look and keyboard use
/// for ten rows or a hundred thousand. Screen readers get the total (`aria-rowcount`) and each index (`aria-rowindex`),
/// both without the header row: docs/decisions/0406.
/// The focused row stays in the page, however far the user scrolls. All rows have the same height; content that does
/// not fit on a line is cut off. Columns never get narrower than the minimum of their class: if they do not fit beside each
/// other, the table scrolls sideways, with the name and the menu in sight.
#[component]
pub fn LongTable(
    /// The accessible name.
    label: &'static str,
    /// The columns, in their order.
    columns: Vec<Column>,
    /// The header cells.
    head: AnyView,
    /// The number of rows. Each notification of this signal renders the visible rows again.
    #[prop(into)]
    count: Signal<usize>,
    /// Whether the data is being refreshed.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    draw: Draw,
    /// The stamp of a row, to skip unchanged rows; without it, all are written again.
    #[prop(optional)]
    stamp: Option<Stamp>,
    /// Keeps the focus and the scroll position at their rows; without it, both stay at their index.
    #[prop(optional)]
    anchor: Option<Anchor>,
    /// Called when something in the row with this key was clicked.
    #[prop(optional, into)]
    on_press: Option<Callback<(String, Press)>>,
    /// Called when rows may move: for a while, neither the pointer nor the focus was in them, the first one was in sight,
    /// and none changed.
    #[prop(optional, into)]
    on_rest: Option<Callback<()>>,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    let rows = StoredValue::new_local(None::<LongRows>);
    body.on_load(move |body| {
        // The element exists, but is in the page only after this task.
        request_animation_frame(move || {
            let (draw, stamp) = (Arc::clone(&draw), stamp.clone());
            let anchor = anchor.clone().map(|Anchor { index_of, view }| rows::Anchor {
                index_of: Rc::new(move |key| index_of(key)),
                view: Rc::new(move || view()),
            });
            let on_press = move |key: String, press| {
                if let Some(on_press) = on_press {
                    let _ = on_press.try_run((key, press));
                }
            };
            let on_rest = move || {
                if let Some(on_rest) = on_rest {
                    let _ = on_rest.try_run(());
                }
            };
            let draw = move |index, pen: &Pen<'_>| draw(index, pen);
            let stamp = stamp.map(|stamp| Rc::new(move |index| stamp(index)) as _);
            let (draw, on_press, on_rest) = (Rc::new(draw), Rc::new(on_press), Rc::new(on_rest));
            let long = LongRows::new(body.into(), columns, draw, stamp, anchor, on_press, on_rest);
            if let Some(count) = count.try_get_untracked() {
                long.refresh(count);
                rows.try_set_value(Some(long));
            }
        });
    });
    tasks::follow(move || {
        let count = count.get();
        rows.try_with_value(|rows| {
            if let Some(rows) = rows {
                rows.refresh(count);
            }
        });
    });
    on_cleanup(move || {
        rows.try_update_value(Option::take);
    });
    view! {
        <table
            class="table-long"
            role="table"
            aria-label=label
            aria-rowcount=moving_text(move || count.get().to_string())
            aria-busy=moving_text(move || is_busy.get().to_string())
        >
            <thead role="rowgroup">
                <tr role="row">{head}</tr>
            </thead>
            <tbody role="rowgroup" node_ref=body></tbody>
        </table>
        <div class="row-hint" id=HINT popover="manual" role="tooltip"><span></span></div>
    }
    .into_any()
}
