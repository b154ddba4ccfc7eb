//! The list on screen while it is read, refreshed and changed, without duplicates, losses or needless movement.

use crate::list::dataset::{Changes, List};
use crate::list::decode::PageError;
use crate::list::facts::{Info, with_facts};
use crate::list::instant::Instant;
use crate::list::local_changes::{LocalChange, LocalChanges};
use crate::list::order::Arrangement;
use crate::list::query::Query;
use crate::list::rows::Row;
use crate::list::selection::Selection;
use crate::list::view::View;

/// A list of secrets with its view and selection, and the reading that replaces it.
///
/// Each reading fills a new list, which replaces the one on screen once it is complete or, if the one on screen is
/// itself incomplete, as soon as it holds as many secrets.
#[derive(Debug, Default)]
pub struct LoadedList {
    list: List,
    next: Option<List>,
    /// Whether `list` was read to the end.
    is_complete: bool,
    local: LocalChanges,
    query: Query,
    arrangement: Arrangement,
    /// Whether rows may be arranged by name: see [`Self::settle`].
    is_settled: bool,
    /// The number of pages of the present reading.
    pages: u32,
    /// The labels that all secrets share, as numbers of pairs.
    shared: Vec<u32>,
    /// The key of the label that rows show first.
    first_label: String,
    view: View,
    selection: Selection,
    version: u32,
    view_version: u32,
}

impl LoadedList {
    /// The list on screen.
    #[must_use]
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The rows that pass the filter, in order.
    #[must_use]
    pub fn shown(&self) -> &[Row] {
        self.view.rows()
    }

    /// The selection.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Changes the selection; the closure also gets the rows of the view, in order.
    pub fn select(&mut self, change: impl FnOnce(&mut Selection, &[Row])) {
        change(&mut self.selection, self.view.rows());
    }

    /// Whether the list on screen was read to the end by some reading.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// A counter that changes when the content or the number of any row changes. While it is equal, so is the content
    /// of a row.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// A counter that changes with the filter or the order.
    #[must_use]
    pub fn view_version(&self) -> u32 {
        self.view_version
    }

    /// Whether the rows are arranged by name because nothing else was chosen.
    #[must_use]
    pub fn is_by_name(&self) -> bool {
        self.present_arrangement() == Arrangement::ByName && !self.query.has_text()
    }

    /// The labels that all secrets share, as numbers of pairs ([`Rows::pair_texts`](crate::list::Rows::pair_texts));
    /// none before the list is settled.
    #[must_use]
    pub fn shared(&self) -> &[u32] {
        &self.shared
    }

    /// The labels of a row, without those that all secrets share: first the one that was last changed for many, so that
    /// the change is in sight.
    pub fn labels(&self, row: Row) -> impl Iterator<Item = (&str, &str)> {
        let own = || self.list.rows().labels_except(row, &self.shared);
        let first = own().filter(|(key, _)| *key == self.first_label);
        first.chain(own().filter(|(key, _)| *key != self.first_label))
    }

    /// Sets the key of the label that rows show first.
    pub fn show_first(&mut self, key: &str) {
        key.clone_into(&mut self.first_label);
        self.version = self.version.wrapping_add(1);
    }

    /// Selects secrets by their ids, in addition to those that are selected.
    pub fn select_ids(&mut self, ids: &[String]) {
        let rows = self.list.rows();
        let rows: Vec<Row> = ids.iter().filter_map(|id| rows.find(id)).collect();
        self.selection.add(&rows);
    }

    /// The list is complete and nobody points at a row, so rows may move: arranges them by name, if nothing else was
    /// chosen. Returns whether anything changed.
    pub fn settle(&mut self, now: Instant) -> bool {
        let is_due = self.is_complete && !self.is_settled;
        if is_due {
            self.is_settled = true;
            self.filter(now);
            self.share();
        }
        is_due
    }

    /// Incomplete rows stay where they arrived.
    fn present_arrangement(&self) -> Arrangement {
        match self.arrangement {
            Arrangement::ByName if !self.is_settled => Arrangement::Arrival,
            arrangement => arrangement,
        }
    }

    fn share(&mut self) {
        let shared = if self.is_settled {
            self.list.rows().shared_pairs()
        } else {
            Vec::new()
        };
        if self.shared != shared {
            self.shared = shared;
            self.version = self.version.wrapping_add(1);
        }
    }

    /// Sets the filter and the arrangement.
    pub fn show(&mut self, query: Query, arrangement: impl Into<Arrangement>, now: Instant) {
        let arrangement = arrangement.into();
        if self.query != query || self.arrangement != arrangement {
            self.query = query;
            self.arrangement = arrangement;
            self.view_version = self.view_version.wrapping_add(1);
            self.filter(now);
        }
    }

    /// Filters again, because time-dependent conditions may match other rows by now.
    pub fn filter(&mut self, now: Instant) {
        let arrangement = self.present_arrangement();
        self.view.show(&self.list, self.query.clone(), arrangement, now);
    }

    /// Starts a reading.
    pub fn begin(&mut self) {
        self.next = Some(List::default());
        self.pages = 0;
        self.local.begin();
    }

    /// Adds a page of the reading. Returns the cursor of the next page.
    ///
    /// # Errors
    ///
    /// [`PageError`]; then nothing of the page was added.
    pub fn page(&mut self, bytes: &[u8], now: Instant) -> Result<Option<String>, PageError> {
        self.pages += 1;
        let Some(next) = &mut self.next else {
            let (cursor, changes) = self.list.page(bytes, &self.local)?;
            self.follow(&changes, now);
            return Ok(cursor);
        };
        let (cursor, _) = next.page(bytes, &self.local)?;
        if !self.is_complete && next.rows().count() >= self.list.rows().count() {
            self.swap(now);
        }
        Ok(cursor)
    }

    /// Adds a page of server-side search results while the list is incomplete.
    ///
    /// # Errors
    ///
    /// [`PageError`]; then nothing of the page was added.
    pub fn found(&mut self, bytes: &[u8], now: Instant) -> Result<Option<String>, PageError> {
        let (cursor, changes) = self.list.found(bytes, &self.local)?;
        self.follow(&changes, now);
        if let Some(next) = &mut self.next {
            next.found(bytes, &self.local)?;
        }
        Ok(cursor)
    }

    /// The last page of the reading was added.
    pub fn complete(&mut self, now: Instant) {
        // Nobody has seen the rows of a single page yet.
        self.is_settled |= !self.is_complete && self.pages <= 1;
        if let Some(next) = &mut self.next {
            next.complete();
            self.swap(now);
        } else {
            self.list.complete();
            self.filter(now);
        }
        self.is_complete = true;
        self.local.complete();
        self.share();
    }

    /// Replaces the list on screen by the one that was read.
    fn swap(&mut self, now: Instant) {
        let Some(mut next) = self.next.take() else { return };
        for metadata in self.local.new_puts() {
            let id = metadata.id.as_str();
            // The reading had already passed its place, or it was found by a search before.
            if next.rows().slot(id).is_none() {
                let known = self.list.rows().slot(id);
                let info = known.map_or_else(Info::default, |row| Info::of(self.list.rows(), row));
                with_facts(metadata, &info, |facts| next.put(facts));
                next.set_hidden(id, self.local.hides(id));
            }
        }
        self.selection = self.selection.moved(self.list.rows(), next.rows());
        let had_rows = self.list.rows().end() > 0;
        self.list = next;
        if had_rows {
            self.version = self.version.wrapping_add(1);
        }
        self.view = View::new(&self.list, self.query.clone(), self.present_arrangement(), now);
    }

    /// Applies a change made by this console.
    pub fn apply(&mut self, change: &LocalChange, now: Instant) {
        self.local.add(change);
        let put = |list: &mut List, metadata: &_, id: &str| {
            let known = list.rows().slot(id);
            let info = known.map_or_else(Info::default, |row| Info::of(list.rows(), row));
            with_facts(metadata, &info, |facts| list.put(facts))
        };
        let changes = match change {
            LocalChange::Put(metadata) => {
                let id = metadata.id.as_str();
                if let Some(next) = self.next.as_mut().filter(|next| next.rows().slot(id).is_some()) {
                    put(next, metadata, id);
                }
                put(&mut self.list, metadata, id)
            }
            LocalChange::Deleted(id) => self.set_hidden(id.as_str(), true),
        };
        self.follow(&changes, now);
    }

    /// Sets how many tool sets refer to each secret, by name; `None` where that is not known. Returns whether that
    /// changed anything. Rows that are read later are set by the next call.
    pub fn set_uses(&mut self, count: &dyn Fn(&str) -> Option<u32>, now: Instant) -> bool {
        let is_new = self.list.set_uses(count);
        if is_new {
            self.version = self.version.wrapping_add(1);
            // Both filter and order may depend on it.
            self.view = View::new(&self.list, self.query.clone(), self.present_arrangement(), now);
        }
        is_new
    }

    fn set_hidden(&mut self, id: &str, is_hidden: bool) -> Changes {
        if let Some(next) = &mut self.next {
            next.set_hidden(id, is_hidden);
        }
        self.list.set_hidden(id, is_hidden)
    }

    /// Hides a secret whose delete is pending. Returns whether it was in the list.
    pub fn hide(&mut self, id: &str, now: Instant) -> bool {
        let is_here = self.list.rows().find(id).is_some();
        if is_here {
            self.local.hide_for_now(id);
            let changes = self.set_hidden(id, true);
            self.follow(&changes, now);
        }
        is_here
    }

    /// Shows a secret again at its place, because it was not deleted.
    pub fn unhide(&mut self, id: &str, now: Instant) {
        if self.local.unhide(id) {
            let changes = self.set_hidden(id, false);
            self.follow(&changes, now);
        }
    }

    /// Shows all secrets again whose delete is not confirmed.
    pub fn unhide_all(&mut self, now: Instant) {
        for id in self.local.pending() {
            self.unhide(&id, now);
        }
    }

    fn follow(&mut self, changes: &Changes, now: Instant) {
        if changes.is_empty() {
            return;
        }
        self.view.update(&self.list, changes, now);
        self.selection.follow(self.list.rows(), &changes.changed);
        if !changes.changed.is_empty() {
            self.version = self.version.wrapping_add(1);
        }
        if self.is_settled {
            self.share();
        }
    }
}
