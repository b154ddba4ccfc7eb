//! Signals that others only read.

use std::ops::Deref;

use leptos::prelude::{ReadSignal, RwSignal};

/// A signal with a handle for readers that lives as long as the signal.
///
/// `RwSignal::read_only` makes a new handle for each caller, and the view or effect that asks for it owns it: in an effect
/// the handle ends when the effect runs again, and whatever has kept it fails. In a timer or an event nobody owns it, and it
/// keeps the value of the signal as long as the page is open.
#[derive(Debug)]
pub struct Published<T: Send + Sync + 'static> {
    signal: RwSignal<T>,
    read: ReadSignal<T>,
}

impl<T: Send + Sync + 'static> Clone for Published<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Published<T> {}

impl<T: Send + Sync + 'static> Deref for Published<T> {
    type Target = RwSignal<T>;

    fn deref(&self) -> &RwSignal<T> {
        &self.signal
    }
}

impl<T: Send + Sync + 'static> Published<T> {
    /// Owned by the present owner.
    #[must_use]
    pub fn new(value: T) -> Self {
        let signal = RwSignal::new(value);
        Self {
            signal,
            read: signal.read_only(),
        }
    }

    /// The handle for readers.
    #[must_use]
    pub fn read_only(self) -> ReadSignal<T> {
        self.read
    }
}
