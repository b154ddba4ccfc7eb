//! What is no longer of the list: secrets that were deleted here, and the rows of what secrets said before.

use crate::list::dataset::{List, set_place};
use crate::list::row_set::RowSet;
use crate::list::rows::{Moves, Row};

/// A secret that was deleted here.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    pub(super) id: String,
    /// Its last row, where it had one.
    pub(super) row: Option<Row>,
    /// It was deleted before the present reading began, which therefore does not bring it any more.
    pub(super) is_old: bool,
}

impl List {
    /// Gives back the memory of rows that are gone, once there are more of them than of the others and at least so many:
    /// then every row has another number. `others` are rows that may be restored yet. Not while the list is being read
    /// again.
    pub fn compact(&mut self, at_least: usize, others: &[Row]) -> Option<Moves> {
        let gone = self.rows.gone();
        if self.again.is_some() || gone <= self.rows.count() || gone < at_least {
            return None;
        }
        let mut kept = RowSet::default();
        for row in self
            .gone
            .iter()
            .filter_map(|gone| gone.row)
            .chain(others.iter().copied())
        {
            kept.insert(row);
        }
        let moves = self.rows.compact(&kept);
        moves.apply(&mut self.order);
        for gone in &mut self.gone {
            gone.row = gone.row.and_then(|row| moves.of(row));
        }
        self.early = moves.apply_to(&self.early);
        self.places = Vec::new();
        for (place, row) in self.order.iter().enumerate() {
            set_place(&mut self.places, *row, place);
        }
        Some(moves)
    }

    /// Where a secret is among those that were deleted here, or would be.
    pub(super) fn gone_at(&self, id: &str) -> Result<usize, usize> {
        self.gone.binary_search_by(|gone| gone.id.as_str().cmp(id))
    }

    pub(super) fn forget_gone(&mut self, id: &str) {
        if let Ok(at) = self.gone_at(id) {
            self.gone.remove(at);
        }
    }
}
