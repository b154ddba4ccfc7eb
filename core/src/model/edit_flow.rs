//! Editing a secret, as a state machine: what is asked, what comes back, what is to be done.
//!
//! The new value is not in here: it stays in its text field until it is sent, so that no signal ever holds one.

mod intent;

pub use crate::model::edit_flow::intent::{Command, Intent};

use contract::{Failure, FieldChange, PlannedValue, SecretUpdate, ValueChange};

use crate::model::merge::{Merge, YourValue};
use crate::model::metadata_form::Form;
use crate::model::write_outcome::{self, Outcome, ValueSeen, Version};

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
    /// The secret is read again, to see whether it is still what was edited.
    Checking(Vec<FieldChange>),
    /// It is being sent.
    Saving(Vec<FieldChange>),
    /// Someone else has changed it: the person picks.
    Comparing(Box<Comparing>),
    /// The answer was lost: the secret is read, to see what became of it. The failure that lost it.
    Looking(Failure),
    /// What could be seen after the answer was lost.
    Lost(Lost),
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

/// An update whose answer was lost, and what is known of it by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The failure that lost the answer.
    pub failure: Failure,
    /// What the server has says so much; where it could not be asked, why not.
    pub found: Result<Outcome, Failure>,
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
        matches!(self.step, Step::Checking(_) | Step::Saving(_) | Step::Looking(_))
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
            Intent::AskedToSave => return self.check(),
            Intent::Checked(now, value) => return self.save(now, value),
            Intent::CheckFailed(failure) => {
                if let Step::Checking(changes) = &self.step {
                    self.step = Step::Reviewing(changes.clone());
                    self.failure = Some(failure);
                }
            }
            Intent::Picked(field, side) => {
                if let Step::Comparing(comparing) = &mut self.step {
                    comparing.merge.pick(field, side);
                }
            }
            Intent::TookPicks { new_value_bytes } => self.take_picks(new_value_bytes),
            // The view leaves for the secret.
            Intent::Saved => {}
            Intent::Failed(failure) if failure.is_outcome_unknown() => {
                self.step = Step::Looking(failure);
                return Some(Command::Look);
            }
            Intent::Failed(failure) => {
                self.form.violate(failure.violations());
                self.failure = Some(failure);
                self.step = Step::Editing;
            }
            Intent::Looked(now, value) => return self.looked(now, value),
            Intent::LookFailed(failure) => {
                if let Step::Looking(lost) = &self.step {
                    self.step = Step::Lost(Lost {
                        failure: lost.clone(),
                        found: Err(failure),
                    });
                }
            }
            Intent::AskedToLook => {
                if let Step::Lost(lost) = &self.step {
                    self.step = Step::Looking(lost.failure.clone());
                    return Some(Command::Look);
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
    fn check(&mut self) -> Option<Command> {
        let Step::Reviewing(changes) = &self.step else {
            return None;
        };
        self.step = Step::Checking(changes.clone());
        self.failure = None;
        Some(Command::Check)
    }

    fn save(&mut self, now: Version, value: ValueChange) -> Option<Command> {
        let Step::Checking(changes) = &self.step else {
            return None;
        };
        if now.differs_from(&self.before) {
            self.compare(now, false);
            return None;
        }
        let update = SecretUpdate::between(&self.before.fields, &self.form.fields(), value)
            .filter(|update| update.changes() == changes);
        let Some(update) = update else {
            self.step = Step::Editing;
            self.is_outdated = true;
            return None;
        };
        self.step = Step::Saving(changes.clone());
        Some(Command::Save(update))
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

    fn looked(&mut self, now: Version, value: ValueSeen) -> Option<Command> {
        let Step::Looking(failure) = &self.step else {
            return None;
        };
        let outcome = write_outcome::of_update(&self.before, &self.form.fields(), value, &now);
        match outcome {
            Outcome::Done => return Some(Command::Leave),
            Outcome::Changed => self.compare(now, true),
            Outcome::NotDone | Outcome::ValueUnknown => {
                self.step = Step::Lost(Lost {
                    failure: failure.clone(),
                    found: Ok(outcome),
                });
                self.server = now.clone();
                self.before = now;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
