//! A table with any number of rows.

pub mod rows;

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::browser::tasks;
use crate::ui::erased::moving_text;
use crate::ui::virtual_table::rows::{Column, LongRows, Pen, Press};

/// Writes the cells of the row with this index.
pub type Draw = Arc<dyn Fn(usize, &Pen<'_>) + Send + Sync>;

/// Tells what the row with this index says: as long as the answer is the same, so is what [`Draw`] would write.
pub type Stamp = Arc<dyn Fn(usize) -> Option<rows::Stamped> + Send + Sync>;

/// Tells the index that the row with a key ([`Pen::key`]) has now.
pub type IndexOf = Arc<dyn Fn(&str) -> Option<usize> + Send + Sync>;

/// Keeps the focus on its row and the scroll position at its row while rows come and go.
#[derive(Clone)]
pub struct Anchor {
    /// Follows rows by their keys.
    pub index_of: IndexOf,
    /// Which filter and order are shown: with others, nobody expects to see the same rows.
    pub view: Arc<dyn Fn() -> u32 + Send + Sync>,
}

/// A table like [`crate::ui::table::Table`], of whose rows only those in sight are in the page: same look and same keyboard
/// with ten rows or a hundred thousand. How many there are (`aria-rowcount`) and which one each is (`aria-rowindex`) is
/// said to a screen reader. A row that has the focus stays in the page, however far one scrolls. Rows are all of one
/// height: what does not fit into a line is cut off.
#[component]
pub fn LongTable(
    /// What it is called.
    label: &'static str,
    /// The columns, in their order.
    columns: Vec<Column>,
    /// The class of each column, which may give it a width.
    #[prop(optional)]
    classes: Vec<&'static str>,
    /// The header cells.
    head: AnyView,
    /// How many rows there are. Whenever this signal tells, all rows in sight are drawn anew.
    #[prop(into)]
    count: Signal<usize>,
    /// Whether what it shows is being replaced.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Writes a row.
    draw: Draw,
    /// Tells rows that need not be written anew; without it, all are.
    #[prop(optional)]
    stamp: Option<Stamp>,
    /// Keeps the focus and the scroll position; without it, both stay at their index.
    #[prop(optional)]
    anchor: Option<Anchor>,
    /// Something in the row with this key was pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<(String, Press)>>,
) -> impl IntoView {
    let columns_drawn: Vec<_> = classes
        .into_iter()
        .map(|class| html::col().class(class).into_any())
        .collect();
    let body = NodeRef::<html::Tbody>::new();
    let rows = StoredValue::new_local(None::<LongRows>);
    body.on_load(move |body| {
        // It exists, but is in the page only after this turn.
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
            let draw = move |index, pen: &Pen<'_>| draw(index, pen);
            let stamp = stamp.map(|stamp| Rc::new(move |index| stamp(index)) as _);
            let long = LongRows::new(body.into(), columns, Rc::new(draw), stamp, anchor, Rc::new(on_press));
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
            class="table table-long"
            aria-label=label
            aria-rowcount=moving_text(move || count.get().to_string())
            aria-busy=moving_text(move || is_busy.get().to_string())
        >
            <colgroup>{columns_drawn}</colgroup>
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody node_ref=body></tbody>
        </table>
    }
    .into_any()
}
