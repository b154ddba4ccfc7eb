//! Creating a resource, as a state machine. The value of a secret is not part of it: it stays in its text field until
//! it is sent.

use contract::Failure;

use crate::model::metadata_form::{FormInput, MetadataForm};
use crate::model::resource::Resource;
use crate::model::write_outcome::{Failed, LookedUp, WriteState};

/// Creating one resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Creating<R: Resource> {
    /// The metadata as typed.
    pub form: MetadataForm,
    /// The resource's own part as typed.
    pub part: R::Part,
    /// The state of the last create.
    pub write: Option<WriteState<R::Fields>>,
    /// What the form began with: nothing, unless its address says so.
    begun: R::Fields,
}

/// Actions of the user, and progress of the create.
#[derive(Debug)]
pub enum Intent<R: Resource> {
    /// Changes a field of the metadata.
    Typed(FormInput),
    /// Changes the resource's own part.
    ChangedPart(R::Part),
    /// Submits the form.
    AskedToCreate {
        /// Whether the part is valid.
        is_part_fine: bool,
    },
    /// The state of the create has changed.
    Write(WriteState<R::Fields>),
    /// Retries the look-up.
    AskedToLook,
    /// Discards the input.
    Discarded,
}

/// A side effect to run.
#[derive(Debug, PartialEq, Eq)]
pub enum Command<Fields> {
    /// Send a create with these fields, and the value of the text field.
    Create(Fields),
    /// Look up the create again.
    LookAgain,
}

impl<R: Resource> Creating<R> {
    /// Starts with a draft or with empty fields.
    #[must_use]
    pub fn of(form: MetadataForm, part: R::Part) -> Self {
        Self {
            form,
            part,
            write: None,
            begun: R::Fields::default(),
        }
    }

    /// The same for a form that began with these fields. They are in its address, so they are not lost with it.
    #[must_use]
    pub fn begun_with(self, begun: R::Fields) -> Self {
        Self { begun, ..self }
    }

    /// Whether anything was entered.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.form.is_other_than(R::metadata(&self.begun)) || R::is_dirty(&self.part, &self.begun)
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.write.as_ref().is_some_and(WriteState::is_pending)
    }

    /// Why the last create was refused.
    #[must_use]
    pub fn refusal(&self) -> Option<&Failure> {
        match &self.write {
            Some(WriteState::Failed(Failed::Refused(failure))) => Some(failure),
            _ => None,
        }
    }

    fn looked_up(&self) -> Option<&LookedUp<R::Fields>> {
        match &self.write {
            Some(WriteState::Failed(Failed::LookedUp(looked_up))) => Some(looked_up),
            _ => None,
        }
    }

    /// Applies an intent and returns the side effect to run.
    pub fn apply(&mut self, intent: Intent<R>) -> Option<Command<R::Fields>> {
        match intent {
            Intent::Typed(input) => self.form.apply(input),
            Intent::ChangedPart(part) => {
                self.part = part;
                self.form.forget(R::PART);
            }
            Intent::AskedToCreate { .. } if self.is_busy() => {}
            Intent::AskedToCreate { is_part_fine } => {
                let metadata = self.form.submit().filter(|_| is_part_fine)?;
                // Until it was looked up, another create could be a duplicate.
                if self.looked_up().is_some_and(|looked_up| looked_up.seen.is_err()) {
                    return Some(Command::LookAgain);
                }
                self.write = Some(WriteState::Running { is_sent: true });
                return Some(Command::Create(R::fields(metadata, &self.part)));
            }
            Intent::Write(state) => {
                match &state {
                    // What has the name is what was to be created.
                    WriteState::Failed(Failed::LookedUp(looked_up)) if looked_up.is_earlier_attempt() => {}
                    WriteState::Failed(Failed::Refused(failure) | Failed::LookedUp(LookedUp { failure, .. })) => {
                        self.form.set_server_errors(failure.violations());
                    }
                    _ => {}
                }
                self.write = Some(state);
            }
            Intent::AskedToLook => return self.looked_up().map(|_| Command::LookAgain),
            Intent::Discarded if self.is_busy() => {}
            Intent::Discarded => *self = Self::default(),
        }
        None
    }
}

impl<R: Resource> Default for Creating<R> {
    fn default() -> Self {
        Self::of(MetadataForm::default(), R::Part::default())
    }
}

#[cfg(test)]
mod tests;
