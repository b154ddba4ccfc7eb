//! Where the draft of a form is kept.

use std::cell::{Cell, RefCell};

use crate::store::drafts::Drafts;

thread_local! {
    /// How many forms there were in this page.
    static COUNT: Cell<u64> = const { Cell::new(0) };
    /// The form that kept each draft last.
    static KEEPERS: RefCell<Vec<(DraftSlot, u64)>> = const { RefCell::new(Vec::new()) };
}

/// Whose draft it is, and in which slot of theirs. What is typed while an older draft waits for a choice is kept in the
/// slot above that one, so that none is lost to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSlot {
    pub drafts: Drafts,
    pub form: String,
    pub slot: usize,
}

impl DraftSlot {
    /// The name that it is stored under.
    pub fn name(&self) -> String {
        match self.slot {
            0 => self.form.clone(),
            slot => format!("{}/{slot}", self.form),
        }
    }

    /// The slot of the older draft that waits, where there is one.
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

/// The draft of what a write has sent: deleted once that is done.
#[derive(Debug, Clone, Default)]
pub struct SentDraft {
    /// The number of the form.
    pub form: u64,
    /// One slot for each account that the form was typed in under.
    pub slots: Vec<DraftSlot>,
}

impl SentDraft {
    /// Deletes it, unless another form has kept a newer one in the same slot since.
    pub fn delete(&self) {
        let is_own = |slot: &&DraftSlot| slot.keeper().is_none_or(|keeper| keeper == self.form);
        self.slots.iter().filter(is_own).for_each(DraftSlot::forget);
    }
}
