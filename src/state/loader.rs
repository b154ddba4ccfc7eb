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
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Numbers = Loader<u32, u32, &'static str>;

    fn pairs(range: std::ops::Range<u32>) -> Vec<(u32, u32)> {
        range.map(|number| (number, number)).collect()
    }

    #[test]
    fn pages_until_there_is_no_cursor() {
        let mut list = Numbers::default();
        let first = list.start();
        assert_eq!(first.cursor, None);
        assert!(list.more().is_none(), "one page at a time");
        list.page(first.ticket, pairs(0..3), Some("a".to_owned()));
        assert_eq!(list.phase(), &Phase::Paused);
        let second = list.more().unwrap();
        assert_eq!(second.cursor.as_deref(), Some("a"));
        // An empty page with a cursor is not the last one.
        list.page(second.ticket, Vec::new(), Some("b".to_owned()));
        assert_eq!(list.phase(), &Phase::Paused);
        let third = list.more().unwrap();
        list.page(third.ticket, pairs(3..5), None);
        assert_eq!(list.phase(), &Phase::Complete);
        assert!(list.more().is_none());
        assert_eq!(list.items().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_repeated_cursor_stops_it() {
        let mut list = Numbers::default();
        let first = list.start();
        list.page(first.ticket, pairs(0..1), Some("a".to_owned()));
        let second = list.more().unwrap();
        list.page(second.ticket, pairs(1..2), Some("a".to_owned()));
        assert_eq!(list.phase(), &Phase::Repeated);
        assert!(list.more().is_none());
        assert_eq!(list.count(), 2);
    }

    #[test]
    fn a_failed_page_is_asked_again_alone() {
        let mut list = Numbers::default();
        let first = list.start();
        list.page(first.ticket, pairs(0..2), Some("a".to_owned()));
        let second = list.more().unwrap();
        list.fail(second.ticket, "503");
        assert_eq!((list.phase(), list.count()), (&Phase::Failed("503"), 2));
        let again = list.more().unwrap();
        assert_eq!(again.cursor.as_deref(), Some("a"));
        list.page(again.ticket, pairs(2..4), None);
        assert_eq!((list.phase(), list.count()), (&Phase::Complete, 4));
    }

    #[test]
    fn answers_of_another_query_are_dropped() {
        let mut list = Numbers::default();
        let old = list.start();
        let new = list.start();
        assert!(!list.page(old.ticket, pairs(0..9), None));
        assert!(!list.fail(old.ticket, "late"));
        assert!(list.page(new.ticket, pairs(20..21), None));
        assert_eq!(list.items().copied().collect::<Vec<_>>(), [20]);
    }

    #[test]
    fn the_screen_never_goes_blank_for_a_moment() {
        let mut list = Numbers::default();
        let first = list.start();
        list.page(first.ticket, pairs(0..3), None);
        let again = list.refresh();
        assert_eq!((list.count(), list.is_stale()), (3, true));
        list.fail(again.ticket, "503");
        assert_eq!(list.count(), 3, "what was read is better than nothing");
        let retry = list.more().unwrap();
        list.page(retry.ticket, pairs(1..3), None);
        assert_eq!((list.count(), list.is_stale()), (2, false));
        let other = list.start();
        assert_eq!((list.count(), list.is_stale()), (2, true));
        list.fail(other.ticket, "503");
        assert_eq!(
            list.count(),
            0,
            "rows of another query must not look like an answer to this one"
        );
    }

    #[test]
    fn a_stopped_page_comes_too_late() {
        let mut list = Numbers::default();
        let first = list.start();
        list.stop();
        assert!(!list.page(first.ticket, pairs(0..1), None));
        let again = list.more().unwrap();
        assert!(list.page(again.ticket, pairs(0..1), None));
    }

    proptest! {
        /// A server that inserts and deletes while it pages: nothing twice, nothing missing that was there throughout.
        #[test]
        fn nothing_twice_and_nothing_missing(
            start in proptest::collection::btree_set(0u32..500, 0..60),
            limit in 1usize..7,
            edits in proptest::collection::vec((any::<bool>(), 0u32..500), 0..40),
        ) {
            let mut server = start.clone();
            let mut throughout = start;
            let mut edits = edits.into_iter();
            let mut list = Numbers::default();
            let mut request = Some(list.start());
            while let Some(asked) = request {
                let after = asked.cursor.as_ref().map(|cursor| cursor.parse::<u32>().unwrap());
                let page: Vec<u32> = server.iter().copied().filter(|it| after.is_none_or(|after| *it > after)).take(limit).collect();
                let next = (page.len() == limit).then(|| page[limit - 1].to_string());
                list.page(asked.ticket, page.into_iter().map(|it| (it, it)).collect(), next);
                if let Some((insert, number)) = edits.next() {
                    if insert { server.insert(number); } else { server.remove(&number); throughout.remove(&number); }
                }
                request = list.more();
            }
            prop_assert_eq!(list.phase(), &Phase::Complete);
            let seen: Vec<u32> = list.items().copied().collect();
            let once: HashSet<u32> = seen.iter().copied().collect();
            prop_assert_eq!(seen.len(), once.len());
            prop_assert!(throughout.iter().all(|it| once.contains(it)));
        }
    }
}
