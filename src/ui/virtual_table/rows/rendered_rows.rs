//! Which rows are rendered, and how they are replaced.

use std::ops::Range;

use leptos::prelude::document;
use web_sys::Element;

use crate::ui::nodes::mark;
use crate::ui::virtual_table::rows::cell_writer::Pen;
use crate::ui::virtual_table::rows::column::Stamped;
use crate::ui::virtual_table::rows::row_nodes::Slot;
use crate::ui::virtual_table::rows::state::{Drawn, Shared};

impl Shared {
    /// Renders exactly these rows; either all of them, or only those that were not rendered.
    pub fn show(&self, wanted: Range<usize>, is_anew: bool) {
        let mut drawn = self.drawn.borrow_mut();
        let drawn = &mut *drawn;
        let mut fresh = Vec::new();
        if is_anew && let Some(moved) = self.moved_focus(drawn) {
            fresh = self.move_focused(drawn, moved, &wanted);
        }
        if let Some((index, slot)) = drawn.kept.take() {
            if wanted.contains(&index) || has_focus(&slot.row) && index < self.count.get() {
                drawn.kept = Some((index, slot));
            } else {
                slot.row.remove();
            }
        }
        if drawn.is_far_from(&wanted) && !has_focus(&self.body) {
            self.show_in_place(drawn, wanted);
            return;
        }
        let overlaps = wanted.start < drawn.rows.end && drawn.rows.start < wanted.end;
        if !overlaps {
            while let Some(slot) = drawn.slots.pop_back() {
                let index = drawn.rows.start + drawn.slots.len();
                fresh.extend(drawn.leave(index, slot, index < wanted.start, self));
            }
            drawn.rows = wanted.start..wanted.start;
            if let Some((index, mut slot)) = drawn.kept.take_if(|(index, _)| wanted.contains(index)) {
                // The others are placed around it.
                self.write(index, &mut slot);
                self.put_space_above(Some(&slot.row));
                self.put_space_below(slot.row.next_element_sibling().as_ref());
                drawn.slots.push_back(slot);
                drawn.rows = index..index + 1;
            }
        }
        // Remove first, so that the elements can be reused.
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
            for (index, slot) in drawn.rows.clone().zip(&mut drawn.slots) {
                self.write(index, slot);
            }
        }
        while drawn.rows.start > wanted.start {
            let index = drawn.rows.start - 1;
            let mut slot = match drawn.kept.take_if(|(kept, _)| *kept == index) {
                Some((_, slot)) => {
                    self.put_space_above(Some(&slot.row));
                    slot
                }
                None => {
                    let Some(slot) = fresh.pop().or_else(|| Slot::new(&self.columns)) else {
                        break;
                    };
                    self.put(&slot.row, drawn.slots.front().map(|slot| &slot.row).or(self.below()));
                    slot
                }
            };
            self.write(index, &mut slot);
            drawn.slots.push_front(slot);
            drawn.rows.start = index;
        }
        while drawn.rows.end < wanted.end {
            let index = drawn.rows.end;
            let mut slot = match drawn.kept.take_if(|(kept, _)| *kept == index) {
                Some((_, slot)) => {
                    self.put_space_below(slot.row.next_element_sibling().as_ref());
                    slot
                }
                None => {
                    let Some(slot) = fresh.pop().or_else(|| Slot::new(&self.columns)) else {
                        break;
                    };
                    self.put(&slot.row, self.below());
                    slot
                }
            };
            self.write(index, &mut slot);
            drawn.slots.push_back(slot);
            drawn.rows.end = index + 1;
        }
        for slot in fresh {
            slot.row.remove();
        }
    }

    /// Rewrites all rows in place, because moving most of them would cost more.
    fn show_in_place(&self, drawn: &mut Drawn, wanted: Range<usize>) {
        while drawn.slots.len() > wanted.len() {
            if let Some(slot) = drawn.slots.pop_back() {
                slot.row.remove();
            }
        }
        while drawn.slots.len() < wanted.len() {
            let Some(slot) = Slot::new(&self.columns) else { break };
            self.put(&slot.row, self.below());
            drawn.slots.push_back(slot);
        }
        drawn.rows = wanted.start..wanted.start + drawn.slots.len();
        for (index, slot) in drawn.rows.clone().zip(&mut drawn.slots) {
            self.write(index, slot);
        }
    }

    pub fn put(&self, row: &Element, before: Option<&Element>) {
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

    /// What a slot notes once the row at this index is written to it; `None` if that can't be told.
    pub fn stamp_at(&self, index: usize) -> Option<(usize, Stamped)> {
        let stamp = self.stamp.as_ref().and_then(|stamp| stamp(index));
        stamp.map(|stamp| (index, stamp))
    }

    pub fn write(&self, index: usize, slot: &mut Slot) {
        let written = self.stamp_at(index);
        if written.is_some() && slot.written == written {
            return;
        }
        slot.written = written;
        mark(&slot.row, &[("aria-rowindex", &(index + 1).to_string())]);
        (self.draw)(index, &Pen::of(slot, self.room.get()));
    }
}

impl Drawn {
    /// Whether there are rows, and fewer than half of them, or of those wanted, stay.
    fn is_far_from(&self, wanted: &Range<usize>) -> bool {
        let start = wanted.start.max(self.rows.start);
        let still = wanted.end.min(self.rows.end).saturating_sub(start);
        self.kept.is_none() && still * 2 < self.slots.len().min(wanted.len())
    }

    /// Removes a row. Returns its element for reuse, unless it is focused.
    fn leave(&mut self, index: usize, slot: Slot, is_above: bool, shared: &Shared) -> Option<Slot> {
        if !has_focus(&slot.row) {
            return Some(slot);
        }
        // Moving it would lose the focus, so the spacers move around it instead.
        if is_above {
            shared.put_space_above(slot.row.next_element_sibling().as_ref());
        } else {
            shared.put_space_below(Some(&slot.row));
        }
        self.kept = Some((index, slot));
        None
    }
}

pub fn has_focus(row: &Element) -> bool {
    document()
        .active_element()
        .is_some_and(|active| row.contains(Some(&active)))
}
