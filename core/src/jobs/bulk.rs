//! Runs one task for many items, one after the other, and tracks what is done, failed and left.

/// The state of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<Outcome, Error> {
    /// Not started.
    Waiting,
    /// Running.
    UnderWay,
    /// Done, and what came of it.
    Done(Outcome),
    /// Failed, and why.
    Failed(Error),
}

/// A task for each of many items. Each step takes constant time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk<Item, Outcome, Error> {
    items: Vec<(Item, Step<Outcome, Error>)>,
    counts: Counts,
    /// The number of running items.
    under_way: usize,
    /// No item before this one waits.
    next: usize,
    is_stopped: bool,
}

/// The number of items in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: usize,
    /// Done.
    pub done: usize,
    /// Failed.
    pub failed: usize,
    /// Neither done nor failed.
    pub left: usize,
}

impl<Item, Outcome, Error> Bulk<Item, Outcome, Error> {
    /// A run of these items, none of them started.
    #[must_use]
    pub fn new(items: Vec<Item>) -> Self {
        Self {
            counts: Counts {
                all: items.len(),
                left: items.len(),
                ..Counts::default()
            },
            items: items.into_iter().map(|item| (item, Step::Waiting)).collect(),
            under_way: 0,
            next: 0,
            is_stopped: false,
        }
    }

    /// Starts the next item; `None` if the run is stopped or no item waits.
    pub fn take(&mut self) -> Option<usize> {
        if self.is_stopped {
            return None;
        }
        let rest = self.items.get(self.next..)?;
        let next = self.next + rest.iter().position(|(_, step)| matches!(step, Step::Waiting))?;
        self.set(next, Step::UnderWay);
        self.next = next + 1;
        self.under_way += 1;
        Some(next)
    }

    /// Records the result of a running item.
    pub fn end(&mut self, index: usize, result: Result<Outcome, Error>) {
        if !self.is_under_way(index) {
            return;
        }
        self.under_way -= 1;
        self.counts.left -= 1;
        match result {
            Ok(outcome) => {
                self.counts.done += 1;
                self.set(index, Step::Done(outcome));
            }
            Err(error) => {
                self.counts.failed += 1;
                self.set(index, Step::Failed(error));
            }
        }
    }

    /// Returns a running item to the queue, because it was not done.
    pub fn postpone(&mut self, index: usize) {
        if self.is_under_way(index) {
            self.under_way -= 1;
            self.set(index, Step::Waiting);
            self.next = self.next.min(index);
        }
    }

    /// Starts a failed item again, apart from the rest. Returns whether it had failed.
    pub fn take_failed(&mut self, index: usize) -> bool {
        let has_failed = matches!(self.items.get(index), Some((_, Step::Failed(_))));
        if has_failed {
            self.counts.failed -= 1;
            self.counts.left += 1;
            self.under_way += 1;
            self.set(index, Step::UnderWay);
        }
        has_failed
    }

    fn is_under_way(&self, index: usize) -> bool {
        matches!(self.items.get(index), Some((_, Step::UnderWay)))
    }

    fn set(&mut self, index: usize, step: Step<Outcome, Error>) {
        if let Some((_, present)) = self.items.get_mut(index) {
            *present = step;
        }
    }

    /// Changes an item, for its next try.
    pub fn change(&mut self, index: usize, change: impl FnOnce(&mut Item)) {
        if let Some((item, _)) = self.items.get_mut(index) {
            change(item);
        }
    }

    /// Starts no more items. Running ones finish.
    pub fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// Continues with the waiting items and retries the failed ones.
    pub fn resume(&mut self) {
        self.is_stopped = false;
        self.next = 0;
        self.counts.left += std::mem::take(&mut self.counts.failed);
        for (_, step) in &mut self.items {
            if matches!(step, Step::Failed(_)) {
                *step = Step::Waiting;
            }
        }
    }

    /// Overwrites the data of each item and its failure. States and counts stay.
    pub fn redact(&mut self, item: &Item, error: &Error)
    where
        Item: Clone,
        Error: Clone,
    {
        for (known, step) in &mut self.items {
            known.clone_from(item);
            if let Step::Failed(known) = step {
                known.clone_from(error);
            }
        }
    }

    /// Whether the run was stopped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Whether any item is running or about to start.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.under_way > 0 || !self.is_stopped && self.counts.left > 0
    }

    /// The items and their states.
    #[must_use]
    pub fn items(&self) -> &[(Item, Step<Outcome, Error>)] {
        &self.items
    }

    /// The number of items in each state.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_after_the_other_stopped_and_tried_again() {
        let mut bulk = Bulk::new(vec!["a", "b", "c"]);
        assert_eq!(bulk.take(), Some(0));
        bulk.end(0, Ok(()));
        assert_eq!(bulk.take(), Some(1));
        bulk.stop();
        bulk.end(1, Err("no"));
        assert_eq!(bulk.take(), None);
        assert!(!bulk.is_running());
        let counts = Counts {
            all: 3,
            done: 1,
            failed: 1,
            left: 1,
        };
        assert_eq!(bulk.counts(), counts);
        bulk.resume();
        assert_eq!(bulk.take(), Some(1));
        bulk.postpone(1);
        assert_eq!(bulk.take(), Some(1), "it comes again");
        bulk.end(1, Ok(()));
        assert_eq!(bulk.take(), Some(2));
        bulk.end(2, Ok(()));
        assert_eq!((bulk.take(), bulk.is_running(), bulk.counts().done), (None, false, 3));
    }

    proptest! {
        #[test]
        fn nothing_is_done_twice(steps in proptest::collection::vec(0_u8..7, 0..80)) {
            let mut bulk = Bulk::new((0..8).collect::<Vec<_>>());
            let (mut done, mut under_way) = (Vec::new(), Vec::new());
            for step in steps {
                match step {
                    6 => under_way.extend((0..8).find(|index| bulk.take_failed(*index))),
                    0 | 1 => under_way.extend(bulk.take()),
                    2 => if let Some(index) = under_way.pop() { bulk.end(index, Ok::<_, ()>(())); done.push(index); },
                    3 => if let Some(index) = under_way.pop() { bulk.end(index, Err(())); },
                    4 => if let Some(index) = under_way.pop() { bulk.postpone(index); },
                    _ => if bulk.is_stopped() { bulk.resume() } else { bulk.stop() },
                }
                let mut distinct = done.clone();
                distinct.sort_unstable();
                distinct.dedup();
                prop_assert_eq!(distinct.len(), done.len());
                let count = |is_it: fn(&Step<(), ()>) -> bool| bulk.items().iter().filter(|(_, step)| is_it(step)).count();
                let counts = Counts {
                    all: 8,
                    done: count(|step| matches!(step, Step::Done(()))),
                    failed: count(|step| matches!(step, Step::Failed(()))),
                    left: count(|step| matches!(step, Step::Waiting | Step::UnderWay)),
                };
                prop_assert_eq!(bulk.counts(), counts);
                prop_assert_eq!(counts.done, done.len());
                let is_active = |step: &Step<(), ()>| match step {
                    Step::UnderWay => true,
                    Step::Waiting => !bulk.is_stopped(),
                    Step::Done(()) | Step::Failed(()) => false,
                };
                prop_assert_eq!(bulk.is_running(), bulk.items().iter().any(|(_, step)| is_active(step)));
            }
        }
    }
}
