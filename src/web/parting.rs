//! The end of a session: what has to be done while its pages are still there, and how others find out that it has come.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::on_cleanup;

type Act = Rc<dyn Fn()>;

thread_local! {
    static ACTS: RefCell<Vec<(u64, Act)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u64> = const { Cell::new(0) };
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static ERA: Cell<u32> = const { Cell::new(0) };
}

/// The console is to be locked or disconnected, whether or not there is a session yet: one that waits for the server's
/// word does not begin any more.
pub(super) fn call_off() {
    CALLS.set(CALLS.get() + 1);
}

/// How often it was to be locked or disconnected.
pub(super) fn calls() -> u32 {
    CALLS.get()
}

/// A session has ended.
pub(super) fn end_era() {
    ERA.set(ERA.get() + 1);
}

/// How many sessions have ended in this page. What was begun in one era has nothing to tell in the next one.
#[must_use]
pub fn era() -> u32 {
    ERA.get()
}

/// Until the view goes away, `act` is done just before a lock: the session is still there then, and so is what was typed.
pub fn before_lock(act: impl Fn() + 'static) {
    let number = add(Rc::new(act));
    on_cleanup(move || remove(number));
}

fn add(act: Act) -> u64 {
    let number = LAST.get() + 1;
    LAST.set(number);
    ACTS.with_borrow_mut(|acts| acts.push((number, act)));
    number
}

fn remove(number: u64) {
    ACTS.with_borrow_mut(|acts| acts.retain(|(known, _)| *known != number));
}

/// The page is about to be locked.
pub(super) fn part() {
    // One of them may take itself away.
    let acts: Vec<Act> = ACTS.with_borrow(|acts| acts.iter().map(|(_, act)| Rc::clone(act)).collect());
    for act in acts {
        act();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_not_done() {
        let done = Rc::new(Cell::new(0));
        let count = |by: u32| {
            let done = Rc::clone(&done);
            add(Rc::new(move || done.set(done.get() + by)))
        };
        let (first, _second) = (count(1), count(10));
        part();
        remove(first);
        part();
        assert_eq!(done.get(), 21);
    }
}
