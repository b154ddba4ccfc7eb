//! The secrets of a workspace as read in one reading, in the server's order.

use crate::list::decode;
use crate::list::decode::{PageError, Unreadable};
use crate::list::facts::{Facts, Info, with_facts};
use crate::list::local_changes::LocalChanges;
use crate::list::rows::{Put, Row, Rows};

/// The rows changed by a page or by a local change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that were not in the list before.
    pub added: Vec<Row>,
    /// Rows whose content, place or visibility changed.
    pub changed: Vec<Row>,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}

/// A list of secrets.
#[derive(Debug, Clone, Default)]
pub struct List {
    rows: Rows,
    /// The rows that were read or put here, in order.
    order: Vec<Row>,
    /// The rows that a search found before the reading reached them; they come after the others.
    found: Vec<Row>,
    unreadable: Unreadable,
}

/// The first place. Rows that are read get higher places, rows put first get lower ones; search results come last.
const MIDDLE: u32 = 1 << 30;
const FOUND: u32 = 1 << 31;

impl List {
    /// The columns.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The secrets that were sent but can't be shown.
    #[must_use]
    pub fn unreadable(&self) -> &Unreadable {
        &self.unreadable
    }

    /// The visible rows in the server's order.
    pub fn order(&self) -> impl Iterator<Item = Row> {
        let all = self.order.iter().chain(&self.found).copied();
        all.filter(|row| self.rows.is_here(*row))
    }

    /// Adds a page. Returns the cursor of the next page, and the changes.
    ///
    /// # Errors
    ///
    /// [`PageError`]; then nothing of the page was added.
    pub fn page(&mut self, bytes: &[u8], local: &LocalChanges) -> Result<(Option<String>, Changes), PageError> {
        let (next, mut changes, rows) = self.take(bytes, local)?;
        let mut is_found = false;
        for row in rows {
            let is_new = self.rows.place(row) == 0;
            if is_new || self.rows.place(row) >= FOUND {
                self.rows.set_place(row, MIDDLE + self.known());
                self.order.push(row);
            }
            if !is_new && !self.found.is_empty() {
                is_found = true;
            }
        }
        if is_found {
            let rows = &self.rows;
            let read = self.found.extract_if(.., |row| rows.place(*row) < FOUND);
            changes.changed.extend(read);
        }
        Ok((next, changes))
    }

    /// Adds a page of search results while the list itself is still being read. Rows that the reading has not reached
    /// come last until it does.
    ///
    /// # Errors
    ///
    /// [`PageError`]; then nothing of the page was added.
    pub fn found(&mut self, bytes: &[u8], local: &LocalChanges) -> Result<(Option<String>, Changes), PageError> {
        let unreadable = self.unreadable.clone();
        let (next, changes, rows) = self.take(bytes, local)?;
        // The reading counts them when it reaches them.
        self.unreadable = unreadable;
        for row in rows {
            if self.rows.place(row) == 0 {
                self.rows.set_place(row, FOUND + row);
                self.found.push(row);
            }
        }
        Ok((next, changes))
    }

    /// Decodes a page and applies the local changes to it. New rows have place 0.
    fn take(&mut self, bytes: &[u8], local: &LocalChanges) -> Result<(Option<String>, Changes, Vec<Row>), PageError> {
        let first = self.rows.end();
        let page = decode::page(bytes, &mut self.rows)?;
        self.unreadable.add(page.unreadable);
        let mut changes = Changes {
            added: (first..self.rows.end()).collect(),
            changed: Vec::new(),
        };
        for row in 0..page.again.end() {
            changes
                .changed
                .extend(page.again.with_facts(row, |facts| self.write(facts)));
        }
        if !local.is_empty() {
            for row in &page.rows {
                self.lay_over(*row, local);
            }
        }
        Ok((page.next_cursor, changes, page.rows))
    }

    /// Replaces what a page says of a secret by a newer local change.
    fn lay_over(&mut self, row: Row, local: &LocalChanges) {
        let id = self.rows.id(row).to_owned();
        if local.hides(&id) {
            self.rows.set_hidden(&id, true);
        }
        if let Some(metadata) = local.newer(&id, self.rows.updated(row)) {
            let info = Info::of(&self.rows, row);
            with_facts(metadata, &info, |facts| self.write(facts));
        }
    }

    /// Overwrites a known row.
    fn write(&mut self, facts: &Facts<'_>) -> Option<Row> {
        match self.rows.put(facts)? {
            Put::New(row) | Put::Changed(row) => Some(row),
        }
    }

    /// Sets how many tool sets refer to each secret, by name. Returns whether that changed anything.
    pub(crate) fn set_uses(&mut self, count: &dyn Fn(&str) -> Option<u32>) -> bool {
        self.rows.set_uses(count)
    }

    /// The reading is complete: search results are now regular rows.
    pub fn complete(&mut self) {
        self.order.append(&mut self.found);
    }

    /// Adds or updates a secret. A new one comes first, where its creator sees it.
    pub fn put(&mut self, facts: &Facts<'_>) -> Changes {
        let mut changes = Changes::default();
        match self.rows.put(facts) {
            Some(Put::New(row)) => {
                self.rows.set_place(row, MIDDLE - 1 - self.known());
                self.order.insert(0, row);
                changes.added.push(row);
            }
            Some(Put::Changed(row)) => {
                self.rows.set_hidden(facts.id, false);
                changes.changed.push(row);
            }
            None => {}
        }
        changes
    }

    /// Hides a secret, or shows it again at its place.
    pub fn set_hidden(&mut self, id: &str, is_hidden: bool) -> Changes {
        Changes {
            changed: self.rows.set_hidden(id, is_hidden).into_iter().collect(),
            ..Changes::default()
        }
    }

    /// The number of rows put into the order so far; it only grows.
    fn known(&self) -> u32 {
        u32::try_from(self.order.len()).unwrap_or(u32::MAX)
    }
}
