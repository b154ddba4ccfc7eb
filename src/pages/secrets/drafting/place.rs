//! Where the drafts of a form are kept, for whoever outlives it.

use std::cell::{Cell, RefCell};

use crate::web::drafts::Drafts;

thread_local! {
    /// How many forms there were.
    static COUNT: Cell<u64> = const { Cell::new(0) };
    /// Which form has kept a draft last.
    static KEEPERS: RefCell<Vec<(Place, u64)>> = const { RefCell::new(Vec::new()) };
}

/// Whose draft it is, and in which slot of theirs. What is typed while an older draft waits for a choice is kept in the
/// slot above that one, so that none is lost to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) drafts: Drafts,
    pub(super) form: String,
    pub(super) slot: usize,
}

impl Place {
    /// What it is kept under.
    pub(super) fn name(&self) -> String {
        match self.slot {
            0 => self.form.clone(),
            slot => format!("{}/{slot}", self.form),
        }
    }

    /// The place of the older draft that waits, where one does.
    pub(super) fn below(&self) -> Option<Self> {
        self.slot.checked_sub(1).map(|slot| Self { slot, ..self.clone() })
    }

    pub(super) fn above(&self) -> Self {
        Self {
            slot: self.slot + 1,
            ..self.clone()
        }
    }

    pub(super) fn forget(&self) {
        self.drafts.forget(&self.name());
    }

    /// This form has kept a draft there.
    pub(super) fn kept_by(&self, number: u64) {
        KEEPERS.with_borrow_mut(|keepers| {
            keepers.retain(|(place, _)| place != self);
            keepers.push((self.clone(), number));
        });
    }

    fn keeper(&self) -> Option<u64> {
        KEEPERS.with_borrow(|keepers| {
            keepers
                .iter()
                .find(|(place, _)| place == self)
                .map(|(_, number)| *number)
        })
    }
}

/// The number of a new form.
pub(super) fn next_number() -> u64 {
    COUNT.set(COUNT.get() + 1);
    COUNT.get()
}

/// Where the draft of a form is kept. It outlives the form.
#[derive(Debug, Clone)]
pub(in crate::pages::secrets) struct DraftPlace {
    pub(super) number: u64,
    /// One for each account that the form was typed in under.
    pub(super) places: Vec<Place>,
}

impl DraftPlace {
    /// What the draft was of is saved or given up.
    pub(in crate::pages::secrets) fn forget(&self) {
        self.places.iter().for_each(Place::forget);
    }

    /// What the form has sent is saved, whether the form is there or not. What another form has kept since then is newer,
    /// and stays.
    pub(in crate::pages::secrets) fn forget_sent(&self) {
        let is_own = |place: &&Place| place.keeper().is_none_or(|keeper| keeper == self.number);
        self.places.iter().filter(is_own).for_each(Place::forget);
    }
}
