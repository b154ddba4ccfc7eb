//! The state of a virtual table's rows.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use web_sys::Element;

use crate::ui::virtual_table::rows::cell_writer::Pen;
use crate::ui::virtual_table::rows::column::{Column, Stamped};
use crate::ui::virtual_table::rows::row_events::Press;
use crate::ui::virtual_table::rows::row_nodes::Slot;
use crate::ui::virtual_table::rows::spacers::Spaces;

/// Draws the row with this index.
pub type Draw = Rc<dyn Fn(usize, &Pen<'_>)>;

/// Tells what the row with this index says.
pub type Stamp = Rc<dyn Fn(usize) -> Option<Stamped>>;

/// Hears what was pressed in the row with this key.
pub type OnPress = Rc<dyn Fn(String, Press)>;

/// Tells the index of the row with a key.
pub type IndexOf = Rc<dyn Fn(&str) -> Option<usize>>;

/// Keeps the focus and the scroll position at their rows: see [`crate::ui::virtual_table::Anchor`].
#[derive(Clone)]
pub struct Anchor {
    pub index_of: IndexOf,
    pub view: Rc<dyn Fn() -> u32>,
}

/// What the table and its listeners share.
pub struct Shared {
    pub body: Element,
    pub columns: Vec<Column>,
    pub draw: Draw,
    pub stamp: Option<Stamp>,
    pub anchor: Option<Anchor>,
    /// Which filter and order are drawn.
    pub view: Cell<u32>,
    pub count: Cell<usize>,
    pub drawn: RefCell<Drawn>,
    pub spaces: Option<Spaces>,
    pub is_waiting: Cell<bool>,
    /// What is drawn may no longer be what it should say.
    pub is_old: Cell<bool>,
    pub is_over: Cell<bool>,
}

/// The rows that are drawn.
#[derive(Default)]
pub struct Drawn {
    pub rows: Range<usize>,
    pub slots: VecDeque<Slot>,
    /// The row that has the focus and is out of sight: as long as the focus is on it, it stays.
    pub kept: Option<(usize, Slot)>,
}
