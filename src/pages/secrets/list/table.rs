//! The table of the list.

use std::sync::Arc;

use contract::{SecretId, Timestamp, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::short_age;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::list::{Column, LoadedList, completion};
use strongroom_core::route::{Direction, Route};

use crate::browser::tasks::memo;
use crate::browser::clipboard::use_clipboard;
use crate::browser::clock::{use_clock, use_minutes};
use crate::browser::preferences::{self, Preference};
use crate::browser::{intl, keyboard, page};
use crate::components::copyable::copy;
use crate::store::notices::use_notices;
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::store::secret_list::Progress;
use crate::ui::erased::{dynamic, handle_event, moving_flag};
use crate::ui::icon::Glyph;
use crate::ui::table::{SortHeader, Sorted};
use crate::ui::virtual_table::rows::{self, Kind, Pen, Press};
use crate::ui::virtual_table::{Anchor, Draw, LongTable, Stamp};

/// So many rows are in the page in any window.
const FEW: usize = 20;

/// The filtered rows in the order of the address, each with a checkbox and a menu.
#[component]
pub fn SecretTable(
    context: ListContext,
    /// Called when the user sorts by a column.
    #[prop(into)]
    on_sort: Callback<Column>,
) -> impl IntoView {
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let on_press = move |(id, press): (String, Press)| match press {
        Press::CopyName => {
            if let Some(name) = context.list.find(&id, |rows, row| rows.name(row).to_owned()) {
                copy(clipboard, notices, words::fields().name, name);
            }
        }
        press => pressed(context, &id, press),
    };
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
    let shared = memo(move |_| {
        count.track();
        context.list.with(shared_labels).unwrap_or_default()
    });
    let shared = dynamic(move || {
        let labels = shared.get();
        (!labels.is_empty()).then(|| {
            let code = labels.clone();
            view! { <p class="shared-labels" title=labels>{words::list().shared_labels}" "<code>{code}</code></p> }
        })
    });
    let table = dynamic(move || {
        let shown = context.columns.with(|columns| columns.shown().to_vec());
        let headers: Vec<AnyView> = shown.iter().map(|column| header(context, *column, on_sort)).collect();
        let head = view! {
            <th scope="col" role="columnheader" class="cell-check col-check">
                <label class="check-all">
                    {select_all(context)}
                    <span class="check-word" aria-hidden="true">{words::list().select_all}</span>
                </label>
            </th>
            {headers}
            <th scope="col" role="columnheader" class="cell-menu col-menu">
                <span class="visually-hidden">{words::list().row_actions}</span>
            </th>
        };
        let own = |name, kind, width| rows::Column { name, kind, width };
        let mut columns = vec![own("", Kind::Check, "")];
        let main = main_time(&shown);
        columns.extend(shown.iter().map(|column| {
            let (kind, mut width) = cell(*column);
            if main == Some(*column) {
                width = "col-time col-time-main";
            }
            let name = if kind == Kind::IconText { Glyph::PACKAGE.class() } else { column.label() };
            own(name, kind, width)
        }));
        columns.push(own(Glyph::MORE.class(), Kind::Menu, ""));
        view! {
            <LongTable
                label=words::common().secrets
                columns
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
                on_rest=move |()| context.list.settle()
            />
        }
    });
    // On paper are only the rows that are in the page.
    let printed = dynamic(move || {
        let count = context.list.shown().get();
        let text = fill(words::list().printed, &[("count", &intl::count(count))]);
        (count > FEW).then(|| view! { <p class="print-note">{text}</p> })
    });
    view! {
        {shared}
        {printed}
        {table}
    }
    .into_any()
}

/// The labels that all secrets share, which the rows leave out.
fn shared_labels(loaded: &LoadedList) -> String {
    let rows = loaded.list().rows();
    let labels = loaded.shared().iter().map(|pair| match rows.pair_texts(*pair) {
        (key, "") => key.to_owned(),
        (key, value) => format!("{key}={value}"),
    });
    labels.collect::<Vec<_>>().join(" · ")
}

fn header(context: ListContext, column: Column, on_sort: Callback<Column>) -> AnyView {
    let progress = context.list.progress();
    let sorted = Signal::derive(move || {
        let by_name = (Column::Name, Direction::Ascending);
        let chosen = context.state.with(|state| state.sort);
        let by = chosen.or(progress.with(|progress| progress.is_by_name).then_some(by_name));
        match by {
            Some((by, Direction::Ascending)) if by == column => Sorted::Ascending,
            Some((by, Direction::Descending)) if by == column => Sorted::Descending,
            _ => Sorted::Not,
        }
    });
    let class = cell(column).1;
    view! { <SortHeader name=column.label() class sorted on_sort=move |()| on_sort.run(column) /> }.into_any()
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
            let label = list.with(|loaded| {
                let (key, value) = loaded.labels(row).nth(number)?;
                Some(completion::label_word(key, value, loaded.list().rows()))
            });
            if let Some(Some(word)) = label {
                context.filter_by(&word);
            }
        }
        Press::MoreChips => context.open(OverlayRequest::Labels(id.to_owned())),
        // Handled where the clipboard is.
        Press::CopyName => {}
        Press::Menu => context.open(OverlayRequest::RowMenu(id.to_owned())),
    }
}

/// The cell kind of a column, and the class that sets its width.
const fn cell(column: Column) -> (Kind, &'static str) {
    match column {
        Column::Name => (Kind::Name, "col-name"),
        Column::Labels => (Kind::Chips, "col-chips"),
        Column::ExternalId => (Kind::Code, "col-code"),
        Column::Bundle => (Kind::IconText, "col-icon-text"),
        Column::CreatedBy => (Kind::Text, "col-text"),
        Column::UsedBy => (Kind::Text, "col-time"),
        Column::Created | Column::Updated | Column::LastUsed => (Kind::Time, "col-time"),
    }
}

/// The only time that a phone has room for.
fn main_time(shown: &[Column]) -> Option<Column> {
    let times = [Column::LastUsed, Column::Updated, Column::Created];
    times.into_iter().find(|column| shown.contains(column))
}

fn draw(context: ListContext, columns: Vec<Column>) -> Draw {
    let clock = use_clock();
    Arc::new(move |index, pen| {
        let now = clock.now();
        context.list.at(index, |loaded, row| {
            let rows = loaded.list().rows();
            let name = match rows.name(row) {
                "" => rows.id(row),
                name => name,
            };
            pen.key(rows.id(row));
            let is_selected = loaded.selection().contains(row);
            pen.check(0, &fill(words::list().select_row, &[("name", name)]), is_selected);
            pen.disabled(context.list.is_delete_pending(rows.id(row)));
            for (place, column) in (1..).zip(&columns) {
                match column {
                    Column::Name => {
                        let address = context.workspace.with_value(|workspace| address(workspace, rows.id(row)));
                        pen.name(place, name, &address);
                    }
                    Column::Labels => {
                        let all = rows.label_count_except(row, loaded.shared());
                        pen.chips(place, loaded.labels(row), all, |hidden| {
                            let sentence = plural(hidden, words::list().more_labels_one, words::list().more_labels);
                            fill(sentence, &[("count", &*hidden.to_string()), ("name", name)])
                        });
                    }
                    Column::ExternalId => pen.text(place, rows.external_id(row)),
                    Column::Bundle => pen.icon_text(place, rows.bundle(row)),
                    Column::UsedBy => match rows.uses(row) {
                        Some(uses) => pen.text(place, &uses.to_string()),
                        None => pen.text(place, ""),
                    },
                    Column::CreatedBy => pen.text(place, rows.creator(row).display_name()),
                    Column::Created => draw_time(pen, place, rows.created(row), now, ""),
                    Column::Updated => draw_time(pen, place, rows.updated(row), now, words::fields().never),
                    Column::LastUsed if rows.has_info(row) => {
                        draw_time(pen, place, rows.used(row), now, words::fields().never);
                    }
                    Column::LastUsed => draw_time(pen, place, NEVER, now, "…"),
                }
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
        let (row, version, flags) = context.list.at(index, |loaded, row| {
            let is_delete_pending = context.list.is_delete_pending(loaded.list().rows().id(row));
            let is_selected = loaded.selection().contains(row);
            (row, loaded.version(), u32::from(is_delete_pending) << 1 | u32::from(is_selected))
        })?;
        Some([row, version, minute << 2 | flags])
    })
}

fn draw_time(pen: &Pen<'_>, place: usize, instant: Instant, now: Timestamp, otherwise: &str) {
    match chrono::DateTime::from_timestamp_millis(instant).filter(|_| instant != NEVER) {
        Some(instant) => {
            let words = short_age(instant, now).unwrap_or_else(|| intl::date(instant));
            pen.time(place, &words, Some(&instant.to_rfc3339()));
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
