//! Tables.

use leptos::prelude::*;

use crate::ui::erased::{dynamic, handle_click, moving_text, moving_word};
use crate::ui::icon::{Glyph, icon};

/// A table of things: each row's header cell (`th scope="row"`) names it and links to it. On a narrow page a row becomes a
/// card with the same facts, each with the name of its column (`data-label`).
#[component]
pub fn Table(
    /// What it is called.
    label: &'static str,
    /// How many rows there are, shown or not; none where all are shown.
    #[prop(optional, into)]
    row_count: Option<Signal<usize>>,
    /// Whether what it shows is being replaced.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// The header cells.
    columns: AnyView,
    /// The rows.
    rows: AnyView,
) -> impl IntoView {
    view! {
        <table
            class="table"
            aria-label=label
            aria-rowcount=crate::ui::erased::moving_note(move || row_count.map(|count| count.get().to_string()))
            aria-busy=moving_text(move || is_busy.get().to_string())
        >
            <thead>
                <tr>{columns}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sorted {
    /// Not by this column.
    #[default]
    Not,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The header of a column that the table can be sorted by: a button in the cell, which says which way it is sorted.
#[component]
pub fn SortHeader(
    /// What the column is called.
    name: &'static str,
    /// What there is to know before pressing it.
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    /// Which way it is sorted.
    #[prop(into)]
    sorted: Signal<Sorted>,
    /// The person pressed it.
    #[prop(into)]
    on_sort: Callback<()>,
) -> impl IntoView {
    let aria = moving_word(move || {
        Some(match sorted.get() {
            Sorted::Ascending => "ascending",
            Sorted::Descending => "descending",
            Sorted::Not => "none",
        })
    });
    let mark = dynamic(move || match sorted.get() {
        Sorted::Ascending => Some(icon(Glyph::ARROW_UP)),
        Sorted::Descending => Some(icon(Glyph::ARROW_DOWN)),
        Sorted::Not => None,
    });
    view! {
        <th scope="col" aria-sort=aria>
            <button type="button" class="sort" title=hint on:click=handle_click(move |_| on_sort.run(()))>
                {name}
                <span class="sort-mark" aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
    .into_any()
}
