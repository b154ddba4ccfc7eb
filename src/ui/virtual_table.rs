//! A table with any number of rows.

pub mod rows;

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::browser::tasks;
use crate::ui::erased::moving_text;
use crate::ui::virtual_table::rows::{Column, LongRows, Pen, Press};

/// Writes the cells of the row with this number, counted from 0.
pub type Draw = Arc<dyn Fn(usize, &Pen<'_>) + Send + Sync>;

/// Tells what the row with this number says: as long as the answer is the same, so is what [`Draw`] would write.
pub type Stamp = Arc<dyn Fn(usize) -> Option<u64> + Send + Sync>;

/// How to follow what is shown: where a thing is now (the upper half of its [`Stamp`]), and which choice is shown.
#[derive(Clone)]
pub struct Follow {
    /// The row that a thing has now.
    pub place: Arc<dyn Fn(u32) -> Option<usize> + Send + Sync>,
    /// Another filter or order is another choice, and then nobody expects to see the same.
    pub choice: Arc<dyn Fn() -> u32 + Send + Sync>,
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
    /// How wide each column is: in CSS pixels, or else as its class says, or else as the others are.
    #[prop(optional)]
    widths: Vec<(&'static str, Option<u16>)>,
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
    /// Keeps the focus on its thing and what is in sight in sight; without it, rows are but numbers.
    #[prop(optional)]
    follow: Option<Follow>,
    /// Something in the row of a thing was pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<(u32, Press)>>,
) -> impl IntoView {
    let width = |(class, width): (&'static str, Option<u16>)| {
        let class = width.is_none().then_some(class);
        // An attribute of old, because the policy of the site allows no `style`.
        html::col()
            .class(class)
            .attr("width", width.map(|width| width.to_string()))
            .into_any()
    };
    let widths: Vec<_> = widths.into_iter().map(width).collect();
    let body = NodeRef::<html::Tbody>::new();
    let rows = StoredValue::new_local(None::<LongRows>);
    body.on_load(move |body| {
        // It exists, but is in the page only after this turn.
        request_animation_frame(move || {
            let (draw, stamp) = (Arc::clone(&draw), stamp.clone());
            let follow = follow.clone().map(|Follow { place, choice }| rows::Follow {
                place: Rc::new(move |thing| place(thing)),
                choice: Rc::new(move || choice()),
            });
            let on_press = move |thing, press| {
                if let Some(on_press) = on_press {
                    let _ = on_press.try_run((thing, press));
                }
            };
            let draw = move |index, pen: &Pen<'_>| draw(index, pen);
            let stamp = stamp.map(|stamp| Rc::new(move |index| stamp(index)) as _);
            let long = LongRows::new(body.into(), columns, Rc::new(draw), stamp, follow, Rc::new(on_press));
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
            <colgroup>{widths}</colgroup>
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody node_ref=body></tbody>
        </table>
    }
    .into_any()
}
