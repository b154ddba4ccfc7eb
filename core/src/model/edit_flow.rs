//! Editing a resource, as a state machine: user actions and server answers in, side effects out.
//!
//! The new value of a secret is not part of it: it stays in its text field until it is sent, so that no signal ever
//! holds it.

use contract::{Failure, FieldChange};

use crate::model::merge::{Field, Merge, Side};
use crate::model::metadata_form::{FormInput, MetadataForm};
use crate::model::resource::Resource;
use crate::model::write_outcome::{Failed, LookedUp, Seen, Version, WriteState};

/// The step on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditStep<Fields> {
    /// The form.
    Editing,
    /// The review of the changes.
    Reviewing(Vec<FieldChange>),
    /// The save is under way.
    Saving {
        /// The reviewed changes.
        changes: Vec<FieldChange>,
        /// Whether the save was sent. Before that, the resource is read again, to check that it is still the edited
        /// version.
        is_sent: bool,
    },
    /// Someone else has changed it: the user picks a side per field.
    Comparing(Box<Comparing<Fields>>),
    /// The response was lost: the resource is being read to find the outcome.
    Looking {
        /// The failure that lost the response.
        failure: Failure,
        /// A first look did not show the save.
        is_not_yet_visible: bool,
    },
    /// The result of the look-up after a lost response.
    Lost(LookedUp<Fields>),
}

impl<Fields: Clone> EditStep<Fields> {
    /// The write, if its response was lost.
    #[must_use]
    pub fn lost_write(&self) -> Option<WriteState<Fields>> {
        match self {
            Self::Looking {
                failure,
                is_not_yet_visible,
            } => Some(WriteState::Unknown {
                failure: failure.clone(),
                is_not_yet_visible: *is_not_yet_visible,
            }),
            Self::Lost(looked_up) => Some(WriteState::Failed(Failed::LookedUp(looked_up.clone()))),
            Self::Editing | Self::Reviewing(_) | Self::Saving { .. } | Self::Comparing(_) => None,
        }
    }
}

/// A version by someone else, beside the edited one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparing<Fields> {
    /// The server's version.
    pub theirs: Version<Fields>,
    /// The comparison and the picked sides.
    pub merge: Merge,
    /// A save was sent before, and its response was lost.
    pub is_after_loss: bool,
}

/// Editing one resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing<R: Resource> {
    /// The server's version when editing began, or the later one that was taken over since.
    pub before: Version<R::Fields>,
    /// The server's version when it was last read. A draft may be based on an older one.
    pub server: Version<R::Fields>,
    /// The metadata as typed.
    pub form: MetadataForm,
    /// The resource's own part as typed.
    pub part: R::Part,
    /// The step on screen.
    pub step: EditStep<R::Fields>,
    /// Review was requested, but the part is incomplete.
    pub is_part_missing: bool,
    /// Review was requested, but nothing has changed.
    pub is_unchanged: bool,
    /// Nothing was sent, because the update no longer equals the review.
    pub is_outdated: bool,
    /// Why the last action failed.
    pub failure: Option<Failure>,
}

/// Actions of the user, and answers of the server.
#[derive(Debug)]
pub enum Intent<R: Resource> {
    /// Changes a field of the metadata.
    Typed(FormInput),
    /// Changes the resource's own part.
    ChangedPart(R::Part),
    /// Opens the review.
    AskedForReview,
    /// Goes back to the form.
    WentBack,
    /// Saves, with the payload that is in no state.
    AskedToSave(R::Payload),
    /// The state of the save has changed.
    Write(WriteState<R::Fields>),
    /// Picks a side for a field.
    Picked(Field, Side),
    /// Picks a side for every conflict, and for the value.
    PickedAll(Side),
    /// Applies the picked sides.
    TookPicks,
    /// Retries the look-up.
    AskedToLook,
    /// Discards the input and takes the server's version.
    Discarded,
}

/// A side effect to run.
#[derive(Debug)]
pub enum Command<R: Resource> {
    /// Save this.
    Save(Box<Save<R>>),
    /// Look up the save again.
    LookAgain,
}

/// A reviewed update.
#[derive(Debug)]
pub struct Save<R: Resource> {
    /// The server's version when editing began: the update is only sent if it is still current.
    pub before: Version<R::Fields>,
    /// The intended fields.
    pub after: R::Fields,
    /// The update to send.
    pub update: R::Update,
}

impl<R: Resource> Editing<R> {
    /// Starts with a resource as read.
    #[must_use]
    pub fn of(server: Version<R::Fields>) -> Self {
        let form = MetadataForm::of(R::metadata(&server.fields));
        let part = R::part(&server.fields);
        Self::restored(server.clone(), server, form, part)
    }

    /// Starts with a draft, based on the version that it was made from, so that later changes are found before saving.
    #[must_use]
    pub fn restored(server: Version<R::Fields>, before: Version<R::Fields>, form: MetadataForm, part: R::Part) -> Self {
        Self {
            form: form.knowing(R::metadata(&before.fields)),
            before,
            server,
            part,
            step: EditStep::Editing,
            is_part_missing: false,
            is_unchanged: false,
            is_outdated: false,
            failure: None,
        }
    }

    /// Whether there is unsaved input.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.form.is_other_than(R::metadata(&self.before.fields)) || R::is_dirty(&self.part, &self.before.fields)
    }

    /// Whether an operation is under way that must not be interrupted.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.step, EditStep::Saving { .. } | EditStep::Looking { .. })
    }

    /// The fields that would be sent.
    #[must_use]
    pub fn after(&self) -> R::Fields {
        R::fields(self.form.fields(), &self.part)
    }

    /// The changes as typed, field by field.
    #[must_use]
    pub fn typed(&self) -> Vec<FieldChange> {
        R::changes(&self.before.fields, &self.after(), &self.part)
    }

    /// The changes being reviewed or saved, field by field.
    #[must_use]
    pub fn reviewed(&self) -> &[FieldChange] {
        match &self.step {
            EditStep::Reviewing(changes) | EditStep::Saving { changes, .. } => changes,
            _ => &[],
        }
    }

    /// Whether the save was sent; `None` if nothing is being saved.
    #[must_use]
    pub fn is_sent(&self) -> Option<bool> {
        match self.step {
            EditStep::Saving { is_sent, .. } => Some(is_sent),
            _ => None,
        }
    }

    /// Applies an intent and returns the side effect to run.
    pub fn apply(&mut self, intent: Intent<R>) -> Option<Command<R>> {
        match intent {
            Intent::Typed(input) => {
                self.form.apply(input);
                self.is_unchanged = false;
            }
            Intent::ChangedPart(part) => {
                self.part = part;
                self.is_part_missing = false;
                self.is_unchanged = false;
                self.form.forget(R::PART);
            }
            Intent::AskedForReview => self.review(),
            Intent::WentBack if !self.is_busy() => self.step = EditStep::Editing,
            Intent::WentBack => {}
            Intent::AskedToSave(payload) => return self.save(payload),
            Intent::Write(state) => self.follow(state),
            Intent::Picked(field, side) => {
                if let EditStep::Comparing(comparing) = &mut self.step {
                    comparing.merge.pick(field, side);
                }
            }
            Intent::PickedAll(side) => {
                if let EditStep::Comparing(comparing) = &mut self.step {
                    comparing.merge.pick_all(side);
                }
            }
            Intent::TookPicks => self.take_picks(),
            Intent::AskedToLook => {
                if let EditStep::Lost(_) = &self.step {
                    return Some(Command::LookAgain);
                }
            }
            Intent::Discarded if self.step == EditStep::Editing => *self = Self::of(self.server.clone()),
            Intent::Discarded => {}
        }
        None
    }

    fn review(&mut self) {
        self.is_outdated = false;
        self.failure = None;
        self.is_part_missing = R::is_incomplete(&self.part);
        let (Some(metadata), false) = (self.form.submit(), self.is_part_missing) else {
            self.step = EditStep::Editing;
            return;
        };
        let after = R::fields(metadata, &self.part);
        let changes = R::changes(&self.before.fields, &after, &self.part);
        self.is_unchanged = changes.is_empty();
        self.step = if self.is_unchanged {
            EditStep::Editing
        } else {
            EditStep::Reviewing(changes)
        };
    }

    /// Only what was reviewed is saved, and only once: a second click while it is under way is a no-op.
    fn save(&mut self, payload: R::Payload) -> Option<Command<R>> {
        let EditStep::Reviewing(changes) = &self.step else {
            return None;
        };
        self.failure = None;
        let after = self.after();
        let update = R::update(&self.before.fields, &after, payload).filter(|update| R::changes_of(update) == changes);
        let Some(update) = update else {
            self.step = EditStep::Editing;
            self.is_outdated = true;
            return None;
        };
        self.step = EditStep::Saving {
            changes: changes.clone(),
            is_sent: false,
        };
        Some(Command::Save(Box::new(Save {
            before: self.before.clone(),
            after,
            update,
        })))
    }

    /// Follows the save under way.
    fn follow(&mut self, state: WriteState<R::Fields>) {
        match state {
            WriteState::Running { is_sent: now } => {
                if let EditStep::Saving { is_sent, .. } = &mut self.step {
                    *is_sent = now;
                }
            }
            WriteState::Unknown {
                failure,
                is_not_yet_visible,
            } => {
                self.step = EditStep::Looking {
                    failure,
                    is_not_yet_visible,
                };
            }
            // The view navigates to the resource.
            WriteState::Done(_) => {}
            WriteState::Failed(Failed::NotSent(failure)) => {
                if let EditStep::Saving { changes, .. } = &self.step {
                    self.step = EditStep::Reviewing(changes.clone());
                    self.failure = Some(failure);
                }
            }
            WriteState::Failed(Failed::Conflict(now)) => self.compare(now, false),
            WriteState::Failed(Failed::Refused(failure)) => {
                self.form.set_server_errors(failure.violations());
                self.failure = Some(failure);
                self.step = EditStep::Editing;
            }
            WriteState::Failed(Failed::LookedUp(looked_up)) => match &looked_up.seen {
                Ok(Seen::Changed(now)) => self.compare(now.clone(), true),
                Ok(Seen::Unchanged(now) | Seen::ValueUnknown(now)) => {
                    self.server = now.clone();
                    self.before = now.clone();
                    self.step = EditStep::Lost(looked_up);
                }
                Ok(Seen::Nothing | Seen::Similar { .. }) | Err(_) => self.step = EditStep::Lost(looked_up),
            },
        }
    }

    fn compare(&mut self, theirs: Version<R::Fields>, is_after_loss: bool) {
        let (before, after) = (&self.before.fields, self.after());
        let merge = Merge::of(
            R::metadata(before),
            R::metadata(&theirs.fields),
            R::metadata(&after),
            R::compare(before, &theirs.fields, &after),
        );
        self.server = theirs.clone();
        self.step = EditStep::Comparing(Box::new(Comparing {
            theirs,
            merge,
            is_after_loss,
        }));
    }

    /// Their version becomes the base, and the picks become the input.
    fn take_picks(&mut self) {
        let EditStep::Comparing(comparing) = &self.step else {
            return;
        };
        let Some(fields) = comparing.merge.fields() else {
            return;
        };
        self.form = MetadataForm::of(&fields).knowing(R::metadata(&comparing.theirs.fields));
        self.part = R::pick(self.part.clone(), &comparing.merge);
        self.before = comparing.theirs.clone();
        self.review();
    }
}

#[cfg(test)]
mod tests;
