//! The grid: one line for each secret, one column for each workspace. Only the lines in sight are in the page. One tab
//! stop, and keys between the cells (ARIA Authoring Practices Guide, Grid).

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::html;
use leptos::prelude::*;
use strongroom_core::compare::grid::Title;
use strongroom_core::compare::moves::{Place, Size, step};
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::words;
use strongroom_core::model::visible_range::{AROUND, NEAR, Sight, rows};
use strongroom_core::route::CompareBy;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use crate::browser::pause::Pause;
use crate::browser::tasks::{self, NextFrame, memo};
use crate::browser::{keyboard, page};
use crate::pages::compare::comparison::{Comparison, Joined};
use crate::pages::compare::line::LineRow;
use crate::ui::erased::{Handler, dynamic, handle_event, moving_text};
use crate::ui::page_rows::keep_rows;

/// The height of a line until one was measured, in pixels.
const ROW: f64 = 40.0;

/// The grid of a view. A handle.
#[derive(Clone, Copy)]
struct Window {
    comparison: Comparison,
    frame: NodeRef<html::Div>,
    /// The lines in the page.
    range: RwSignal<(usize, usize)>,
    /// Those in sight when the grid was last looked at, and a few around.
    near: StoredValue<(usize, usize)>,
    /// How many are rendered beyond each edge.
    around: StoredValue<usize>,
    pause: Pause,
    /// The first line in the page when the lines were last rendered.
    first: StoredValue<usize>,
    row: StoredValue<f64>,
    /// The cell that Tab leads to, and the title of its line.
    active: StoredValue<(Place, Option<Title>)>,
    /// Whether a cell had the focus before the lines were rendered again.
    had_focus: StoredValue<bool>,
    look_frame: NextFrame,
    focus_frame: NextFrame,
}

const CELL: &str = ".compare-grid [aria-colindex]";

/// The grid with the lines that the filter leaves.
#[component]
pub fn CompareGrid(
    comparison: Comparison,
    /// Called for a cell that is pressed, with its line of the joined grid. Column 0 is the header of the line.
    #[prop(into)]
    on_open: Callback<Place>,
) -> impl IntoView {
    let window = Window {
        comparison,
        frame: NodeRef::new(),
        range: RwSignal::new((0, 2 * AROUND)),
        near: StoredValue::new((0, 2 * AROUND)),
        around: StoredValue::new(AROUND),
        pause: Pause::until_unmount(),
        first: StoredValue::new(0),
        row: StoredValue::new(ROW),
        active: StoredValue::new((Place::default(), None)),
        had_focus: StoredValue::new(false),
        look_frame: NextFrame::of_view(),
        focus_frame: NextFrame::of_view(),
    };
    let resized = window_event_listener_untyped("resize", move |_| window.look_soon());
    on_cleanup(move || resized.remove());
    let joined = comparison.joined();
    let count = memo(move |_| comparison.lines.with(Vec::len));
    let width = memo(move |_| joined.with(|joined| joined.ids.len()));
    // Created before the effect that renders the lines, so it runs first.
    tasks::follow(move || {
        comparison.typed.track();
        window.narrow();
    });
    tasks::follow(move || {
        joined.track();
        comparison.lines.track();
        window.look_soon();
    });
    // The index of the first line in the page, and the lines.
    let shown = memo(move |_| {
        let (start, end) = window.range.get();
        comparison.lines.with(|lines| {
            let shown = lines.iter().take(end).skip(start);
            (start, shown.map(|line| *line as usize).collect::<Vec<_>>())
        })
    });
    let wanted = move || {
        let has_focus = page::is_within(CELL);
        window.had_focus.set_value(has_focus);
        shown.with(|(start, lines)| {
            // Scrolled: most lines are in the page already.
            let is_moved = window.first.get_value() != *start;
            window.first.set_value(*start);
            let keys = joined.with(|joined| lines.iter().map(|line| key(joined, *line)).collect());
            (keys, has_focus || is_moved)
        })
    };
    let body = NodeRef::<html::Tbody>::new();
    let end = NodeRef::<html::Tr>::new();
    keep_rows(body, Some(end), wanted, move |place, row: &mut LineRow| {
        shown.with(|(start, lines)| {
            if let Some(line) = lines.get(place) {
                joined.with(|joined| {
                    joined.with_rows(&mut |rows| row.write(joined, rows, start + place, *line, comparison.now()));
                });
            }
        });
    });
    let space = move |lines: Signal<usize>, row: NodeRef<html::Tr>| {
        // Written as an integer: code that writes floats has a table.
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "far below 2^53 lines, of a height above zero"
        )]
        let height = move || ((lines.get() as f64 * window.row.get_value()).round() as u64).to_string();
        let cell = NodeRef::<html::Td>::new();
        tasks::follow(move || {
            // The legacy attribute, because the content security policy forbids `style`.
            if let Some(cell) = cell.get() {
                // Fails only for a malformed attribute name.
                let _ = cell.set_attribute("height", &height());
            }
        });
        view! { <tr class="space" aria-hidden="true" node_ref=row><td node_ref=cell></td></tr> }.into_any()
    };
    let above = Signal::derive(move || window.range.get().0.min(count.get()));
    let below = Signal::derive(move || count.get().saturating_sub(window.range.get().1));
    let on_key: Handler<KeyboardEvent> = Box::new(move |event| window.press(&event, on_open));
    let on_click: Handler<MouseEvent> = Box::new(move |event| {
        let is_link = target(&event).is_some_and(|target| matches!(target.closest("a"), Ok(Some(_))));
        let place = target(&event).and_then(|target| place_of(&target));
        if let Some(place) = place.filter(|_| !is_link && window.is_there()) {
            window.open(place, on_open);
        }
    });
    let on_focus: Handler<web_sys::FocusEvent> = Box::new(move |event| {
        // A dialog that goes with the view gives the focus back.
        let place = target(&event).and_then(|target| place_of(&target)).filter(|_| window.is_there());
        if let Some(place) = place {
            window.activate(place);
            window.put_tab_stop();
        }
    });
    let head = dynamic(move || {
        joined.with(|joined| {
            let first = match joined.grid.by() {
                CompareBy::Name => words::fields().name,
                CompareBy::ExternalId => words::fields().external_id,
                CompareBy::Bundle => words::compare().by_bundle,
            };
            let column = |(number, name): (usize, &String)| {
                let text = marked(name).into_owned();
                let tip = text.clone();
                view! {
                    <th role="columnheader" scope="col" aria-colindex=number + 2 title=tip><bdi>{text}</bdi></th>
                }
                .into_any()
            };
            let columns: Vec<AnyView> = joined.names.iter().enumerate().map(column).collect();
            view! { <th role="columnheader" scope="col" aria-colindex="1">{first}</th>{columns} }.into_any()
        })
    });
    view! {
        <div
            class="compare-frame"
            tabindex="-1"
            node_ref=window.frame
            on:scroll=handle_event(move |_| window.widen())
        >
            <table
                class=moving_text(move || format!("compare-grid columns-{}", width.get()))
                role="grid"
                aria-label=words::compare().title
                aria-describedby="compare-keys"
                aria-readonly="true"
                aria-rowcount=moving_text(move || count.get().to_string())
                aria-colcount=moving_text(move || (width.get() + 1).to_string())
                on:keydown=on_key
                on:click=on_click
                on:focusin=on_focus
            >
                <thead role="rowgroup"><tr role="row">{head}</tr></thead>
                <tbody role="rowgroup" node_ref=body>
                    {space(above, NodeRef::new())}
                    {space(below, end)}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The cell that an element is in: the index of the line and the column.
fn place_of(element: &Element) -> Option<Place> {
    let cell = element.closest("tbody [aria-colindex]").ok().flatten()?;
    let row = cell.closest("[aria-rowindex]").ok().flatten()?;
    let number = |element: &Element, name: &str| element.get_attribute(name)?.parse::<usize>().ok()?.checked_sub(1);
    Some(Place {
        line: number(&row, "aria-rowindex")?,
        column: number(&cell, "aria-colindex")?,
    })
}

impl Window {
    /// Whether the view is still mounted: its elements outlive its signals by a moment.
    fn is_there(self) -> bool {
        !self.active.is_disposed()
    }

    fn count(self) -> usize {
        self.comparison.lines.with_untracked(Vec::len)
    }

    /// The height of the head and of the frame, and how far it is scrolled.
    fn sight(self) -> Option<(f64, f64, f64)> {
        let frame = self.frame.get_untracked()?;
        let height = |selector: &str| {
            let element = frame.query_selector(selector).ok().flatten()?;
            Some(element.get_bounding_client_rect().height())
        };
        if let Some(row) = height("[aria-rowindex]").filter(|row| *row >= 1.0) {
            self.row.set_value(row);
        }
        let head = height("thead").unwrap_or_default();
        Some((head, f64::from(frame.client_height()), f64::from(frame.scroll_top())))
    }

    /// Renders the lines in sight at the next frame, once for all events until then.
    fn look_soon(self) {
        if self.look_frame.is_due() {
            return;
        }
        self.look_frame.run(move || {
            self.look();
            // Once the lines are in the page.
            self.focus_frame.run(move || self.put_focus());
        });
    }

    /// The filter changes, so all lines have to be written: those out of sight follow once those in sight are on screen. Not while
    /// a cell has the focus, which may be out of sight.
    fn narrow(self) {
        if page::is_within(CELL) {
            return;
        }
        let near = self.near.get_value();
        self.around.set_value(NEAR);
        self.set_range(near);
        // It is not scrolled: lines are written over.
        self.first.set_value(near.0);
        self.pause.then(move || self.widen());
    }

    fn widen(self) {
        self.around.set_value(AROUND);
        self.look_soon();
    }

    fn set_range(self, range: (usize, usize)) {
        if self.range.get_untracked() != range {
            self.range.set(range);
        }
    }

    fn look(self) {
        self.follow_title();
        let Some((_, height, offset)) = self.sight() else { return };
        let row = self.row.get_value();
        let lines = |around| {
            let lines = rows(Sight { offset, height, row }, self.count(), around);
            (lines.start, lines.end)
        };
        self.near.set_value(lines(NEAR));
        self.set_range(lines(self.around.get_value()));
    }

    /// The active cell stays with its secret while lines come and go.
    fn follow_title(self) {
        let (place, title) = self.active.get_value();
        let moved = title.and_then(|title| {
            self.comparison.joined().with_untracked(|joined| {
                self.comparison.lines.with_untracked(|lines| {
                    let is_it = |line: &u32| joined.grid.title(*line as usize) == Some(&title);
                    if lines.get(place.line).is_some_and(is_it) {
                        return None;
                    }
                    lines.iter().position(is_it)
                })
            })
        });
        let last = self.count().saturating_sub(1);
        let line = moved.unwrap_or(place.line).min(last);
        let width = self.comparison.joined().with_untracked(|joined| joined.ids.len());
        let column = place.column.min(width);
        if (line, column) != (place.line, place.column) {
            self.activate(Place { line, column });
        }
    }

    fn activate(self, place: Place) {
        let title = self.line_at(place.line).and_then(|line| {
            self.comparison.joined().with_untracked(|joined| joined.grid.title(line).cloned())
        });
        self.active.set_value((place, title));
    }

    /// The line of the joined grid at an index.
    fn line_at(self, index: usize) -> Option<usize> {
        self.comparison.lines.with_untracked(|lines| lines.get(index).map(|line| *line as usize))
    }

    fn cell(self, place: Place) -> Option<Element> {
        let frame = self.frame.get_untracked()?;
        let selector = format!("[aria-rowindex='{}'] > [aria-colindex='{}']", place.line + 1, place.column + 1);
        frame.query_selector(&selector).ok().flatten()
    }

    /// Tab leads to the active cell, or to the first one in the page if that isn't.
    fn put_tab_stop(self) {
        let (place, _) = self.active.get_value();
        let Some(frame) = self.frame.get_untracked() else { return };
        let cell = self.cell(place).or_else(|| {
            frame.query_selector("[aria-rowindex] > [aria-colindex='1']").ok().flatten()
        });
        for former in keyboard::find_all(".compare-grid [tabindex='0']") {
            let _ = former.set_attribute("tabindex", "-1");
        }
        if let Some(cell) = cell {
            // Fails only for a malformed attribute name; so above.
            let _ = cell.set_attribute("tabindex", "0");
        }
    }

    /// The focus goes back to the cell that had it, if its line was rendered again.
    fn put_focus(self) {
        self.put_tab_stop();
        let is_lost = self.had_focus.get_value() && !page::is_within(CELL);
        if is_lost && let Some(cell) = self.cell(self.active.get_value().0) {
            page::focus_in_place(&cell);
        } else if is_lost && let Some(frame) = self.frame.get_untracked() {
            // Scrolled out of sight: keys go on from there.
            page::focus_in_place(&frame);
        }
    }

    fn press(self, event: &KeyboardEvent, on_open: Callback<Place>) {
        if !self.is_there() {
            return;
        }
        let key = keyboard::key_of(event);
        let (present, _) = self.active.get_value();
        if event.alt_key() || event.shift_key() {
            return;
        }
        let is_command = event.ctrl_key() || event.meta_key();
        if (key == "Enter" || key == " ") && !is_command {
            event.prevent_default();
            self.open(present, on_open);
            return;
        }
        let Some((head, height, _)) = self.sight() else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lines of a window")]
        let page = ((height - head) / self.row.get_value()).max(1.0) as usize;
        let size = Size {
            lines: self.count(),
            columns: self.comparison.joined().with_untracked(|joined| joined.ids.len()) + 1,
            page: page.saturating_sub(1),
        };
        if let Some(next) = step(&key, is_command, present, size) {
            event.prevent_default();
            self.go(next);
        }
    }

    /// Moves the focus to a cell and scrolls it into sight.
    fn go(self, place: Place) {
        self.activate(place);
        let (Some((head, height, offset)), Some(frame)) = (self.sight(), self.frame.get_untracked()) else {
            return;
        };
        let row = self.row.get_value();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 lines")]
        let top = place.line as f64 * row;
        let room = height - head;
        #[expect(clippy::cast_possible_truncation, reason = "a number of pixels of a page")]
        if top < offset {
            frame.set_scroll_top(top as i32);
        } else if top + row > offset + room {
            frame.set_scroll_top((top + row - room).ceil() as i32);
        }
        self.look();
        let focus = move || {
            let cell = self.cell(place);
            if let Some(cell) = &cell {
                page::focus(cell);
            }
            cell.is_some()
        };
        if !focus() {
            // The lines are in the page only after this task.
            self.focus_frame.run(move || {
                focus();
            });
        }
    }

    fn open(self, place: Place, on_open: Callback<Place>) {
        if let Some(line) = self.line_at(place.line) {
            on_open.run(Place { line, ..place });
        }
    }
}

/// A number that stays with a line.
fn key(joined: &Joined, line: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    joined.grid.title(line).map(|title| (&title.text, &title.bundle)).hash(&mut hasher);
    hasher.finish()
}
