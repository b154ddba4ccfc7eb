//! The table of the list.

use std::sync::Arc;

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, list_words as words};
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::list::{Order, Row, Rows, query};
use strongroom_core::route::{Column, Direction, ListState, Route};

use crate::browser::clock::{Clock, use_clock, use_minutes};
use crate::browser::preferences::{self, Preference};
use crate::browser::{intl, keyboard, page};
use crate::components::notices::use_notices;
use crate::pages::secrets::list::context::{Desk, Wish};
use crate::store::secret_list::Progress;
use crate::ui::erased::{dynamic, handle_event, moving_flag};
use crate::ui::icon::Glyph;
use crate::ui::table::{SortHeader, Sorted};
use crate::ui::virtual_table::rows::{self, Kind, Pen, Press};
use crate::ui::virtual_table::{Draw, Follow, LongTable, Stamp};

/// The rows that the filter leaves, in the order that the address asks for; with boxes to select them and a menu for each.
#[component]
pub fn SecretTable(
    /// The list.
    desk: Desk,
    /// The person wants another order.
    #[prop(into)]
    on_sort: Callback<Column>,
) -> impl IntoView {
    let words = words();
    let on_press = move |(thing, press)| pressed(desk, thing, press);
    let notices = use_notices();
    keyboard::on_find(move || {
        // Where all rows are in the page, the browser's own search finds them.
        let is_virtual = desk.list.shown().get_untracked() > rows::count_drawn();
        let is_caught =
            is_virtual && !page::is_in_search() && preferences::read(Preference::Find).as_deref() != Some("off");
        if is_caught {
            page::focus_first(page::SEARCH);
            notices.done(words.find_led);
        }
        is_caught
    });
    let minutes = use_minutes();
    // How long ago something was is said anew each minute.
    let count = Signal::derive(move || {
        let _ = minutes.now();
        desk.list.shown().get()
    });
    dynamic(move || {
        let shown = desk.columns.with(|columns| columns.shown().to_vec());
        let headers: Vec<AnyView> = shown.iter().map(|(column, _)| header(desk, *column, on_sort)).collect();
        let head = view! {
            <th scope="col" class="cell-check">{select_all(desk)}</th>
            {headers}
            <th scope="col" class="cell-menu"><span class="visually-hidden">{words.row_actions}</span></th>
        };
        let own = |name, kind| rows::Column { name, kind };
        let mut columns = vec![own("", Kind::Check)];
        columns.extend(shown.iter().map(|(column, _)| own(column_name(*column), kind(*column))));
        columns.push(own(Glyph::MORE.class(), Kind::Menu));
        let mut widths = vec![("col-check", None)];
        widths.extend(shown.iter().map(|(column, width)| (column_class(*column), *width)));
        widths.push(("col-check", None));
        let columns_shown: Vec<Column> = shown.into_iter().map(|(column, _)| column).collect();
        view! {
            <LongTable
                label=words.secrets
                columns
                widths
                head=head.into_any()
                count
                is_busy=Signal::derive(move || desk.list.progress().with(Progress::is_being_replaced))
                draw=draw(desk, columns_shown)
                stamp=stamp(desk)
                follow=Follow {
                    place: Arc::new(move |thing| desk.list.place(thing)),
                    choice: Arc::new(move || desk.list.choice()),
                }
                on_press
            />
        }
    })
}

fn header(desk: Desk, column: Column, on_sort: Callback<Column>) -> AnyView {
    let state = desk.state;
    let sorted = Signal::derive(move || state.with(|state| sorted(state, column)));
    let hint = matches!(column, Column::LastUsed | Column::CreatedBy).then_some(words().costs_more);
    view! { <SortHeader name=column_name(column) hint sorted on_sort=move |()| on_sort.run(column) /> }.into_any()
}

/// One box for all that the filter leaves.
fn select_all(desk: Desk) -> AnyView {
    let counts = move || (desk.list.selected_shown().get(), desk.list.shown().get());
    view! {
        <input
            type="checkbox"
            aria-label=words().select_all
            prop:checked=moving_flag(move || matches!(counts(), (selected, shown) if shown > 0 && selected >= shown))
            prop:indeterminate=moving_flag(move || matches!(counts(), (selected, shown) if selected > 0 && selected < shown))
            on:change=handle_event(move |event| {
                let is_checked = event_target_checked(&event);
                desk.list.select(|selection, shown| if is_checked { selection.add(shown) } else { selection.take_out(shown) });
            })
        />
    }
    .into_any()
}

/// Something in a row was pressed.
fn pressed(desk: Desk, thing: u32, press: Press) {
    let list = desk.list;
    let Some(row) = list.row_of(thing) else { return };
    match press {
        Press::Check { is_checked, is_range } => list.select(|selection, shown| {
            if is_range {
                selection.extend(shown, row, is_checked);
            } else {
                selection.set(row, is_checked);
            }
        }),
        Press::Chip(number) => {
            let word = list.with(|list, _| {
                let (key, value) = list.rows().labels(row).nth(number)?;
                Some(query::label_word(key, value))
            });
            if let Some(word) = word.flatten() {
                let mut state = desk.state.get_untracked();
                // The letters of just now count, too: the address has them only when the typing rests.
                state.search = query::with(&desk.typed.get_untracked(), &word);
                desk.typed.set(state.search.clone());
                desk.change.run(state);
            }
        }
        Press::Menu => {
            if let Some(id) = list.with(|list, _| list.rows().id(row).to_owned()) {
                desk.wish(Wish::Row(id));
            }
        }
    }
}

pub fn column_name(column: Column) -> &'static str {
    let words = words();
    match column {
        Column::Name => words.column_name,
        Column::Labels => words.column_labels,
        Column::ExternalId => words.column_external_id,
        Column::Bundle => words.column_bundle,
        Column::Created => words.column_created,
        Column::CreatedBy => words.field_created_by,
        Column::Updated => words.field_updated,
        Column::LastUsed => words.column_last_used,
    }
}

fn column_class(column: Column) -> &'static str {
    match column {
        Column::Name => "col-name",
        Column::Labels => "col-labels",
        Column::ExternalId => "col-code",
        _ => "",
    }
}

fn kind(column: Column) -> Kind {
    match column {
        Column::Name => Kind::Name,
        Column::Labels => Kind::Chips,
        Column::ExternalId => Kind::Code,
        Column::Bundle => Kind::Badge,
        Column::CreatedBy => Kind::Text,
        Column::Created | Column::Updated | Column::LastUsed => Kind::Time,
    }
}

fn sorted(state: &ListState, column: Column) -> Sorted {
    match state.sort {
        Some((by, Direction::Ascending)) if by == column => Sorted::Ascending,
        Some((by, Direction::Descending)) if by == column => Sorted::Descending,
        _ => Sorted::Not,
    }
}

/// What an address asks to sort by.
pub fn row_order(sort: Option<(Column, Direction)>) -> Option<Order> {
    let (column, direction) = sort?;
    let column = match column {
        Column::Name => strongroom_core::list::Column::Name,
        Column::Labels => strongroom_core::list::Column::Labels,
        Column::ExternalId => strongroom_core::list::Column::ExternalId,
        Column::Bundle => strongroom_core::list::Column::Bundle,
        Column::Created => strongroom_core::list::Column::Created,
        Column::CreatedBy => strongroom_core::list::Column::Creator,
        Column::Updated => strongroom_core::list::Column::Updated,
        Column::LastUsed => strongroom_core::list::Column::Used,
    };
    Some(Order {
        column,
        is_descending: direction == Direction::Descending,
    })
}

fn draw(desk: Desk, columns: Vec<Column>) -> Draw {
    let clock = use_clock();
    Arc::new(move |index, pen| {
        desk.list.at(index, |rows, row, is_selected| {
            let name = match rows.name(row) {
                "" => rows.id(row),
                name => name,
            };
            let words = words();
            pen.check(0, &fill(words.select_row, &[("name", name)]), is_selected);
            for (place, column) in columns.iter().enumerate() {
                let address = || desk.workspace.with_value(|workspace| address(workspace, rows.id(row)));
                draw_cell((desk, clock), pen, place + 1, *column, (rows, row), name, address);
            }
            pen.menu(columns.len() + 1, &fill(words.actions_for, &[("name", name)]));
        });
    })
}

/// A row that says what it said, and is selected or not as before, is drawn anew once in a minute: how long ago something
/// was is then said in other words.
fn stamp(desk: Desk) -> Stamp {
    const MINUTE: i64 = 60_000;
    let clock = use_clock();
    Arc::new(move |index| {
        let minute = (clock.now().timestamp_millis() / MINUTE).unsigned_abs() & 0x3fff_ffff;
        let is_asked = desk.state.with_untracked(ListState::wants_last_use);
        let (row, is_selected) = desk.list.at(index, |_, row, is_selected| (row, is_selected))?;
        let thing = u64::from(desk.list.thing(row)?);
        Some(thing << 32 | minute << 2 | u64::from(is_asked) << 1 | u64::from(is_selected))
    })
}

fn draw_cell(
    (desk, clock): (Desk, Clock),
    pen: &Pen<'_>,
    place: usize,
    column: Column,
    (rows, row): (&Rows, Row),
    name: &str,
    address: impl FnOnce() -> String,
) {
    let words = words();
    match column {
        Column::Name => pen.name(place, name, &address()),
        Column::Labels => pen.chips(place, rows.labels(row)),
        Column::ExternalId => pen.text(place, rows.external_id(row)),
        Column::Bundle => pen.badge(place, rows.bundle(row)),
        Column::CreatedBy => pen.text(place, rows.creator(row).display_name()),
        Column::Created => draw_time(clock, pen, place, rows.created(row), ""),
        Column::Updated => draw_time(clock, pen, place, rows.updated(row), words.never_updated),
        Column::LastUsed if rows.has_info(row) => draw_time(clock, pen, place, rows.used(row), words.never_used),
        Column::LastUsed => {
            let is_asked = desk.state.with_untracked(ListState::wants_last_use);
            draw_time(
                clock,
                pen,
                place,
                NEVER,
                if is_asked { words.unknown } else { words.not_asked },
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
    // An id that no address can hold is no id that a server gives.
    let Ok(id) = SecretId::parse(id) else {
        return String::new();
    };
    Route::Secret(workspace.clone(), id).to_path()
}
