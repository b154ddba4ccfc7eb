//! The list: its rows in the server's order, and how a later reading merges into it.

use crate::decode::{self, PageError};
use crate::facts::Facts;
use crate::rows::{Row, Rows};

/// What a page, or something that was done here, changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that were not of the list before.
    pub added: Vec<Row>,
    /// Rows that are of the list no longer; where a secret changed, its former row is here and its present one above.
    pub removed: Vec<Row>,
}

/// What was read, in the server's order.
#[derive(Debug, Clone, Default)]
pub struct List {
    rows: Rows,
    /// The rows that are of the list, and some that no longer are: see [`Rows::is_here`].
    order: Vec<Row>,
    /// Where each row is in `order`; kept for rows that are there.
    places: Vec<u32>,
    /// A later reading of a list that was complete, while it goes on.
    again: Option<Again>,
}

/// A reading that merges into what another reading brought.
#[derive(Debug, Clone, Default)]
struct Again {
    order: Vec<Row>,
    is_seen: Vec<bool>,
}

impl Again {
    /// Returns whether it was not seen before.
    fn see(&mut self, row: Row) -> bool {
        let index = row as usize;
        if self.is_seen.len() <= index {
            self.is_seen.resize(index + 1, false);
        }
        self.is_seen
            .get_mut(index)
            .is_some_and(|seen| !std::mem::replace(seen, true))
    }

    fn has_seen(&self, row: Row) -> bool {
        self.is_seen.get(row as usize) == Some(&true)
    }
}

impl List {
    /// The columns.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The rows in the server's order.
    pub fn order(&self) -> impl Iterator<Item = Row> {
        self.order.iter().copied().filter(|row| self.rows.is_here(*row))
    }

    /// Reads the same query from its start again. Until that is done, what is here stays.
    pub fn begin_again(&mut self) {
        self.again = Some(Again::default());
    }

    /// The reading was given up: what it brought is merged, what it did not come to stays.
    pub fn give_up(&mut self) {
        self.again = None;
    }

    /// Takes a page in. Returns where the next one starts, and what changed.
    ///
    /// # Errors
    ///
    /// [`PageError`], and then nothing of the page was taken in.
    pub fn page(&mut self, bytes: &[u8]) -> Result<(Option<String>, Changes), PageError> {
        let page = decode::page(bytes, &mut self.rows)?;
        let mut changes = Changes::default();
        for row in page.rows {
            self.enter(row, &mut changes);
            if let Some(again) = &mut self.again
                && again.see(row)
            {
                again.order.push(row);
            }
        }
        Ok((page.next_cursor, changes))
    }

    /// The last page is in: what a reading of all that there is did not bring is no longer there.
    pub fn complete(&mut self) -> Changes {
        let mut changes = Changes::default();
        let Some(again) = self.again.take() else {
            return changes;
        };
        let order = std::mem::take(&mut self.order);
        for row in &order {
            if self.rows.is_here(*row) && !again.has_seen(*row) {
                self.rows.remove(*row);
                changes.removed.push(*row);
            }
        }
        self.order = again.order;
        for (place, row) in self.order.iter().enumerate() {
            set_place(&mut self.places, *row, place);
        }
        changes
    }

    /// Puts one secret's present state here, which this console has just read or written. A new one comes first, where
    /// whoever made it sees it.
    pub fn put(&mut self, facts: &Facts<'_>) -> Changes {
        let mut changes = Changes::default();
        let Some(row) = self.rows.push(facts) else {
            return changes;
        };
        let is_new = self.rows.find(facts.id).is_none();
        self.enter(row, &mut changes);
        if is_new {
            self.order.pop();
            self.order.insert(0, row);
            for (place, row) in self.order.iter().enumerate() {
                set_place(&mut self.places, *row, place);
            }
        }
        if let Some(again) = &mut self.again
            && again.see(row)
        {
            again.order.insert(0, row);
        }
        changes
    }

    /// Takes one secret away, which this console has just deleted.
    pub fn remove(&mut self, id: &str) -> Changes {
        let mut changes = Changes::default();
        if let Some(row) = self.rows.find(id) {
            self.rows.remove(row);
            changes.removed.push(row);
        }
        changes
    }

    fn enter(&mut self, row: Row, changes: &mut Changes) {
        match self.rows.enter(row) {
            // It says what it said.
            Some(former) if former == row => {}
            Some(former) => {
                let place = self.places.get(former as usize).copied().unwrap_or_default();
                if let Some(at) = self.order.get_mut(place as usize) {
                    *at = row;
                }
                set_place(&mut self.places, row, place as usize);
                if let Some(again) = &mut self.again
                    && again.has_seen(former)
                    && again.see(row)
                    && let Some(at) = again.order.iter_mut().find(|at| **at == former)
                {
                    *at = row;
                }
                changes.removed.push(former);
                changes.added.push(row);
            }
            None => {
                set_place(&mut self.places, row, self.order.len());
                self.order.push(row);
                changes.added.push(row);
            }
        }
    }
}

fn set_place(places: &mut Vec<u32>, row: Row, place: usize) {
    let index = row as usize;
    if places.len() <= index {
        places.resize(index + 1, 0);
    }
    if let (Some(at), Ok(place)) = (places.get_mut(index), u32::try_from(place)) {
        *at = place;
    }
}
