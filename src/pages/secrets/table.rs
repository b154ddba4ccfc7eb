//! The table of the list.

use contract::WorkspaceId;
use leptos::prelude::*;

use super::order::ordered;
use crate::domain::secret::SecretFacts;
use crate::route::{Column, Direction, ListState, Route};
use crate::text::words;
use crate::ui::badge::{Badge, Tone};
use crate::ui::erased::dynamic;
use crate::ui::label::label_chips;
use crate::ui::moment::Moment;
use crate::ui::table::{SortHeader, Sorted, Table};
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
    let columns = Column::ALL.map(|column| {
        let sorted = Signal::derive(move || state.with(|state| sorted(state, column)));
        view! { <SortHeader name=column_name(column) sorted on_sort=move |()| on_sort.run(column) /> }
    });
    let rows = dynamic(move || {
        let (has_info, sort) = state.with(|state| (state.info, state.sort));
        list.with(|list| {
            let rows = ordered(list.items(), sort);
            let row = |(index, secret): (usize, &SecretFacts)| row(&workspace, index + 1, secret, has_info);
            rows.into_iter().enumerate().map(row).collect_view()
        })
    });
    view! {
        <Table
            label=words.secrets
            row_count=Signal::derive(move || list.with(List::count))
            is_busy=Signal::derive(move || list.with(List::is_stale))
            columns=columns.into_iter().collect_view().into_any()
            rows
        />
    }
    .into_any()
}

fn column_name(column: Column) -> &'static str {
    let words = words();
    match column {
        Column::Name => words.column_name,
        Column::Labels => words.column_labels,
        Column::ExternalId => words.column_external_id,
        Column::Bundle => words.column_bundle,
        Column::Created => words.column_created,
        Column::LastUsed => words.column_last_used,
    }
}

fn sorted(state: &ListState, column: Column) -> Sorted {
    match state.sort {
        Some((by, Direction::Ascending)) if by == column => Sorted::Ascending,
        Some((by, Direction::Descending)) if by == column => Sorted::Descending,
        _ => Sorted::Not,
    }
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
    let labels = (!metadata.labels.is_empty()).then(|| label_chips(metadata.labels.iter()));
    let bundle = metadata
        .bundle_key
        .clone()
        .map(|text| view! { <Badge text tone=Tone::Warning /> });
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
