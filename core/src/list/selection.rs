//! The selected secrets, whether on screen or not.

use crate::list::rows::{Row, Rows};

/// A set of secrets, by their rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    bits: Vec<u64>,
    count: usize,
    /// The anchor of a range: the row that was last selected or deselected by itself.
    anchor: Option<Row>,
}

impl Selection {
    /// The number of selected rows.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many of these rows are selected.
    #[must_use]
    pub fn count_among(&self, rows: &[Row]) -> usize {
        if self.count == 0 {
            return 0;
        }
        rows.iter().filter(|row| self.contains(**row)).count()
    }

    /// Whether a row is selected.
    #[must_use]
    pub fn contains(&self, row: Row) -> bool {
        let (word, bit) = place(row);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Selects or deselects a row, and makes it the anchor.
    pub fn set(&mut self, row: Row, is_selected: bool) {
        self.put(row, is_selected);
        self.anchor = Some(row);
    }

    fn put(&mut self, row: Row, is_selected: bool) {
        let (word, bit) = place(row);
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        let Some(bits) = self.bits.get_mut(word) else { return };
        let was_selected = *bits & bit != 0;
        match (was_selected, is_selected) {
            (false, true) => {
                *bits |= bit;
                self.count += 1;
            }
            (true, false) => {
                *bits &= !bit;
                self.count -= 1;
            }
            _ => {}
        }
    }

    /// Selects or deselects all rows from the anchor to this one. `shown` are the rows in the order on screen; if the
    /// anchor is not among them, only this row changes.
    pub fn extend(&mut self, shown: &[Row], row: Row, is_selected: bool) {
        let at = |wanted: Row| shown.iter().position(|row| *row == wanted);
        let ends = self.anchor.and_then(at).zip(at(row));
        let Some((one, other)) = ends else {
            return self.set(row, is_selected);
        };
        for row in shown.get(one.min(other)..=one.max(other)).unwrap_or_default() {
            self.put(*row, is_selected);
        }
    }

    /// Adds these rows to the selection.
    pub fn add(&mut self, rows: &[Row]) {
        for row in rows {
            self.put(*row, true);
        }
    }

    /// Deselects these rows.
    pub fn take_out(&mut self, rows: &[Row]) {
        for row in rows {
            self.put(*row, false);
        }
    }

    /// Clears the selection.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The selected rows, by number.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let words = self.bits.iter().zip(0_u32..);
        words.flat_map(|(bits, word)| {
            let (bits, first) = (*bits, word * u64::BITS);
            (0..u64::BITS)
                .filter(move |bit| bits & 1 << bit != 0)
                .map(move |bit| first + bit)
        })
    }

    /// Deselects rows that are hidden now.
    pub(crate) fn follow(&mut self, rows: &Rows, changed: &[Row]) {
        for row in changed {
            if !rows.is_here(*row) {
                self.put(*row, false);
            }
        }
    }

    /// The selection in another list; secrets that are not in it are deselected.
    #[must_use]
    pub(crate) fn moved(&self, from: &Rows, to: &Rows) -> Self {
        let moved = |row: Row| to.find(from.id(row));
        let mut selection = Self::default();
        for row in self.rows().filter_map(moved) {
            selection.put(row, true);
        }
        selection.anchor = self.anchor.and_then(moved);
        selection
    }
}

fn place(row: Row) -> (usize, u64) {
    ((row / u64::BITS) as usize, 1 << (row % u64::BITS))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn rows(selection: &Selection) -> Vec<Row> {
        selection.rows().collect()
    }

    #[test]
    fn a_range_goes_by_what_is_on_screen() {
        let shown = [5, 3, 9, 1, 70];
        let mut selection = Selection::default();
        selection.extend(&shown, 3, true);
        assert_eq!(rows(&selection), [3], "nothing began a range");
        selection.extend(&shown, 1, true);
        assert_eq!(rows(&selection), [1, 3, 9]);
        selection.extend(&shown, 5, true);
        assert_eq!(rows(&selection), [1, 3, 5, 9], "it begins where it began");
        selection.set(70, true);
        selection.extend(&shown, 9, false);
        assert_eq!(rows(&selection), [3, 5]);
        selection.extend(&[1], 1, true);
        assert_eq!(rows(&selection), [1, 3, 5], "what began it is not on screen");
        assert_eq!((selection.count_among(&shown), selection.count_among(&[9, 70])), (3, 0));
        selection.clear();
        assert_eq!(selection.count_among(&shown), 0);
        assert_eq!((rows(&selection), selection.count()), (vec![], 0));
    }

    proptest! {
        #[test]
        fn it_is_a_set(steps in proptest::collection::vec((0_u32..300, any::<bool>()), 0..200)) {
            let (mut selection, mut set) = (Selection::default(), BTreeSet::new());
            for (row, is_selected) in steps {
                selection.set(row, is_selected);
                if is_selected { set.insert(row); } else { set.remove(&row); }
            }
            prop_assert_eq!(selection.count(), set.len());
            prop_assert!((0..400).all(|row| selection.contains(row) == set.contains(&row)));
            prop_assert_eq!(rows(&selection), set.into_iter().collect::<Vec<_>>());
        }
    }
}
