//! Tables.

use leptos::prelude::*;

use crate::ui::erased::{dynamic, handle_click, moving_text, moving_word};
use crate::ui::icon::{Glyph, icon};

/// A table: each row's header cell (`th scope="row"`) names the row and links to it. On a narrow page a row becomes a
/// card with the same data, each labelled with its column (`data-label`).
#[component]
pub fn Table(
    /// The accessible name.
    label: &'static str,
    /// The total number of rows; `None` if all are in the page.
    #[prop(optional, into)]
    row_count: Option<Signal<usize>>,
    /// Whether the data is being refreshed.
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

/// The sort state of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sorted {
    /// Not sorted by this column.
    #[default]
    Not,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column header with a button to sort by it and `aria-sort`.
#[component]
pub fn SortHeader(
    /// The name of the column.
    name: &'static str,
    /// The class that sets its width.
    #[prop(optional)]
    class: &'static str,
    /// The sort state.
    #[prop(into)]
    sorted: Signal<Sorted>,
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
        <th scope="col" role="columnheader" class=class aria-sort=aria>
            <button type="button" class="sort" title=name on:click=handle_click(move |_| on_sort.run(()))>
                <span class="sort-name">{name}</span>
                <span class="sort-mark" aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
    .into_any()
}
