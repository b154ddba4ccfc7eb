//! Hooks that run before and after a session ends, and a counter of ended sessions.

use std::rc::Rc;

use leptos::prelude::*;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The console is locked: encrypted data may stay.
    Locked,
    /// Disconnected: nothing may stay. Runs before the browser's storage is wiped.
    Disconnected,
}

/// The hooks of one session. A handle.
#[derive(Clone, Copy)]
pub struct LifecycleHooks(StoredValue<State, LocalStorage>);

#[derive(Default)]
struct State {
    before_lock: Vec<(u64, Rc<dyn Fn()>)>,
    /// The number of the latest hook before a lock.
    last: u64,
    on_end: Vec<Rc<dyn Fn(End)>>,
    cancellations: u32,
    generation: u32,
}

impl LifecycleHooks {
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new_local(State::default()))
    }

    /// Runs `act` just before a lock, while the session and what was typed are still there, until the view is unmounted.
    pub fn before_lock(self, act: impl Fn() + 'static) {
        let number = self.add(Rc::new(act));
        on_cleanup(move || self.remove(number));
    }

    fn add(self, act: Rc<dyn Fn()>) -> Option<u64> {
        self.0.try_update_value(|state| {
            state.last += 1;
            state.before_lock.push((state.last, act));
            state.last
        })
    }

    fn remove(self, number: Option<u64>) {
        self.0
            .try_update_value(|state| state.before_lock.retain(|(known, _)| Some(*known) != number));
    }

    /// Runs `act` after each session has ended, for as long as the page is open.
    pub fn on_end(self, act: impl Fn(End) + 'static) {
        self.0.try_update_value(|state| state.on_end.push(Rc::new(act)));
    }

    /// How many sessions have ended in this page. Work started in one generation has no effect in the next.
    #[must_use]
    pub fn generation(self) -> u32 {
        self.0.try_with_value(|state| state.generation).unwrap_or_default()
    }

    /// Counts an ended session.
    pub(super) fn next_generation(self) {
        self.0.try_update_value(|state| state.generation += 1);
    }

    /// Cancels a session that is being established.
    pub(super) fn cancel_connecting(self) {
        self.0.try_update_value(|state| state.cancellations += 1);
    }

    /// How often sessions being established were cancelled.
    pub(super) fn cancellations(self) -> u32 {
        self.0.try_with_value(|state| state.cancellations).unwrap_or_default()
    }

    /// Runs the hooks before a lock. A hook may remove itself.
    pub(super) fn run_before_lock(self) {
        let hooks = self.0.try_with_value(|state| state.before_lock.clone());
        for (_, hook) in hooks.unwrap_or_default() {
            hook();
        }
    }

    /// Runs the hooks after an end.
    pub(super) fn run_on_end(self, end: End) {
        let hooks = self.0.try_with_value(|state| state.on_end.clone());
        for hook in hooks.unwrap_or_default() {
            hook(end);
        }
    }
}

impl Default for LifecycleHooks {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_removed_hook_does_not_run() {
        let hooks = LifecycleHooks::new();
        let done = Rc::new(Cell::new(0));
        let count = |by: u32| {
            let done = Rc::clone(&done);
            hooks.add(Rc::new(move || done.set(done.get() + by)))
        };
        let (first, _second) = (count(1), count(10));
        hooks.run_before_lock();
        hooks.remove(first);
        hooks.run_before_lock();
        assert_eq!(done.get(), 21);
    }
}
