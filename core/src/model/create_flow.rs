//! Creating a secret, as a state machine. The value is not in here: it stays in its text field until it is sent.

use contract::{Failure, SecretFields};

use crate::model::metadata_form::{Form, Input};
use crate::model::write_outcome::{Failed, LookedUp, WriteState};

/// Creating one secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Creating {
    /// The fields as typed.
    pub form: Form,
    /// The last create, as far as it is.
    pub write: Option<WriteState>,
}

/// What a person asks for, and what becomes of it.
#[derive(Debug)]
pub enum Intent {
    /// Changes a field.
    Typed(Input),
    /// Types in the value's text field.
    TypedValue,
    /// Wants it created.
    AskedToCreate {
        /// Whether the value has no more bytes than are accepted.
        is_value_fine: bool,
    },
    /// The create has got this far.
    Write(WriteState),
    /// Wants the server to be asked once more.
    AskedToLook,
    /// A draft is restored.
    Restored(Form),
    /// What was typed is discarded.
    Discarded,
}

/// What is to be done outside.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Send a create with these fields and the value of the text field.
    Create(SecretFields),
    /// Look the create up once more.
    LookAgain,
}

impl Creating {
    /// Whether anything was typed.
    #[must_use]
    pub fn is_dirty(&self, has_value: bool) -> bool {
        has_value || self.form.is_other_than(&SecretFields::default())
    }

    /// Whether something is under way.
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

    fn looked_up(&self) -> Option<&LookedUp> {
        match &self.write {
            Some(WriteState::Failed(Failed::LookedUp(looked_up))) => Some(looked_up),
            _ => None,
        }
    }

    /// The next state, and what is to be done.
    pub fn apply(&mut self, intent: Intent) -> Option<Command> {
        match intent {
            Intent::Typed(input) => self.form.apply(input),
            Intent::TypedValue => self.form.value_changed(),
            Intent::AskedToCreate { .. } if self.is_busy() => {}
            Intent::AskedToCreate { is_value_fine } => {
                let fields = self.form.submit().filter(|_| is_value_fine)?;
                // Until someone has looked, another create may be the second one.
                if self.looked_up().is_some_and(|looked_up| looked_up.seen.is_err()) {
                    return Some(Command::LookAgain);
                }
                self.write = Some(WriteState::Running { is_sent: true });
                return Some(Command::Create(fields));
            }
            Intent::Write(state) => {
                if let WriteState::Failed(Failed::Refused(failure) | Failed::LookedUp(LookedUp { failure, .. })) =
                    &state
                {
                    self.form.violate(failure.violations());
                }
                self.write = Some(state);
            }
            Intent::AskedToLook => return self.looked_up().map(|_| Command::LookAgain),
            Intent::Restored(form) => {
                *self = Self {
                    form,
                    ..Self::default()
                };
            }
            Intent::Discarded if self.is_busy() => {}
            Intent::Discarded => *self = Self::default(),
        }
        None
    }
}

#[cfg(test)]
mod tests;
