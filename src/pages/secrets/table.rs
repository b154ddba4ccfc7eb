//! The table of the list.

use contract::WorkspaceId;
use leptos::prelude::*;

use super::order::ordered;
use crate::domain::secret::SecretFacts;
use crate::route::{Column, Direction, ListState, Route};
use crate::text::words;
use crate::ui::badge::{Badge, Pair, Tone};
use crate::ui::erased::{dynamic, handle_click, moving_text, moving_word};
use crate::ui::moment::Moment;
use crate::web::paged::List;

/// The rows that are loaded, in the order that the address asks for.
#[component]
pub(super) fn SecretTable(
    /// Where.
    workspace: WorkspaceId,
    /// What is loaded.
    list: ReadSignal<List<SecretFacts>>,
    /// What the address asks for.
    state: Memo<ListState>,
    /// The person wants another order.
    #[prop(into)]
    on_sort: Callback<Column>,
) -> impl IntoView {
    let words = words();
    let headers = Column::ALL.map(|column| view! { <SortHeader column state on_sort /> });
    let rows = dynamic(move || {
        let (has_info, sort) = state.with(|state| (state.info, state.sort));
        list.with(|list| {
            let rows = ordered(list.items(), sort);
            let row = |(index, secret): (usize, &SecretFacts)| row(&workspace, index + 1, secret, has_info);
            rows.into_iter().enumerate().map(row).collect_view()
        })
    });
    view! {
        <table
            class="table"
            aria-label=words.secrets
            aria-rowcount=moving_text(move || list.with(|list| list.count().to_string()))
            aria-busy=moving_text(move || list.with(|list| list.is_stale().to_string()))
        >
            <thead>
                <tr>{headers.into_iter().collect_view()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn SortHeader(column: Column, state: Memo<ListState>, on_sort: Callback<Column>) -> impl IntoView {
    let words = words();
    let name = match column {
        Column::Name => words.column_name,
        Column::Labels => words.column_labels,
        Column::ExternalId => words.column_external_id,
        Column::Bundle => words.column_bundle,
        Column::Created => words.column_created,
        Column::LastUsed => words.column_last_used,
    };
    let direction = move || {
        state
            .with(|state| state.sort)
            .filter(|(sorted, _)| *sorted == column)
            .map(|(_, direction)| direction)
    };
    let aria = moving_word(move || {
        Some(match direction() {
            Some(Direction::Ascending) => "ascending",
            Some(Direction::Descending) => "descending",
            None => "none",
        })
    });
    let mark = dynamic(move || match direction() {
        Some(Direction::Ascending) => "↑",
        Some(Direction::Descending) => "↓",
        None => "",
    });
    view! {
        <th scope="col" aria-sort=aria>
            <button type="button" class="sort" on:click=handle_click(move |_| on_sort.run(column))>
                {name}
                <span class="sort-mark" aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
    .into_any()
}

fn row(workspace: &WorkspaceId, index: usize, secret: &SecretFacts, has_info: bool) -> impl IntoView + use<> {
    let words = words();
    let metadata = &secret.metadata;
    let address = Route::Secret(workspace.clone(), metadata.id.clone()).to_path();
    let name = if metadata.name.is_empty() {
        metadata.id.to_string()
    } else {
        metadata.name.clone()
    };
    let labels: Vec<_> = metadata
        .labels
        .iter()
        .map(|(key, value)| view! { <Pair name=key.clone() value=value.clone() /> })
        .collect();
    let bundle = metadata
        .bundle_key
        .clone()
        .map(|text| view! { <Badge text tone=Tone::Caution /> });
    let created = metadata.created_at.map(|instant| view! { <Moment instant /> });
    let last_used = match (&secret.info, has_info) {
        (Some(info), _) => match info.last_use() {
            Some(instant) => view! { <Moment instant /> }.into_any(),
            None => view! { <span class="muted">{words.never_used}</span> }.into_any(),
        },
        (None, true) => view! { <span class="muted">{words.unknown}</span> }.into_any(),
        (None, false) => view! { <span class="muted" title=words.not_asked_title>{words.not_asked}</span> }.into_any(),
    };
    view! {
        <tr aria-rowindex=index.to_string()>
            <th scope="row" class="cell-name"><a href=address>{name}</a></th>
            <td data-label=words.column_labels class="cell-chips">{labels}</td>
            <td data-label=words.column_external_id class="cell-code">{metadata.external_id.clone()}</td>
            <td data-label=words.column_bundle>{bundle}</td>
            <td data-label=words.column_created class="cell-time">{created}</td>
            <td data-label=words.column_last_used class="cell-time">{last_used}</td>
        </tr>
    }
}
