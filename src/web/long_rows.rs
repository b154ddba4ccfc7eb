//! The rows of a long table, of which only those in sight are in the page.
//!
//! Rows are drawn by hand and not by the framework: while one scrolls, a row that leaves at one end is written over and
//! put to the other end, which costs a dozen changes of text. Two empty rows as high as what is not drawn keep the
//! scroll bar honest.

mod pen;
mod press;
mod spaces;
mod walk;

use std::cell::{Cell as StdCell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use leptos::prelude::{WindowListenerHandle, document, request_animation_frame, window, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

use self::pen::new_cell;
pub use self::pen::{Column, Kind, Pen};
pub use self::press::Press;
use self::spaces::Spaces;
pub use self::walk::{Way, walk};
use crate::state::window::{self, Sight};

/// Draws the row with this number.
pub type Draw = Rc<dyn Fn(usize, &Pen<'_>)>;

/// Hears what was pressed in the row with this number.
pub type OnPress = Rc<dyn Fn(usize, Press)>;

/// The rows of one table. Dropping it ends them.
pub struct LongRows {
    shared: Rc<Shared>,
    listeners: Vec<WindowListenerHandle>,
}

struct Shared {
    body: Element,
    columns: Vec<Column>,
    draw: Draw,
    count: StdCell<usize>,
    drawn: RefCell<Drawn>,
    spaces: Option<Spaces>,
    is_waiting: StdCell<bool>,
    is_over: StdCell<bool>,
}

#[derive(Default)]
struct Drawn {
    rows: Range<usize>,
    slots: VecDeque<Element>,
    /// The row that has the focus and is out of sight: as long as the focus is on it, it stays.
    kept: Option<(usize, Element)>,
}

impl LongRows {
    /// Takes a table's body, empty and in the page, and fills it.
    #[must_use]
    pub fn new(body: Element, columns: Vec<Column>, draw: Draw, on_press: OnPress) -> Self {
        hear(&body, on_press);
        let spaces = Spaces::new(&body, columns.len());
        let shared = Rc::new(Shared {
            body,
            columns,
            draw,
            count: StdCell::new(0),
            drawn: RefCell::default(),
            spaces,
            is_waiting: StdCell::new(false),
            is_over: StdCell::new(false),
        });
        walk::begin(&shared);
        let listeners = ["scroll", "resize"].map(|event| {
            let shared = Rc::clone(&shared);
            window_event_listener_untyped(event, move |_| Shared::look_soon(&shared))
        });
        Self {
            shared,
            listeners: listeners.into(),
        }
    }

    /// There are so many rows now, and any of them may say something else.
    pub fn refresh(&self, count: usize) {
        self.shared.count.set(count);
        self.shared.look(true);
    }

    /// Brings a row into sight and its name into focus.
    pub fn focus(&self, index: usize) {
        self.shared.focus(index);
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
    /// Looks at the next frame, once for however many events.
    fn look_soon(shared: &Rc<Self>) {
        if shared.is_waiting.replace(true) {
            return;
        }
        let shared = Rc::clone(shared);
        request_animation_frame(move || {
            shared.is_waiting.set(false);
            if !shared.is_over.get() {
                shared.look(false);
            }
        });
    }

    fn focus(&self, index: usize) {
        let sight = self.sight();
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
        let top = index as f64 * sight.row;
        if top < sight.offset || top + sight.row > sight.offset + sight.height {
            window().scroll_by_with_x_and_y(0.0, top - sight.offset - sight.height / 3.0);
        }
        self.look(false);
        let link = {
            let drawn = self.drawn.borrow();
            let slot = index.checked_sub(drawn.rows.start).and_then(|at| drawn.slots.get(at));
            slot.and_then(name_of)
        };
        if let Some(link) = link {
            super::page::focus(&link);
        }
    }

    fn sight(&self) -> Sight {
        let drawn = self.drawn.borrow();
        let row = drawn.slots.front().map(|slot| slot.get_bounding_client_rect().height());
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        Sight {
            offset: -self.body.get_bounding_client_rect().top(),
            height: height.unwrap_or_default(),
            row: row.unwrap_or_default(),
        }
    }

    /// Draws what is in sight; all of it anew, or only what has come into sight.
    fn look(&self, is_anew: bool) {
        let count = self.count.get();
        let mut sight = self.sight();
        if sight.row < 1.0 {
            // The first rows tell how high a row is.
            self.show(window::rows(sight, count), is_anew);
            sight = self.sight();
            self.show(window::rows(sight, count), false);
        } else {
            self.show(window::rows(sight, count), is_anew);
        }
        if let Some(spaces) = &self.spaces {
            let drawn = self.drawn.borrow();
            let kept = drawn.kept.as_ref().map(|(index, _)| *index);
            let above = drawn.rows.start - usize::from(kept.is_some_and(|kept| kept < drawn.rows.start));
            let below = count - drawn.rows.end;
            let below = below - usize::from(kept.is_some_and(|kept| kept >= drawn.rows.end)).min(below);
            spaces.set([above, below], sight.row);
        }
    }

    fn show(&self, wanted: Range<usize>, is_anew: bool) {
        let mut drawn = self.drawn.borrow_mut();
        let drawn = &mut *drawn;
        if let Some((index, row)) = drawn.kept.take() {
            if wanted.contains(&index) || has_focus(&row) && index < self.count.get() {
                drawn.kept = Some((index, row));
            } else {
                row.remove();
            }
        }
        let mut fresh = Vec::new();
        let overlaps = wanted.start < drawn.rows.end && drawn.rows.start < wanted.end;
        if !overlaps {
            while let Some(slot) = drawn.slots.pop_back() {
                let index = drawn.rows.start + drawn.slots.len();
                fresh.extend(drawn.leave(index, slot, index < wanted.start, self));
            }
            drawn.rows = wanted.start..wanted.start;
            if let Some((index, row)) = drawn.kept.take_if(|(index, _)| wanted.contains(index)) {
                // All others are put around it.
                self.write(index, &row);
                self.put_space_above(Some(&row));
                self.put_space_below(row.next_element_sibling().as_ref());
                drawn.slots.push_back(row);
                drawn.rows = index..index + 1;
            }
        }
        // What leaves first, so that it can be written over.
        while drawn.rows.start < wanted.start {
            if let Some(slot) = drawn.slots.pop_front() {
                fresh.extend(drawn.leave(drawn.rows.start, slot, true, self));
            }
            drawn.rows.start += 1;
        }
        while drawn.rows.end > wanted.end {
            drawn.rows.end -= 1;
            if let Some(slot) = drawn.slots.pop_back() {
                fresh.extend(drawn.leave(drawn.rows.end, slot, false, self));
            }
        }
        if is_anew {
            for (index, slot) in drawn.rows.clone().zip(&drawn.slots) {
                self.write(index, slot);
            }
        }
        while drawn.rows.start > wanted.start {
            let index = drawn.rows.start - 1;
            let slot = match drawn.kept.take_if(|(kept, _)| *kept == index) {
                Some((_, row)) => {
                    self.put_space_above(Some(&row));
                    row
                }
                None => {
                    let Some(slot) = fresh.pop().or_else(|| self.new_slot()) else {
                        break;
                    };
                    self.put(&slot, drawn.slots.front().or(self.below()));
                    slot
                }
            };
            self.write(index, &slot);
            drawn.slots.push_front(slot);
            drawn.rows.start = index;
        }
        while drawn.rows.end < wanted.end {
            let index = drawn.rows.end;
            let slot = match drawn.kept.take_if(|(kept, _)| *kept == index) {
                Some((_, row)) => {
                    self.put_space_below(row.next_element_sibling().as_ref());
                    row
                }
                None => {
                    let Some(slot) = fresh.pop().or_else(|| self.new_slot()) else {
                        break;
                    };
                    self.put(&slot, self.below());
                    slot
                }
            };
            self.write(index, &slot);
            drawn.slots.push_back(slot);
            drawn.rows.end = index + 1;
        }
        for slot in fresh {
            slot.remove();
        }
    }

    fn put(&self, row: &Element, before: Option<&Element>) {
        // Both are in this body.
        let _ = self.body.insert_before(row, before.map(AsRef::as_ref));
    }

    fn put_space_above(&self, before: Option<&Element>) {
        if let Some(spaces) = &self.spaces {
            self.put(&spaces.above, before);
        }
    }

    fn put_space_below(&self, before: Option<&Element>) {
        if let Some(spaces) = &self.spaces {
            self.put(&spaces.below, before);
        }
    }

    fn below(&self) -> Option<&Element> {
        self.spaces.as_ref().map(|spaces| &spaces.below)
    }

    fn new_slot(&self) -> Option<Element> {
        let row = document().create_element("tr").ok()?;
        for column in &self.columns {
            new_cell(&row, *column)?;
        }
        Some(row)
    }

    fn write(&self, index: usize, slot: &Element) {
        let _ = slot.set_attribute("aria-rowindex", &(index + 1).to_string());
        (self.draw)(index, &Pen { row: slot });
    }
}

impl Drawn {
    /// Takes a row out of sight. Returns its element to be written over, unless the focus is on it.
    fn leave(&mut self, index: usize, slot: Element, is_above: bool, shared: &Shared) -> Option<Element> {
        if !has_focus(&slot) {
            return Some(slot);
        }
        // To move it would take the focus from it: what stands for the other rows moves around it.
        if is_above {
            shared.put_space_above(slot.next_element_sibling().as_ref());
        } else {
            shared.put_space_below(Some(&slot));
        }
        self.kept = Some((index, slot));
        None
    }
}

/// The listener goes with the body.
fn hear(body: &Element, on_press: OnPress) {
    let hear = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Some((index, press)) = press::pressed(&event) {
            on_press(index, press);
        }
    });
    let hear = hear.into_js_value();
    // Only a missing listener is refused.
    let _ = body.add_event_listener_with_callback("click", hear.unchecked_ref());
}

fn has_focus(row: &Element) -> bool {
    document()
        .active_element()
        .is_some_and(|active| row.contains(Some(&active)))
}

fn name_of(row: &Element) -> Option<Element> {
    row.query_selector("th a").ok().flatten()
}
