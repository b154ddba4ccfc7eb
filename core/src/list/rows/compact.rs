//! Giving back the memory of rows that are no longer of the list.
//!
//! A secret that changes is another row, and a list that stays open for hours is read again and again: without this, it
//! would hold every state that any secret ever had here.

use crate::list::row_set::RowSet;
use crate::list::rows::{Row, Rows};

/// The number that each row has after others were given back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves(Vec<Row>);

/// Instead of a number: the row was given back.
const NOWHERE: Row = Row::MAX;

impl Moves {
    /// The number that a row has now; none where it was given back.
    #[must_use]
    pub fn of(&self, row: Row) -> Option<Row> {
        self.0.get(row as usize).copied().filter(|now| *now != NOWHERE)
    }

    /// The same rows by their present numbers, without those that were given back.
    pub fn apply(&self, rows: &mut Vec<Row>) {
        rows.retain_mut(|row| self.of(*row).map(|now| *row = now).is_some());
    }

    /// The same set by present numbers.
    pub(crate) fn apply_to(&self, rows: &RowSet) -> RowSet {
        let mut set = RowSet::default();
        for (former, now) in (0..).zip(&self.0) {
            if *now != NOWHERE && rows.contains(former) {
                set.insert(*now);
            }
        }
        set
    }
}

impl Rows {
    /// How many rows are no longer of the list.
    pub(crate) fn gone(&self) -> usize {
        self.ids.len().saturating_sub(self.count())
    }

    /// Gives back all rows but those of the list and some others. The rest keep their order, by number.
    pub(crate) fn compact(&mut self, others: &RowSet) -> Moves {
        let kept: Vec<Row> = (0..self.end())
            .filter(|row| self.is_here(*row) || others.contains(*row))
            .collect();
        let mut moves = vec![NOWHERE; self.ids.len()];
        for (now, row) in (0..).zip(&kept) {
            if let Some(at) = moves.get_mut(*row as usize) {
                *at = now;
            }
        }
        let moves = Moves(moves);
        self.labels_of(&kept);
        self.haystack_of(&kept);
        for texts in [&mut self.ids, &mut self.names, &mut self.external_ids] {
            *texts = texts.only(&kept);
        }
        for numbers in [&mut self.bundles, &mut self.creators] {
            *numbers = only(numbers, &kept);
        }
        for instants in [&mut self.created, &mut self.updated, &mut self.used] {
            *instants = only(instants, &kept);
        }
        for flags in [&mut self.has_info, &mut self.is_gone] {
            *flags = only(flags, &kept);
        }
        for row in &mut self.by_id {
            // Every row that an id leads to is of the list, and was kept.
            *row = moves.of(*row).unwrap_or(*row);
        }
        moves
    }

    fn labels_of(&mut self, kept: &[Row]) {
        let mut labels = Vec::with_capacity(kept.iter().map(|row| self.pairs_of(*row).len()).sum());
        let mut ends = Vec::with_capacity(kept.len());
        for row in kept {
            labels.extend_from_slice(self.pairs_of(*row));
            // Fewer than there were, which 32 bits could count.
            ends.push(u32::try_from(labels.len()).unwrap_or(u32::MAX));
        }
        (self.labels, self.label_ends) = (labels, ends);
    }

    fn haystack_of(&mut self, kept: &[Row]) {
        let length = kept.iter().map(|row| self.haystack(*row, *row + 1).0.len()).sum();
        let mut haystack = Vec::with_capacity(length);
        let mut ends = Vec::with_capacity(kept.len());
        for row in kept {
            haystack.extend_from_slice(self.haystack(*row, *row + 1).0);
            ends.push(u32::try_from(haystack.len()).unwrap_or(u32::MAX));
        }
        (self.haystack, self.haystack_ends) = (haystack, ends);
    }
}

fn only<Item: Copy>(column: &[Item], kept: &[Row]) -> Vec<Item> {
    kept.iter()
        .filter_map(|row| column.get(*row as usize).copied())
        .collect()
}
