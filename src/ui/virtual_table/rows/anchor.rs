//! Following what is shown when rows come and go: the focus stays on its thing, and what is in sight stays in sight.

use std::ops::Range;

use strongroom_core::model::visible_range::Sight;

use crate::ui::virtual_table::rows::Shared;
use crate::ui::virtual_table::rows::rendered_rows::{Drawn, has_focus};
use crate::ui::virtual_table::rows::row_nodes::Slot;

/// The thing that was written into a row.
fn thing(slot: &Slot) -> Option<u32> {
    let (_, stamp) = slot.written?;
    u32::try_from(stamp >> 32).ok()
}

impl Shared {
    /// The thing in the row with this number, as it is drawn.
    pub fn thing(&self, index: usize) -> Option<u32> {
        let drawn = self.drawn.borrow();
        let kept = drawn.kept.as_ref().filter(|(kept, _)| *kept == index);
        let slot = match kept {
            Some((_, slot)) => slot,
            None => drawn.slots.get(index.checked_sub(drawn.rows.start)?)?,
        };
        // Without stamps a row is its number.
        thing(slot).or_else(|| u32::try_from(index).ok())
    }

    /// How far what is in sight has moved, in CSS pixels, since it was drawn.
    pub fn jump(&self, sight: Sight) -> f64 {
        let Some(follow) = &self.follow else { return 0.0 };
        let choice = (follow.choice)();
        let is_same = self.choice.replace(choice) == choice;
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
        // The first that is still there.
        let moved = in_sight.find_map(|(index, slot)| Some((index, (follow.place)(thing(slot)?)?)));
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53 rows")]
        moved.map_or(0.0, |(before, now)| (now as f64 - before as f64) * sight.row)
    }

    /// Where the row that has the focus is now, where it has moved since it was drawn: from and to.
    pub fn moved_focus(&self, drawn: &Drawn) -> Option<(usize, usize)> {
        let follow = self.follow.as_ref()?;
        let kept = drawn.kept.as_ref().map(|(index, slot)| (*index, slot));
        let mut all = drawn.rows.clone().zip(&drawn.slots).chain(kept);
        let (index, slot) = all.find(|(_, slot)| has_focus(&slot.row))?;
        let now = (follow.place)(thing(slot)?)?;
        (now != index).then_some((index, now))
    }

    /// Makes the row that has the focus another one by number. All others are to be put around it: returns their elements.
    pub fn renumber(&self, drawn: &mut Drawn, (from, to): (usize, usize), wanted: &Range<usize>) -> Vec<Slot> {
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
                // What stands for the other rows may have been on the other side of it.
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
