//! Hooks that run before and after a session ends, and a counter of ended sessions.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::on_cleanup;

type Hook = Rc<dyn Fn()>;
type EndHook = Rc<dyn Fn(End)>;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The console is locked: what is encrypted may stay.
    Locked,
    /// Disconnected: nothing may stay. Runs before the browser's storage is wiped.
    Disconnected,
}

thread_local! {
    static LOCK_HOOKS: RefCell<Vec<(u64, Hook)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u64> = const { Cell::new(0) };
    static END_HOOKS: RefCell<Vec<EndHook>> = const { RefCell::new(Vec::new()) };
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static GENERATION: Cell<u32> = const { Cell::new(0) };
}

/// Cancels a session that is being established.
pub fn call_off() {
    CALLS.set(CALLS.get() + 1);
}

/// How often sessions being established were cancelled.
pub fn calls() -> u32 {
    CALLS.get()
}

/// Counts an ended session.
pub fn next_generation() {
    GENERATION.set(GENERATION.get() + 1);
}

/// How many sessions have ended in this page. Work started in one generation has no effect in the next.
#[must_use]
pub fn generation() -> u32 {
    GENERATION.get()
}

/// Runs `act` just before a lock, while the session and what was typed are still there, until the view is unmounted.
pub fn before_lock(act: impl Fn() + 'static) {
    let number = add(Rc::new(act));
    on_cleanup(move || remove(number));
}

/// Runs `act` after each session has ended, for as long as the page is open.
pub fn on_end(act: impl Fn(End) + 'static) {
    END_HOOKS.with_borrow_mut(|hooks| hooks.push(Rc::new(act)));
}

fn add(act: Hook) -> u64 {
    let number = LAST.get() + 1;
    LAST.set(number);
    LOCK_HOOKS.with_borrow_mut(|hooks| hooks.push((number, act)));
    number
}

fn remove(number: u64) {
    LOCK_HOOKS.with_borrow_mut(|hooks| hooks.retain(|(known, _)| *known != number));
}

/// Runs the hooks before a lock. A hook may remove itself.
pub fn run_lock_hooks() {
    let hooks: Vec<Hook> = LOCK_HOOKS.with_borrow(|hooks| hooks.iter().map(|(_, hook)| Rc::clone(hook)).collect());
    for hook in hooks {
        hook();
    }
}

/// Runs the hooks after an end.
pub fn run_end_hooks(end: End) {
    let hooks: Vec<EndHook> = END_HOOKS.with_borrow(Clone::clone);
    for hook in hooks {
        hook(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_hook_does_not_run() {
        let done = Rc::new(Cell::new(0));
        let count = |by: u32| {
            let done = Rc::clone(&done);
            add(Rc::new(move || done.set(done.get() + by)))
        };
        let (first, _second) = (count(1), count(10));
        run_lock_hooks();
        remove(first);
        run_lock_hooks();
        assert_eq!(done.get(), 21);
    }
}
