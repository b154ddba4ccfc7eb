//! Where the drafts of a form are kept, for whoever outlives it.

use std::cell::{Cell, RefCell};

use crate::store::drafts::Drafts;

thread_local! {
    /// How many forms there were.
    static COUNT: Cell<u64> = const { Cell::new(0) };
    /// Which form has kept a draft last.
    static KEEPERS: RefCell<Vec<(Place, u64)>> = const { RefCell::new(Vec::new()) };
}

/// Whose draft it is, and in which slot of theirs. What is typed while an older draft waits for a choice is kept in the
/// slot above that one, so that none is lost to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub drafts: Drafts,
    pub form: String,
    pub slot: usize,
}

impl Place {
    /// What it is kept under.
    pub fn name(&self) -> String {
        match self.slot {
            0 => self.form.clone(),
            slot => format!("{}/{slot}", self.form),
        }
    }

    /// The place of the older draft that waits, where one does.
    pub fn below(&self) -> Option<Self> {
        self.slot.checked_sub(1).map(|slot| Self { slot, ..self.clone() })
    }

    pub fn above(&self) -> Self {
        Self {
            slot: self.slot + 1,
            ..self.clone()
        }
    }

    pub fn forget(&self) {
        self.drafts.forget(&self.name());
    }

    /// This form has kept a draft there.
    pub fn kept_by(&self, number: u64) {
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
pub fn next_number() -> u64 {
    COUNT.set(COUNT.get() + 1);
    COUNT.get()
}

/// Where the draft of a form is kept. It outlives the form.
#[derive(Debug, Clone)]
pub struct DraftPlace {
    pub number: u64,
    /// One for each account that the form was typed in under.
    pub places: Vec<Place>,
}

impl DraftPlace {
    /// What the draft was of is saved or given up.
    pub fn forget(&self) {
        self.places.iter().for_each(Place::forget);
    }

    /// What the form has sent is saved, whether the form is there or not. What another form has kept since then is newer,
    /// and stays.
    pub fn forget_sent(&self) {
        let is_own = |place: &&Place| place.keeper().is_none_or(|keeper| keeper == self.number);
        self.places.iter().filter(is_own).for_each(Place::forget);
    }
}
