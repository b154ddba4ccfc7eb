//! The rows of a virtual table, of which only the visible ones are in the page.
//!
//! Rows are rendered by hand and not by the framework: on scrolling, a row that leaves at one end is rewritten and
//! moved to the other, which costs a dozen text changes. Two spacers with the height of the rows that are not rendered
//! keep the scroll bar correct.

mod anchor;
mod cell_writer;
mod chip_room;
mod column;
pub mod hint;
mod rendered_rows;
mod row_events;
mod row_nodes;
mod spacers;
mod state;

pub use crate::ui::virtual_table::rows::cell_writer::Pen;
pub use crate::ui::virtual_table::rows::column::{Column, Kind, Stamped};
pub use crate::ui::virtual_table::rows::row_events::Press;
pub use crate::ui::virtual_table::rows::state::{Anchor, Draw, OnPress, OnRest, Stamp};

use std::cell::{Cell as StdCell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{
    WindowListenerHandle, document, request_animation_frame, set_timeout, window, window_event_listener_untyped,
};
use strongroom_core::model::visible_range::{AROUND, NEAR, Sight, rows};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

use crate::browser::row_navigation::{self, RowMove};
use crate::ui::virtual_table::rows::chip_room::ChipRoom;
use crate::ui::virtual_table::rows::rendered_rows::has_focus;
use crate::ui::virtual_table::rows::row_nodes::Cell;
use crate::ui::virtual_table::rows::spacers::Spaces;
use crate::ui::virtual_table::rows::state::Shared;

/// How long the rows must be left alone before they may move, and before those that were left out are rendered. Sorting
/// 100,000 rows takes longer than a frame; by then the frame with the last of them is on screen.
const REST: Duration = Duration::from_millis(100);

/// The rows of one table. Dropped with it.
pub struct LongRows {
    shared: Rc<Shared>,
    listeners: Vec<WindowListenerHandle>,
}

impl LongRows {
    /// Takes a table body that is in the page, and fills it.
    #[must_use]
    pub fn new(
        body: Element,
        columns: Vec<Column>,
        draw: Draw,
        stamp: Option<Stamp>,
        anchor: Option<Anchor>,
        on_press: OnPress,
        on_rest: OnRest,
    ) -> Self {
        // The framework may reuse the body of a previous table with other columns, including its rows.
        body.set_text_content(None);
        let spaces = Spaces::new(&body, columns.len());
        let shared = Rc::new(Shared {
            body,
            columns,
            draw,
            stamp,
            anchor,
            on_rest,
            view: StdCell::new(0),
            count: StdCell::new(0),
            drawn: RefCell::default(),
            spaces,
            is_waiting: StdCell::new(false),
            is_old: StdCell::new(false),
            is_over: StdCell::new(false),
            is_pointed_at: StdCell::new(false),
            disturbances: StdCell::new(0),
            looks: StdCell::new(0),
            is_narrow: StdCell::new(false),
            is_resized: StdCell::new(true),
            room: StdCell::default(),
        });
        hear(&shared, on_press);
        let navigated = Rc::downgrade(&shared);
        row_navigation::register(Rc::new(move |to| navigated.upgrade()?.move_focus(to)));
        let listeners = ["scroll", "resize"].map(|event| {
            let shared = Rc::clone(&shared);
            window_event_listener_untyped(event, move |_| {
                if event == "resize" {
                    shared.is_resized.set(true);
                }
                Shared::look_soon(&shared);
            })
        });
        Self {
            shared,
            listeners: listeners.into(),
        }
    }

    /// Sets the number of rows, any of which may have changed. They are rendered at the next frame, once for all
    /// changes until then.
    pub fn refresh(&self, count: usize) {
        self.shared.disturb();
        self.shared.count.set(count);
        self.shared.is_old.set(true);
        if self.shared.drawn.borrow().slots.is_empty() {
            // Nothing is visible yet, so the first rows do not wait.
            self.shared.look();
            Shared::look_later(&self.shared);
        } else {
            Shared::look_soon(&self.shared);
        }
    }
}

impl Drop for LongRows {
    fn drop(&mut self) {
        self.shared.is_over.set(true);
        for listener in self.listeners.drain(..) {
            listener.remove();
        }
    }
}

impl Shared {
    /// Moves the focus to another row and returns whether there is one; `None` once the table is gone.
    fn move_focus(&self, to: RowMove) -> Option<bool> {
        if self.is_over.get() {
            return None;
        }
        let row = document()
            .active_element()
            .and_then(|active| active.closest("[aria-rowindex]").ok().flatten())
            .filter(|row| self.body.contains(Some(row)));
        let number = row.and_then(|row| row.get_attribute("aria-rowindex")?.parse::<usize>().ok());
        let present = number.and_then(|number| number.checked_sub(1));
        let wanted = to.from(present, self.count.get());
        if let Some(wanted) = wanted {
            self.focus(wanted);
        }
        Some(wanted.is_some())
    }

    /// Renders at the next frame, once for all events until then.
    fn look_soon(shared: &Rc<Self>) {
        shared.disturb();
        if shared.is_waiting.replace(true) {
            return;
        }
        let shared = Rc::clone(shared);
        request_animation_frame(move || {
            shared.is_waiting.set(false);
            if !shared.is_over.get() {
                shared.look();
                Self::look_later(&shared);
            }
        });
    }

    /// Scrolls a row into view and focuses its name.
    fn focus(&self, index: usize) {
        let sight = self.sight();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
        let top = index as f64 * sight.row;
        if top < sight.offset || top + sight.row > sight.offset + sight.height {
            window().scroll_by_with_x_and_y(0.0, top - sight.offset - sight.height / 3.0);
        }
        self.look();
        let link = {
            let drawn = self.drawn.borrow();
            let slot = index.checked_sub(drawn.rows.start).and_then(|at| drawn.slots.get(at));
            slot.and_then(|slot| name_of(&slot.row))
        };
        if let Some(link) = link {
            crate::browser::page::focus(&link);
        }
    }

    fn sight(&self) -> Sight {
        let drawn = self.drawn.borrow();
        let row = drawn
            .slots
            .front()
            .map(|slot| slot.row.get_bounding_client_rect().height());
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        Sight {
            offset: -self.body.get_bounding_client_rect().top(),
            height: height.unwrap_or_default(),
            row: row.unwrap_or_default(),
        }
    }

    /// Renders the visible rows: all of them if outdated, otherwise only those that scrolled into view.
    fn look(&self) {
        self.looks.set(self.looks.get().wrapping_add(1));
        let is_anew = self.is_old.take();
        let count = self.count.get();
        let mut sight = self.sight();
        let jump = if is_anew { self.jump(sight) } else { 0.0 };
        sight.offset += jump;
        if sight.row < 1.0 {
            // The first rows provide the row height.
            self.show(rows(sight, count, NEAR), is_anew);
            sight = self.sight();
            self.show(rows(sight, count, NEAR), false);
            self.is_narrow.set(true);
        } else {
            self.show(self.wanted(sight, is_anew), is_anew);
        }
        self.set_spaces(sight.row);
        if jump != 0.0 {
            window().scroll_by_with_x_and_y(0.0, jump);
        }
        // Measure last: it forces a layout, for which rows and spacers must already match.
        if (is_anew || self.is_resized.get()) && self.measure() {
            sight = self.sight();
            self.show(self.wanted(sight, true), true);
            self.set_spaces(sight.row);
        }
    }

    /// The rows to render now. If all of them have to be written, only those in sight, a few around them, and further ones that
    /// are still right.
    fn wanted(&self, sight: Sight, is_anew: bool) -> Range<usize> {
        let count = self.count.get();
        let (mut wanted, all) = (rows(sight, count, NEAR), rows(sight, count, AROUND));
        let drawn = self.drawn.borrow();
        let overlaps = wanted.start < drawn.rows.end && drawn.rows.start < wanted.end;
        if overlaps && !is_anew {
            wanted = all.clone();
        } else if overlaps {
            let is_right = |index: usize| {
                let slot = index.checked_sub(drawn.rows.start).and_then(|at| drawn.slots.get(at));
                slot.is_some_and(|slot| slot.written.is_some() && slot.written == self.stamp_at(index))
            };
            while wanted.start > all.start && is_right(wanted.start - 1) {
                wanted.start -= 1;
            }
            while wanted.end < all.end && is_right(wanted.end) {
                wanted.end += 1;
            }
        }
        self.is_narrow.set(wanted != all);
        wanted
    }

    /// Renders the rows around those in sight that were left out.
    fn widen(&self) {
        if self.is_narrow.take() {
            let sight = self.sight();
            self.show(rows(sight, self.count.get(), AROUND), false);
            self.set_spaces(sight.row);
        }
    }

    /// Whether rows may move: the first one is in sight, and neither the pointer nor the focus is in them.
    fn is_at_rest(&self) -> bool {
        !self.is_pointed_at.get()
            && !has_focus(&self.body)
            && self.body.get_bounding_client_rect().top() >= 0.0
    }

    /// Something happens to the rows, so the wait for their rest begins anew.
    fn disturb(&self) {
        self.disturbances.set(self.disturbances.get().wrapping_add(1));
    }

    /// Once nothing has happened to the rows for a while: renders those that were left out, and calls `on_rest`.
    fn look_later(shared: &Rc<Self>) {
        let before = (shared.looks.get(), shared.disturbances.get());
        let shared = Rc::downgrade(shared);
        set_timeout(
            move || {
                let Some(shared) = shared.upgrade().filter(|shared| !shared.is_over.get()) else { return };
                // A look that is due renders anew, and comes back here.
                if shared.looks.get() == before.0 && !shared.is_waiting.get() {
                    shared.widen();
                }
                if shared.disturbances.get() == before.1 && shared.is_at_rest() {
                    (shared.on_rest)();
                }
            },
            REST,
        );
    }

    /// Makes room for the rows above and below the rendered ones.
    fn set_spaces(&self, row: f64) {
        let Some(spaces) = &self.spaces else { return };
        let drawn = self.drawn.borrow();
        let kept = drawn.kept.as_ref().map(|(index, _)| *index);
        let above = drawn.rows.start - usize::from(kept.is_some_and(|kept| kept < drawn.rows.start));
        let below = self.count.get().saturating_sub(drawn.rows.end);
        let below = below - usize::from(kept.is_some_and(|kept| kept >= drawn.rows.end)).min(below);
        spaces.set([above, below], row);
    }

    /// Measures whether the columns fit beside each other, and how many labels do. Returns whether all rows have to be
    /// written again.
    fn measure(&self) -> bool {
        let mut drawn = self.drawn.borrow_mut();
        if drawn.slots.is_empty() {
            return false;
        }
        self.is_resized.set(false);
        if let Some(table) = self.body.parent_element() {
            let is_wide = self.body.scroll_width() > self.body.client_width() + 1;
            // Fails only for a malformed class.
            let _ = table.class_list().toggle_with_force("table-wide", is_wide);
        }
        let room = drawn.slots.iter().find_map(|slot| {
            let name = slot.row.query_selector("th").ok().flatten()?;
            slot.cells.iter().find_map(|cell| match cell {
                Cell::Chips(chips) => ChipRoom::measure(chips, &name),
                _ => None,
            })
        });
        if room.is_none_or(|room| self.room.replace(room) == room) {
            return false;
        }
        for slot in &mut drawn.slots {
            slot.written = None;
        }
        if let Some((_, slot)) = &mut drawn.kept {
            slot.written = None;
        }
        true
    }
}

/// The listeners are removed with the body and the head. So they must not own either: an element that the program holds on to
/// holds its listeners, which would then hold the element.
fn hear(shared: &Rc<Shared>, on_press: OnPress) {
    let head = shared.body.previous_element_sibling();
    let weak = Rc::downgrade(shared);
    let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let Some(shared) = weak.upgrade() else { return };
        let target = || event.target().and_then(|target| target.dyn_into::<Element>().ok());
        match event.type_().as_str() {
            "click" => match row_events::pressed(&event) {
                // Use the key of the rendered content: the row may have another index by now.
                Some((index, press)) => {
                    if let Some(key) = shared.key(index) {
                        on_press(key, press);
                    }
                }
                None => row_events::open_row(&event),
            },
            "scroll" => {
                if let Some(head) = shared.body.previous_element_sibling() {
                    scroll_along(&head, &shared.body, target().as_ref() == Some(&head));
                }
            }
            // A finger does not move before it is down.
            "pointermove" | "pointerdown" => {
                shared.is_pointed_at.set(true);
                shared.disturb();
            }
            "pointerover" => hint::show(&shared.body, target().as_ref()),
            "focusin" => {
                shared.disturb();
                if let Some(target) = target() {
                    uncover(&target);
                    hint::show(&shared.body, Some(&target));
                }
            }
            "pointerleave" => {
                hint::show(&shared.body, None);
                shared.is_pointed_at.set(false);
                Shared::look_soon(&shared);
            }
            "focusout" => {
                hint::show(&shared.body, None);
                Shared::look_soon(&shared);
            }
            _ => {}
        }
    });
    let hear = hear.into_js_value();
    let events =
        ["click", "scroll", "pointerdown", "pointermove", "pointerover", "pointerleave", "focusin", "focusout"];
    for event in events {
        // Fails only for a missing listener; so below.
        let _ = shared.body.add_event_listener_with_callback(event, hear.unchecked_ref());
    }
    if let Some(head) = head {
        for event in ["scroll", "focusin"] {
            let _ = head.add_event_listener_with_callback(event, hear.unchecked_ref());
        }
    }
}

/// Scrolls sideways, so that what has the focus is not below the columns that stay in sight. The browser does so only for
/// what is wholly covered.
fn uncover(target: &Element) {
    let of_row = |selector: &str| target.closest("tr").ok().flatten()?.query_selector(selector).ok().flatten();
    let is_free = target.closest(".col-check, .col-name, .col-menu").is_ok_and(|stays| stays.is_none());
    let part = target.closest("thead, tbody").ok().flatten();
    let part = part.filter(|part| is_free && part.scroll_width() > part.client_width() + 1);
    let (Some(part), Some(name), Some(menu)) = (part, of_row(".col-name"), of_row(".col-menu")) else {
        return;
    };
    let place = target.get_bounding_client_rect();
    let before = name.get_bounding_client_rect().right() - place.left();
    let after = place.right() - menu.get_bounding_client_rect().left();
    let by = if after > 0.0 { after.ceil() } else { -before.ceil().max(0.0) };
    #[expect(clippy::cast_possible_truncation, reason = "a number of pixels on a screen")]
    part.set_scroll_left(part.scroll_left() + by as i32);
}

/// Keeps head and body of a table at the same place sideways. They scroll apart, so that the head can stay in sight while
/// the page scrolls.
fn scroll_along(head: &Element, body: &Element, is_head: bool) {
    let (from, to) = if is_head { (head, body) } else { (body, head) };
    // Places are rounded, so a difference of 1 is none.
    if from.scroll_left().abs_diff(to.scroll_left()) > 1 || !is_head {
        to.set_scroll_left(from.scroll_left());
    }
}

/// The number of rows of the view's virtual table that are in the page now.
#[must_use]
pub fn count_drawn() -> usize {
    let rows = document().query_selector_all("main .table-long tbody tr[aria-rowindex]");
    rows.map_or(0, |rows| rows.length() as usize)
}

fn name_of(row: &Element) -> Option<Element> {
    row.query_selector("th a").ok().flatten()
}
