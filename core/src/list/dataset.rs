//! The list: its rows in the server's order, and how a later reading merges into it.

mod gone;

use crate::list::dataset::gone::Gone;
use crate::list::decode::{self, PageError};
use crate::list::facts::Facts;
use crate::list::row_set::RowSet;
use crate::list::rows::{Row, Rows};

/// What a page, or something that was done here, changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that were not of the list before.
    pub added: Vec<Row>,
    /// Rows that are of the list no longer; where a secret changed, its former row is here and its present one above.
    pub removed: Vec<Row>,
    /// Rows that are of the list as before stand elsewhere in it.
    pub is_reordered: bool,
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
    /// Rows that a search brought before the reading came to them; they stand behind all that it has brought so far.
    early: RowSet,
    /// Secrets that were deleted here, sorted by id: a page that was under way then may still bring them.
    gone: Vec<Gone>,
    /// Early rows have found their place since all was last here.
    has_settled: bool,
}

/// Stands in the order where an early row was until the reading came to it.
const MOVED: Row = Row::MAX;

/// A reading that merges into what another reading brought.
#[derive(Debug, Clone, Default)]
struct Again {
    order: Vec<Row>,
    seen: RowSet,
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

    /// Where a row that is of the list stands among the others: the smaller, the nearer to the start.
    #[must_use]
    pub(crate) fn place(&self, row: Row) -> u32 {
        self.places.get(row as usize).copied().unwrap_or_default()
    }

    /// Reads the same query from its start again. Until that is done, what is here stays.
    pub fn begin_again(&mut self) {
        self.again = Some(Again::default());
        // What a search brought during the reading before is no news for this one: it comes to it, or it is gone.
        self.early = RowSet::default();
        for gone in &mut self.gone {
            gone.is_old = true;
        }
    }

    /// Takes in a page of what the server found for a search while the list itself is still being read: secrets that the
    /// reading has not come to are here from now on, and have their place in the order when it comes to them.
    /// Returns where the next page of the search starts, and what changed.
    ///
    /// # Errors
    ///
    /// [`PageError`], and then nothing of the page was taken in.
    pub fn found(&mut self, bytes: &[u8]) -> Result<(Option<String>, Changes), PageError> {
        let page = decode::page(bytes, &mut self.rows)?;
        let mut changes = Changes::default();
        for row in page.rows {
            if self.gone_at(self.rows.id(row)).is_err() && self.enter(row, &mut changes) {
                self.early.insert(row);
            }
        }
        Ok((page.next_cursor, changes))
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
            let gone = self.gone_at(self.rows.id(row)).ok().and_then(|at| self.gone.get(at));
            let row = match gone {
                // Deleted here while the page was under way. Its place is kept, should that be taken back.
                Some(Gone { row: Some(former), .. }) => *former,
                Some(Gone { row: None, .. }) => continue,
                None => {
                    if !self.enter(row, &mut changes) {
                        self.settle(row);
                    }
                    row
                }
            };
            if let Some(again) = &mut self.again
                && again.seen.insert(row)
            {
                again.order.push(row);
            }
        }
        Ok((page.next_cursor, changes))
    }

    /// The last page is in: what a reading of all that there is did not bring is no longer there.
    pub fn complete(&mut self) -> Changes {
        let early = std::mem::take(&mut self.early);
        self.gone.retain(|gone| !gone.is_old);
        let mut changes = Changes {
            is_reordered: std::mem::take(&mut self.has_settled),
            ..Changes::default()
        };
        let Some(mut again) = self.again.take() else {
            return changes;
        };
        let order = std::mem::take(&mut self.order);
        let before = order
            .iter()
            .filter(|row| self.rows.is_here(**row) && again.seen.contains(**row));
        // The server may list in another order than before, or what is new among what is not.
        changes.is_reordered |= !before.eq(again.order.iter().filter(|row| self.rows.is_here(**row)));
        for row in order {
            if !self.rows.is_here(row) || again.seen.contains(row) {
                continue;
            }
            if early.contains(row) {
                // It was made behind the back of the reading, and is there.
                again.order.push(row);
            } else {
                self.rows.remove(row);
                changes.removed.push(row);
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
        self.forget_gone(facts.id);
        let is_new = self.rows.find(facts.id).is_none();
        self.enter(row, &mut changes);
        if is_new {
            self.order.pop();
            self.order.insert(0, row);
            for (place, row) in self.order.iter().enumerate() {
                set_place(&mut self.places, *row, place);
            }
        }
        if let Some(again) = &mut self.again {
            if !is_new && !again.seen.contains(row) {
                // Its place is where the reading comes to it. Where it does not, the secret has moved to what was read
                // already, and is there.
                self.early.insert(row);
            } else if again.seen.insert(row) {
                again.order.insert(0, row);
            }
        }
        changes
    }

    /// Takes one secret away, which this console has just deleted, or is about to. No page brings it back that may have
    /// been under way by then.
    pub fn remove(&mut self, id: &str) -> Changes {
        let mut changes = Changes::default();
        let row = self.rows.find(id);
        match self.gone_at(id) {
            Ok(at) => {
                if let Some(gone) = self.gone.get_mut(at) {
                    gone.is_old = false;
                    gone.row = row.or(gone.row);
                }
            }
            Err(at) => self.gone.insert(
                at,
                Gone {
                    id: id.to_owned(),
                    row,
                    is_old: false,
                },
            ),
        }
        if let Some(row) = row {
            self.rows.remove(row);
            changes.removed.push(row);
        }
        changes
    }

    /// Takes back that a secret was taken away: it is where it was.
    pub fn restore(&mut self, row: Row) -> Changes {
        let mut changes = Changes::default();
        let id = self.rows.id(row).to_owned();
        self.forget_gone(&id);
        if self.rows.is_here(row) || self.rows.find(&id).is_some() {
            // The server has brought it in the meantime.
            return changes;
        }
        let place = self.place(row);
        let has_place = self.order.get(place as usize) == Some(&row);
        self.rows.enter(row);
        if !has_place {
            set_place(&mut self.places, row, self.order.len());
            self.order.push(row);
        }
        changes.added.push(row);
        changes
    }

    /// The reading has come to a row that a search brought before: it moves to the end of what was read.
    fn settle(&mut self, row: Row) {
        // A later reading has an order of its own.
        if !self.early.remove(row) || self.again.is_some() {
            return;
        }
        self.has_settled = true;
        let place = self.place(row);
        if let Some(at) = self.order.get_mut(place as usize) {
            *at = MOVED;
        }
        set_place(&mut self.places, row, self.order.len());
        self.order.push(row);
    }

    /// Returns whether its secret is new to the list.
    fn enter(&mut self, row: Row, changes: &mut Changes) -> bool {
        match self.rows.enter(row) {
            // It says what it said.
            Some(former) if former == row => false,
            Some(former) => {
                let place = self.place(former);
                if let Some(at) = self.order.get_mut(place as usize) {
                    *at = row;
                }
                set_place(&mut self.places, row, place as usize);
                if let Some(again) = &mut self.again
                    && again.seen.contains(former)
                    && again.seen.insert(row)
                    && let Some(at) = again.order.iter_mut().find(|at| **at == former)
                {
                    *at = row;
                }
                if self.early.remove(former) {
                    self.early.insert(row);
                }
                changes.removed.push(former);
                changes.added.push(row);
                false
            }
            None => {
                set_place(&mut self.places, row, self.order.len());
                self.order.push(row);
                changes.added.push(row);
                true
            }
        }
    }
}

fn set_place(places: &mut Vec<u32>, row: Row, place: usize) {
    if row == MOVED {
        // No row, and no room for so many places.
        return;
    }
    let index = row as usize;
    if places.len() <= index {
        places.resize(index + 1, 0);
    }
    if let (Some(at), Ok(place)) = (places.get_mut(index), u32::try_from(place)) {
        *at = place;
    }
}
