//! Editing a resource, as a state machine: what is asked, what comes back, what is to be done.
//!
//! The new value of a secret is not in here: it stays in its text field until it is sent, so that no signal ever holds one.

use contract::{Failure, FieldChange};

use crate::model::merge::{Field, Merge, Side};
use crate::model::metadata_form::{FormInput, MetadataForm};
use crate::model::resource::Resource;
use crate::model::write_outcome::{Failed, LookedUp, Seen, Version, WriteState};

/// What is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditStep<Fields> {
    /// The form.
    Editing,
    /// What will be sent.
    Reviewing(Vec<FieldChange>),
    /// It is being saved.
    Saving {
        /// What was reviewed.
        changes: Vec<FieldChange>,
        /// Whether it was sent. Before that, the resource is read again, to see whether it is still what was edited.
        is_sent: bool,
    },
    /// Someone else has changed it: the person picks.
    Comparing(Box<Comparing<Fields>>),
    /// The answer was lost: the resource is read, to see what became of it.
    Looking {
        /// The failure that lost the answer.
        failure: Failure,
        /// A first look showed nothing of it.
        is_not_yet_visible: bool,
    },
    /// What could be seen after the answer was lost.
    Lost(LookedUp<Fields>),
}

/// The resource as somebody else has left it, beside what was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparing<Fields> {
    /// What the server has.
    pub theirs: Version<Fields>,
    /// What is picked of it.
    pub merge: Merge,
    /// A save was sent before, and its answer was lost.
    pub is_after_loss: bool,
}

/// Editing one resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing<R: Resource> {
    /// What the server had when the editing began, or since then when its version was taken.
    pub before: Version<R::Fields>,
    /// What the server had when it was last read. A draft may be of an earlier time.
    pub server: Version<R::Fields>,
    /// The metadata as typed.
    pub form: MetadataForm,
    /// The resource's own part as typed.
    pub part: R::Part,
    /// What is on screen.
    pub step: EditStep<R::Fields>,
    /// Review was asked for, and something is missing in the part.
    pub is_part_missing: bool,
    /// Review was asked for, and there is nothing to review.
    pub is_unchanged: bool,
    /// What would have been sent was no longer what was reviewed, so nothing was.
    pub is_outdated: bool,
    /// Why the last thing failed that was tried.
    pub failure: Option<Failure>,
}

/// What a person asks for, and what the server answers.
#[derive(Debug)]
pub enum Intent<R: Resource> {
    /// Changes a field of the metadata.
    Typed(FormInput),
    /// Changes the resource's own part.
    ChangedPart(R::Part),
    /// Wants to see what will be sent.
    AskedForReview,
    /// Goes back to the form.
    WentBack,
    /// Wants it saved, with what is in no state.
    AskedToSave(R::Payload),
    /// The save has got this far.
    Write(WriteState<R::Fields>),
    /// Takes a side for a field.
    Picked(Field, Side),
    /// Is done with picking.
    TookPicks,
    /// Wants the resource to be read once more.
    AskedToLook,
    /// What was typed is discarded, for what the server has.
    Discarded,
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Command<R: Resource> {
    /// Save this.
    Save(Box<Save<R>>),
    /// Look the save up once more.
    LookAgain,
}

/// An update that was reviewed.
#[derive(Debug)]
pub struct Save<R: Resource> {
    /// What the server had when the editing began: it is sent only while that is still so.
    pub before: Version<R::Fields>,
    /// The fields that the resource is to have.
    pub after: R::Fields,
    /// What is sent.
    pub update: R::Update,
}

impl<R: Resource> Editing<R> {
    /// Starts with a resource as it was read.
    #[must_use]
    pub fn of(server: Version<R::Fields>) -> Self {
        let form = MetadataForm::of(R::metadata(&server.fields));
        let part = R::part(&server.fields);
        Self::restored(server.clone(), server, form, part)
    }

    /// Starts with a draft, against the version that it was made from, so that what came after is seen before it is saved.
    #[must_use]
    pub fn restored(server: Version<R::Fields>, before: Version<R::Fields>, form: MetadataForm, part: R::Part) -> Self {
        Self {
            before,
            server,
            form,
            part,
            step: EditStep::Editing,
            is_part_missing: false,
            is_unchanged: false,
            is_outdated: false,
            failure: None,
        }
    }

    /// Whether anything was typed that is not saved.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.form.is_other_than(R::metadata(&self.before.fields)) || R::is_dirty(&self.part, &self.before.fields)
    }

    /// Whether something is under way that must not be disturbed.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.step, EditStep::Saving { .. } | EditStep::Looking { .. })
    }

    /// The fields as they would be sent.
    #[must_use]
    pub fn after(&self) -> R::Fields {
        R::fields(self.form.fields(), &self.part)
    }

    /// What is reviewed or being saved, field by field.
    #[must_use]
    pub fn reviewed(&self) -> &[FieldChange] {
        match &self.step {
            EditStep::Reviewing(changes) | EditStep::Saving { changes, .. } => changes,
            _ => &[],
        }
    }

    /// Whether the save was sent; none while nothing is being saved.
    #[must_use]
    pub fn is_sent(&self) -> Option<bool> {
        match self.step {
            EditStep::Saving { is_sent, .. } => Some(is_sent),
            _ => None,
        }
    }

    /// The next state, and what is to be done.
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
        let metadata = self.form.submit();
        let (Some(metadata), false) = (metadata, self.is_part_missing) else {
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

    /// Only what was reviewed is saved, and only once: a second click while it is under way does nothing.
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

    /// Follows the save that is under way.
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
            // The view leaves for the resource.
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

    /// From now on the other's version is what was edited, and the picks are what was typed.
    fn take_picks(&mut self) {
        let EditStep::Comparing(comparing) = &self.step else {
            return;
        };
        let Some(fields) = comparing.merge.fields() else {
            return;
        };
        self.form = MetadataForm::of(&fields);
        self.part = R::pick(self.part.clone(), &comparing.merge);
        self.before = comparing.theirs.clone();
        self.review();
    }
}

#[cfg(test)]
mod tests;
