//! The state of a virtual table's rows.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use web_sys::Element;

use crate::ui::virtual_table::rows::cell_writer::Pen;
use crate::ui::virtual_table::rows::chip_room::ChipRoom;
use crate::ui::virtual_table::rows::column::{Column, Stamped};
use crate::ui::virtual_table::rows::row_events::Press;
use crate::ui::virtual_table::rows::row_nodes::Slot;
use crate::ui::virtual_table::rows::spacers::Spaces;

/// Writes the row at this index.
pub type Draw = Rc<dyn Fn(usize, &Pen<'_>)>;

/// Returns the stamp of the row at this index.
pub type Stamp = Rc<dyn Fn(usize) -> Option<Stamped>>;

/// Called when something in the row with this key was clicked.
pub type OnPress = Rc<dyn Fn(String, Press)>;

/// Called when rows may move: for a while, neither the pointer nor the focus was in them, the first one was in sight, and
/// none changed.
pub type OnRest = Rc<dyn Fn()>;

/// Returns the index of the row with a key.
pub type IndexOf = Rc<dyn Fn(&str) -> Option<usize>>;

/// Keeps the focus and the scroll position at their rows: see [`crate::ui::virtual_table::Anchor`].
#[derive(Clone)]
pub struct Anchor {
    pub index_of: IndexOf,
    pub view: Rc<dyn Fn() -> u32>,
}

/// State shared by the table and its listeners.
pub struct Shared {
    pub body: Element,
    pub columns: Vec<Column>,
    pub draw: Draw,
    pub stamp: Option<Stamp>,
    pub anchor: Option<Anchor>,
    pub on_rest: OnRest,
    /// The version of filter and order that is rendered.
    pub view: Cell<u32>,
    pub count: Cell<usize>,
    pub drawn: RefCell<Drawn>,
    pub spaces: Option<Spaces>,
    pub is_waiting: Cell<bool>,
    /// Whether the rendered rows may be outdated.
    pub is_old: Cell<bool>,
    pub is_over: Cell<bool>,
    /// Whether the pointer has moved or was pressed within the rows and is still there.
    pub is_pointed_at: Cell<bool>,
    /// Counts what happens to the rows: they may move after a while in which it stays the same.
    pub disturbances: Cell<u32>,
    /// Counts the looks at which rows are in sight.
    pub looks: Cell<u32>,
    /// Whether rows around those in sight were left out.
    pub is_narrow: Cell<bool>,
    /// Whether the widths may have changed since they were measured.
    pub is_resized: Cell<bool>,
    pub room: Cell<ChipRoom>,
}

/// The rendered rows.
#[derive(Default)]
pub struct Drawn {
    pub rows: Range<usize>,
    pub slots: VecDeque<Slot>,
    /// The focused row while it is out of view; kept as long as it is focused.
    pub kept: Option<(usize, Slot)>,
}
