//! Editing a secret, as a state machine: what is asked, what comes back, what is to be done.
//!
//! The new value is not in here: it stays in its text field until it is sent, so that no signal ever holds one.

mod intent;

pub use crate::model::edit_flow::intent::{Command, Intent, Save};

use contract::{Failure, FieldChange, PlannedValue, SecretUpdate, ValueChange};

use crate::model::merge::{Merge, YourValue};
use crate::model::metadata_form::Form;
use crate::model::write_outcome::{Failed, LookedUp, Seen, Version, WriteState};

/// What to do with the value; the choice alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ValueChoice {
    /// Leave it.
    #[default]
    Keep,
    /// Write the one in the text field.
    Replace,
    /// Remove it.
    Clear,
}

/// What is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The form.
    Editing,
    /// What will be sent.
    Reviewing(Vec<FieldChange>),
    /// It is being saved.
    Saving {
        /// What was reviewed.
        changes: Vec<FieldChange>,
        /// Whether it was sent. Before that, the secret is read again, to see whether it is still what was edited.
        is_sent: bool,
    },
    /// Someone else has changed it: the person picks.
    Comparing(Box<Comparing>),
    /// The answer was lost: the secret is read, to see what became of it.
    Looking {
        /// The failure that lost the answer.
        failure: Failure,
        /// A first look showed nothing of it.
        is_not_yet_visible: bool,
    },
    /// What could be seen after the answer was lost.
    Lost(LookedUp),
}

/// The secret as somebody else has left it, beside what was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparing {
    /// What the server has.
    pub theirs: Version,
    /// What is picked of it.
    pub merge: Merge,
    /// A save was sent before, and its answer was lost.
    pub is_after_loss: bool,
}

/// Editing one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    /// What the server had when the editing began, or since then when its version was taken.
    pub before: Version,
    /// What the server had when it was last read. A draft may be of an earlier time.
    pub server: Version,
    /// The fields as typed.
    pub form: Form,
    /// What to do with the value.
    pub choice: ValueChoice,
    /// What is on screen.
    pub step: Step,
    /// Replace was chosen, and there is no new value.
    pub is_value_missing: bool,
    /// Review was asked for, and there is nothing to review.
    pub is_unchanged: bool,
    /// What would have been sent was no longer what was reviewed, so nothing was.
    pub is_outdated: bool,
    /// Why the last thing failed that was tried.
    pub failure: Option<Failure>,
}

impl Editing {
    /// Starts with a secret as it was read.
    #[must_use]
    pub fn of(before: Version) -> Self {
        Self {
            form: Form::of(&before.fields),
            server: before.clone(),
            before,
            choice: ValueChoice::Keep,
            step: Step::Editing,
            is_value_missing: false,
            is_unchanged: false,
            is_outdated: false,
            failure: None,
        }
    }

    /// Whether anything was typed that is not saved, if only because it is not to be; an empty text field for the value is nothing.
    #[must_use]
    pub fn is_dirty(&self, has_value: bool) -> bool {
        let is_value_dirty = match self.choice {
            // Whoever has typed a value and keeps the old one may change their mind again.
            ValueChoice::Keep | ValueChoice::Replace => has_value,
            ValueChoice::Clear => true,
        };
        is_value_dirty || self.form.is_other_than(&self.before.fields)
    }

    /// Whether something is under way that must not be disturbed.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.step, Step::Saving { .. } | Step::Looking { .. })
    }

    /// What is planned for the value, whose text field holds so many bytes.
    #[must_use]
    pub fn planned(&self, new_value_bytes: Option<usize>) -> PlannedValue {
        match self.choice {
            ValueChoice::Keep => PlannedValue::Keep,
            ValueChoice::Replace => PlannedValue::Replace(new_value_bytes.unwrap_or(0)),
            ValueChoice::Clear => PlannedValue::Clear,
        }
    }

    /// The next state, and what is to be done.
    pub fn apply(&mut self, intent: Intent) -> Option<Command> {
        match intent {
            Intent::Typed(input) => {
                self.form.apply(input);
                self.is_unchanged = false;
            }
            Intent::Chose(choice) => {
                self.choice = choice;
                self.value_changed();
            }
            Intent::TypedValue => self.value_changed(),
            Intent::AskedForReview { new_value_bytes } => self.review(new_value_bytes),
            Intent::WentBack if !self.is_busy() => self.step = Step::Editing,
            Intent::WentBack => {}
            Intent::AskedToSave(value) => return self.save(value),
            Intent::Write(state) => self.follow(state),
            Intent::Picked(field, side) => {
                if let Step::Comparing(comparing) = &mut self.step {
                    comparing.merge.pick(field, side);
                }
            }
            Intent::TookPicks { new_value_bytes } => self.take_picks(new_value_bytes),
            Intent::AskedToLook => {
                if let Step::Lost(_) = &self.step {
                    return Some(Command::LookAgain);
                }
            }
            Intent::Restored(draft) => {
                let (before, form, choice) = *draft;
                *self = Self {
                    form,
                    choice,
                    server: self.server.clone(),
                    ..Self::of(before)
                };
            }
            Intent::Discarded if self.step == Step::Editing => *self = Self::of(self.server.clone()),
            Intent::Discarded => {}
        }
        None
    }

    fn value_changed(&mut self) {
        self.is_value_missing = false;
        self.is_unchanged = false;
        self.form.value_changed();
    }

    fn review(&mut self, new_value_bytes: Option<usize>) {
        self.is_outdated = false;
        self.failure = None;
        self.is_value_missing = self.choice == ValueChoice::Replace && new_value_bytes.unwrap_or(0) == 0;
        let fields = self.form.submit();
        let (Some(fields), false) = (fields, self.is_value_missing) else {
            self.step = Step::Editing;
            return;
        };
        // The changes are counted with an update that holds no value.
        let mut changes = SecretUpdate::between(&self.before.fields, &fields, ValueChange::Keep)
            .map(|update| update.changes().to_vec())
            .unwrap_or_default();
        match self.choice {
            ValueChoice::Keep => {}
            ValueChoice::Replace => changes.push(FieldChange::ValueReplaced(new_value_bytes.unwrap_or(0))),
            ValueChoice::Clear => changes.push(FieldChange::ValueCleared),
        }
        self.is_unchanged = changes.is_empty();
        self.step = if self.is_unchanged {
            Step::Editing
        } else {
            Step::Reviewing(changes)
        };
    }

    /// Only what was reviewed is saved, and only once: a second click while it is under way does nothing.
    fn save(&mut self, value: ValueChange) -> Option<Command> {
        let Step::Reviewing(changes) = &self.step else {
            return None;
        };
        self.failure = None;
        let after = self.form.fields();
        let update =
            SecretUpdate::between(&self.before.fields, &after, value).filter(|update| update.changes() == changes);
        let Some(update) = update else {
            self.step = Step::Editing;
            self.is_outdated = true;
            return None;
        };
        self.step = Step::Saving {
            changes: changes.clone(),
            is_sent: false,
        };
        Some(Command::Save(Box::new(Save {
            before: self.before.clone(),
            after,
            update,
        })))
    }

    /// Follows the save that is under way.
    fn follow(&mut self, state: WriteState) {
        match state {
            WriteState::Running { is_sent: now } => {
                if let Step::Saving { is_sent, .. } = &mut self.step {
                    *is_sent = now;
                }
            }
            WriteState::Unknown {
                failure,
                is_not_yet_visible,
            } => {
                self.step = Step::Looking {
                    failure,
                    is_not_yet_visible,
                };
            }
            // The view leaves for the secret.
            WriteState::Done(_) => {}
            WriteState::Failed(Failed::NotSent(failure)) => {
                if let Step::Saving { changes, .. } = &self.step {
                    self.step = Step::Reviewing(changes.clone());
                    self.failure = Some(failure);
                }
            }
            WriteState::Failed(Failed::Conflict(now)) => self.compare(now, false),
            WriteState::Failed(Failed::Refused(failure)) => {
                self.form.violate(failure.violations());
                self.failure = Some(failure);
                self.step = Step::Editing;
            }
            WriteState::Failed(Failed::LookedUp(looked_up)) => match &looked_up.seen {
                Ok(Seen::Changed(now)) => self.compare(now.clone(), true),
                Ok(Seen::Unchanged(now) | Seen::ValueUnknown(now)) => {
                    self.server = now.clone();
                    self.before = now.clone();
                    self.step = Step::Lost(looked_up);
                }
                Ok(Seen::Nothing | Seen::Similar { .. }) | Err(_) => self.step = Step::Lost(looked_up),
            },
        }
    }

    fn compare(&mut self, theirs: Version, is_after_loss: bool) {
        let yours = match self.choice {
            ValueChoice::Keep => YourValue::Kept,
            ValueChoice::Replace => YourValue::Replaced,
            ValueChoice::Clear => YourValue::Cleared,
        };
        let merge = Merge::of(&self.before.fields, &theirs.fields, &self.form.fields(), yours);
        self.server = theirs.clone();
        self.step = Step::Comparing(Box::new(Comparing {
            theirs,
            merge,
            is_after_loss,
        }));
    }

    /// From now on the other's version is what was edited, and the picks are what was typed.
    fn take_picks(&mut self, new_value_bytes: Option<usize>) {
        let Step::Comparing(comparing) = &self.step else { return };
        let Some(fields) = comparing.merge.fields() else {
            return;
        };
        let is_kept = comparing.merge.value() == YourValue::Kept;
        self.before = comparing.theirs.clone();
        self.form = Form::of(&fields);
        if is_kept {
            self.choice = ValueChoice::Keep;
        }
        self.review(new_value_bytes.filter(|_| !is_kept));
    }
}

#[cfg(test)]
mod tests;
