//! The table of the list.

use std::sync::Arc;

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::list::{Column, LoadedList, Row, Rows, completion, query};
use strongroom_core::route::{Direction, ListState, Route};

use crate::browser::clock::{Clock, use_clock, use_minutes};
use crate::browser::preferences::{self, Preference};
use crate::browser::{intl, keyboard, page};
use crate::store::notices::use_notices;
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::store::secret_list::Progress;
use crate::ui::erased::{dynamic, handle_event, moving_flag};
use crate::ui::icon::Glyph;
use crate::ui::table::{SortHeader, Sorted};
use crate::ui::virtual_table::rows::{self, Kind, Pen, Press};
use crate::ui::virtual_table::{Anchor, Draw, LongTable, Stamp};

/// The filtered rows in the order of the address, each with a checkbox and a menu.
#[component]
pub fn SecretTable(
    context: ListContext,
    /// Called when the user sorts by a column.
    #[prop(into)]
    on_sort: Callback<Column>,
) -> impl IntoView {
    let on_press = move |(id, press): (String, Press)| pressed(context, &id, press);
    let notices = use_notices();
    keyboard::on_find(move || {
        // If all rows are in the page, the browser's own search finds them.
        let is_virtual = context.list.shown().get_untracked() > rows::count_drawn();
        let is_caught =
            is_virtual && !page::is_in_search() && preferences::read(Preference::Find).as_deref() != Some("off");
        if is_caught {
            page::focus_first(page::SEARCH);
            notices.done(words::list().find_led);
        }
        is_caught
    });
    let minutes = use_minutes();
    // Relative times are rendered again every minute.
    let count = Signal::derive(move || {
        let _ = minutes.now();
        context.list.shown().get()
    });
    dynamic(move || {
        let shown = context.columns.with(|columns| columns.shown().to_vec());
        let headers: Vec<AnyView> = shown.iter().map(|column| header(context, *column, on_sort)).collect();
        let head = view! {
            <th scope="col" class="cell-check">{select_all(context)}</th>
            {headers}
            <th scope="col" class="cell-menu"><span class="visually-hidden">{words::list().row_actions}</span></th>
        };
        let own = |name, kind| rows::Column { name, kind };
        let mut columns = vec![own("", Kind::Check)];
        columns.extend(shown.iter().map(|column| own(column.label(), cell(*column).0)));
        columns.push(own(Glyph::MORE.class(), Kind::Menu));
        let mut classes = vec!["col-check"];
        classes.extend(shown.iter().map(|column| cell(*column).1));
        classes.push("col-check");
        view! {
            <LongTable
                label=words::common().secrets
                columns
                classes
                head=head.into_any()
                count
                is_busy=Signal::derive(move || context.list.progress().with(Progress::is_refreshing))
                draw=draw(context, shown)
                stamp=stamp(context)
                anchor=Anchor {
                    index_of: Arc::new(move |id| context.list.index_of(id)),
                    view: Arc::new(move || context.list.with(LoadedList::view_version).unwrap_or_default()),
                }
                on_press
            />
        }
    })
}

fn header(context: ListContext, column: Column, on_sort: Callback<Column>) -> AnyView {
    let state = context.state;
    let sorted = Signal::derive(move || state.with(|state| sorted(state, column)));
    let hint = column.needs_info().then_some(words::list().costs_more);
    view! { <SortHeader name=column.label() hint sorted on_sort=move |()| on_sort.run(column) /> }.into_any()
}

/// The checkbox that selects all filtered rows.
fn select_all(context: ListContext) -> AnyView {
    let counts = move || (context.list.selected_shown().get(), context.list.shown().get());
    view! {
        <input
            type="checkbox"
            aria-label=words::list().select_all
            prop:checked=moving_flag(move || matches!(counts(), (selected, shown) if shown > 0 && selected >= shown))
            prop:indeterminate=moving_flag(move || matches!(counts(), (selected, shown) if selected > 0 && selected < shown))
            on:change=handle_event(move |event| {
                let is_checked = event_target_checked(&event);
                context.list.select(|selection, shown| if is_checked { selection.add(shown) } else { selection.take_out(shown) });
            })
        />
    }
    .into_any()
}

/// Handles a click in the row of a secret.
fn pressed(context: ListContext, id: &str, press: Press) {
    let list = context.list;
    let Some(row) = list.find(id, |_, row| row) else { return };
    match press {
        Press::Check { is_checked, is_range } => list.select(|selection, shown| {
            if is_range {
                selection.extend(shown, row, is_checked);
            } else {
                selection.set(row, is_checked);
            }
        }),
        Press::Chip(number) => {
            let label = list.find(id, |rows, row| {
                let (key, value) = rows.labels(row).nth(number)?;
                Some(completion::label_word(key, value, rows))
            });
            if let Some(Some(word)) = label {
                let mut state = context.state.get_untracked();
                // Includes the latest keystrokes, which reach the address only when typing pauses.
                state.search = query::with(&context.typed.get_untracked(), &word);
                context.typed.set(state.search.clone());
                context.change.run(state);
            }
        }
        Press::Menu => context.open(OverlayRequest::RowMenu(id.to_owned())),
    }
}

/// The cell kind of a column, and the class that sets its width.
const fn cell(column: Column) -> (Kind, &'static str) {
    match column {
        Column::Name => (Kind::Name, "col-name"),
        Column::Labels => (Kind::Chips, "col-labels"),
        Column::ExternalId => (Kind::Code, "col-code"),
        Column::Bundle => (Kind::Badge, ""),
        Column::CreatedBy => (Kind::Text, ""),
        Column::Created | Column::Updated | Column::LastUsed => (Kind::Time, ""),
    }
}

fn sorted(state: &ListState, column: Column) -> Sorted {
    match state.sort {
        Some((by, Direction::Ascending)) if by == column => Sorted::Ascending,
        Some((by, Direction::Descending)) if by == column => Sorted::Descending,
        _ => Sorted::Not,
    }
}

fn draw(context: ListContext, columns: Vec<Column>) -> Draw {
    let clock = use_clock();
    Arc::new(move |index, pen| {
        context.list.at(index, |rows, row, is_selected| {
            let name = match rows.name(row) {
                "" => rows.id(row),
                name => name,
            };
            pen.key(rows.id(row));
            pen.check(0, &fill(words::list().select_row, &[("name", name)]), is_selected);
            pen.disabled(context.list.is_delete_pending(rows.id(row)));
            for (place, column) in columns.iter().enumerate() {
                let address = || context.workspace.with_value(|workspace| address(workspace, rows.id(row)));
                draw_cell((context, clock), pen, place + 1, *column, (rows, row), name, address);
            }
            pen.menu(columns.len() + 1, &fill(words::list().actions_for, &[("name", name)]));
        });
    })
}

/// The stamp of a row. It changes once a minute, because relative times do.
fn stamp(context: ListContext) -> Stamp {
    const MINUTE: i64 = 60_000;
    let clock = use_clock();
    Arc::new(move |index| {
        let minute = u32::try_from(clock.now().timestamp_millis() / MINUTE).unwrap_or_default();
        let is_asked = context.state.with_untracked(ListState::wants_last_use);
        let version = context.list.with(LoadedList::version)?;
        let (row, is_selected, is_delete_pending) = context.list.at(index, |rows, row, is_selected| {
            (row, is_selected, context.list.is_delete_pending(rows.id(row)))
        })?;
        let flags = u32::from(is_delete_pending) << 2 | u32::from(is_asked) << 1 | u32::from(is_selected);
        Some([row, version, minute << 3 | flags])
    })
}

fn draw_cell(
    (context, clock): (ListContext, Clock),
    pen: &Pen<'_>,
    place: usize,
    column: Column,
    (rows, row): (&Rows, Row),
    name: &str,
    address: impl FnOnce() -> String,
) {
    match column {
        Column::Name => pen.name(place, name, &address()),
        Column::Labels => pen.chips(place, rows.labels(row)),
        Column::ExternalId => pen.text(place, rows.external_id(row)),
        Column::Bundle => pen.badge(place, rows.bundle(row)),
        Column::CreatedBy => pen.text(place, rows.creator(row).display_name()),
        Column::Created => draw_time(clock, pen, place, rows.created(row), ""),
        Column::Updated => draw_time(clock, pen, place, rows.updated(row), words::fields().never),
        Column::LastUsed if rows.has_info(row) => draw_time(clock, pen, place, rows.used(row), words::fields().never),
        Column::LastUsed => {
            let is_asked = context.state.with_untracked(ListState::wants_last_use);
            draw_time(
                clock,
                pen,
                place,
                NEVER,
                if is_asked { words::common().unknown } else { words::list().not_asked },
            );
        }
    }
}

fn draw_time(clock: Clock, pen: &Pen<'_>, place: usize, instant: Instant, otherwise: &str) {
    match chrono::DateTime::from_timestamp_millis(instant).filter(|_| instant != NEVER) {
        Some(instant) => {
            let words = intl::relative(distance(instant, clock.now()));
            pen.time(
                place,
                &words,
                Some((&intl::date_and_time(instant), &instant.to_rfc3339())),
            );
        }
        None => pen.time(place, otherwise, None),
    }
}

fn address(workspace: &WorkspaceId, id: &str) -> String {
    // Cannot fail for an id from the server that an address can hold.
    let Ok(id) = SecretId::parse(id) else {
        return String::new();
    };
    Route::Secret(workspace.clone(), id).to_path()
}
