//! A list behind cursors: pages, where the next one starts, and why there is no more (api.md, Pagination).

use std::collections::HashSet;
use std::hash::Hash;

/// A list that is read page by page. Knows nothing of what its items are but that each has an id.
#[derive(Debug, Clone)]
pub struct Loader<Id, Item, Error> {
    items: Vec<(Id, Item)>,
    ids: HashSet<Id>,
    /// The ticket of the query: answers to another one are dropped, so pages of two queries never mix.
    query: u64,
    phase: Phase<Error>,
    next: Option<String>,
    used_cursors: HashSet<String>,
    has_answered: bool,
    /// The items are of the former query or reading, shown until the new one answers.
    stale: Option<Stale>,
}

/// Whose items are still shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stale {
    /// Of another query: they must not outlive a failure of the new one.
    OtherQuery,
    /// Of an earlier reading of the same query: better than nothing when reading again fails.
    SameQuery,
}

/// Where the loading stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase<Error> {
    /// Nothing was asked yet.
    Idle,
    /// A page is being read.
    Loading,
    /// There is more; nothing is being read.
    Paused,
    /// All that there is has been read.
    Complete,
    /// Reading a page failed. What was read stays; the same page can be asked again.
    Failed(Error),
    /// The server gave the same cursor twice: asking on would go round in a circle.
    Repeated,
}

/// A page to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// The ticket to hand back with the answer.
    pub ticket: u64,
    /// Where the page starts; none for the first one.
    pub cursor: Option<String>,
}

impl<Id, Item, Error> Default for Loader<Id, Item, Error> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ids: HashSet::new(),
            query: 0,
            phase: Phase::Idle,
            next: None,
            used_cursors: HashSet::new(),
            has_answered: false,
            stale: None,
        }
    }
}

impl<Id: Eq + Hash + Clone, Item, Error> Loader<Id, Item, Error> {
    /// Starts another query. What is on screen stays there until its first page or its failure comes: a view never
    /// goes blank for a moment.
    pub fn start(&mut self) -> PageRequest {
        self.start_over(Stale::OtherQuery)
    }

    /// Starts the same query over. What was read stays until its first page comes, and when it fails.
    pub fn refresh(&mut self) -> PageRequest {
        self.start_over(Stale::SameQuery)
    }

    fn start_over(&mut self, stale: Stale) -> PageRequest {
        let shown = std::mem::take(self);
        *self = Self {
            query: shown.query + 1,
            phase: Phase::Loading,
            stale: (!shown.items.is_empty()).then_some(stale),
            items: shown.items,
            ids: shown.ids,
            ..Self::default()
        };
        PageRequest {
            ticket: self.query,
            cursor: None,
        }
    }

    /// Asks for the next page, or again for the one that failed; none while one is under way or when there is none.
    pub fn more(&mut self) -> Option<PageRequest> {
        if !matches!(self.phase, Phase::Paused | Phase::Failed(_)) {
            return None;
        }
        self.phase = Phase::Loading;
        Some(PageRequest {
            ticket: self.query,
            cursor: self.next.clone(),
        })
    }

    /// Stops waiting for the page under way; its answer is dropped.
    pub fn stop(&mut self) {
        if self.is_loading() {
            // A new ticket, so that the answer that may still come belongs to nobody.
            self.query += 1;
            self.phase = Phase::Paused;
            // Stopped or not, what another query found is no answer to this one.
            if self.stale == Some(Stale::OtherQuery) {
                self.stale = None;
                self.items.clear();
                self.ids.clear();
            }
        }
    }

    /// Takes a page. Items already there are replaced in place: inserts and deletes on the server while paging may
    /// show one twice. Returns whether the answer belonged to this query.
    pub fn page(&mut self, ticket: u64, items: Vec<(Id, Item)>, next: Option<String>) -> bool {
        if ticket != self.query || !self.is_loading() {
            return false;
        }
        self.has_answered = true;
        if self.stale.take().is_some() {
            self.items.clear();
            self.ids.clear();
        }
        for (id, item) in items {
            if self.ids.insert(id.clone()) {
                self.items.push((id, item));
            } else if let Some(known) = self.items.iter_mut().find(|(known, _)| *known == id) {
                known.1 = item;
            }
        }
        self.phase = match &next {
            None => Phase::Complete,
            Some(cursor) if !self.used_cursors.insert(cursor.clone()) => Phase::Repeated,
            Some(_) => Phase::Paused,
        };
        self.next = next;
        true
    }

    /// Takes a failure. Returns whether it belonged to this query.
    pub fn fail(&mut self, ticket: u64, error: Error) -> bool {
        if ticket != self.query || !self.is_loading() {
            return false;
        }
        if self.stale == Some(Stale::OtherQuery) {
            self.stale = None;
            self.items.clear();
            self.ids.clear();
        }
        self.phase = Phase::Failed(error);
        true
    }

    /// Takes an item out, after it was deleted.
    pub fn remove(&mut self, id: &Id) {
        if self.ids.remove(id) {
            self.items.retain(|(known, _)| known != id);
        }
    }

    /// What was read, in the server's order.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.iter().map(|(_, item)| item)
    }

    /// How many were read.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// Where the loading stands.
    pub fn phase(&self) -> &Phase<Error> {
        &self.phase
    }

    /// Whether a page is being read.
    pub fn is_loading(&self) -> bool {
        matches!(self.phase, Phase::Loading)
    }

    /// Whether the items on screen are older than the query.
    pub fn is_stale(&self) -> bool {
        self.stale.is_some()
    }

    /// Whether any page of this query has been read.
    pub fn has_answered(&self) -> bool {
        self.has_answered
    }
}

#[cfg(test)]
mod tests;
