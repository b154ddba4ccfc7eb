//! Keeps the focus and the scroll position at their rows while rows are added and removed.

use std::ops::Range;

use strongroom_core::model::visible_range::Sight;

use crate::ui::virtual_table::rows::rendered_rows::has_focus;
use crate::ui::virtual_table::rows::row_nodes::Slot;
use crate::ui::virtual_table::rows::state::{Drawn, Shared};

impl Shared {
    /// The key of the row that is rendered at this index.
    pub fn key(&self, index: usize) -> Option<String> {
        let drawn = self.drawn.borrow();
        let kept = drawn.kept.as_ref().filter(|(kept, _)| *kept == index);
        let slot = match kept {
            Some((_, slot)) => slot,
            None => drawn.slots.get(index.checked_sub(drawn.rows.start)?)?,
        };
        Some(slot.key.clone())
    }

    /// How far the visible content has moved since it was rendered, in CSS pixels.
    pub fn jump(&self, sight: Sight) -> f64 {
        let Some(anchor) = &self.anchor else { return 0.0 };
        let view = (anchor.view)();
        let is_same = self.view.replace(view) == view;
        if !is_same || sight.row < 1.0 || sight.offset <= 0.0 {
            return 0.0;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "far below 2^53 rows"
        )]
        let first = (sight.offset / sight.row).ceil() as usize;
        let drawn = self.drawn.borrow();
        let mut in_sight = drawn
            .rows
            .clone()
            .zip(&drawn.slots)
            .filter(|(index, _)| *index >= first);
        // The first visible row that still exists.
        let moved = in_sight.find_map(|(index, slot)| Some((index, (anchor.index_of)(&slot.key)?)));
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
        moved.map_or(0.0, |(before, now)| (now as f64 - before as f64) * sight.row)
    }

    /// The old and the new index of the focused row, if it has moved since it was rendered.
    pub fn moved_focus(&self, drawn: &Drawn) -> Option<(usize, usize)> {
        let anchor = self.anchor.as_ref()?;
        let kept = drawn.kept.as_ref().map(|(index, slot)| (*index, slot));
        let mut all = drawn.rows.clone().zip(&drawn.slots).chain(kept);
        let (index, slot) = all.find(|(_, slot)| has_focus(&slot.row))?;
        let now = (anchor.index_of)(&slot.key)?;
        (now != index).then_some((index, now))
    }

    /// Changes the index of the focused row. Returns the elements of all other rows, to be placed around it.
    pub fn move_focused(&self, drawn: &mut Drawn, (from, to): (usize, usize), wanted: &Range<usize>) -> Vec<Slot> {
        let mut kept = drawn.kept.take().map(|(_, slot)| slot);
        let mut fresh = Vec::new();
        for (index, slot) in drawn.rows.clone().zip(std::mem::take(&mut drawn.slots)) {
            if index == from && kept.is_none() {
                kept = Some(slot);
            } else {
                fresh.push(slot);
            }
        }
        drawn.rows = wanted.start..wanted.start;
        if let Some(mut slot) = kept {
            self.write(to, &mut slot);
            if let Some(spaces) = &self.spaces {
                // The spacers may have been on the other side of it.
                if to < wanted.start {
                    self.put(&spaces.above, slot.row.next_element_sibling().as_ref());
                    self.put(&spaces.below, None);
                } else {
                    self.put(&spaces.below, Some(&slot.row));
                    self.put(&spaces.above, self.body.first_element_child().as_ref());
                }
            }
            drawn.kept = Some((to, slot));
        }
        fresh
    }
}
