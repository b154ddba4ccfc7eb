//! Editing a secret, as a state machine: what is asked, what comes back, what is to be done.
//!
//! The new value is not in here: it stays in its text field until it is sent, so that no signal ever holds one.

use contract::{Failure, FieldChange, SecretFields, SecretUpdate, ValueChange};

use super::form::{Form, Input};
use crate::domain::secret::SecretFacts;

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
    /// It is being sent.
    Saving(Vec<FieldChange>),
}

/// Editing one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    /// The fields as they were read.
    pub before: SecretFields,
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
    /// Why saving failed.
    pub failure: Option<Failure>,
}

/// What a person asks for, and what the server answers.
#[derive(Debug)]
pub enum Intent {
    /// Changes a field.
    Typed(Input),
    /// Chooses what to do with the value.
    Chose(ValueChoice),
    /// Types in the value's text field.
    TypedValue,
    /// Wants to see what will be sent. The new value comes along only to be counted.
    AskedForReview {
        /// Bytes of the new value; none where Replace is not chosen.
        new_value_bytes: Option<usize>,
    },
    /// Goes back to the form.
    WentBack,
    /// Wants it sent, with the value of the text field.
    AskedToSave(ValueChange),
    /// The server has saved it.
    Saved,
    /// The server has not, or it is not known.
    Failed(Failure),
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Command {
    /// Send this update.
    Save(SecretUpdate),
}

impl Editing {
    /// Starts with a secret as it was read.
    #[must_use]
    pub fn of(secret: &SecretFacts) -> Self {
        let before = SecretFields::from(&secret.metadata);
        Self {
            form: Form::of(&before),
            before,
            choice: ValueChoice::Keep,
            step: Step::Editing,
            is_value_missing: false,
            is_unchanged: false,
            failure: None,
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
                self.is_value_missing = false;
                self.is_unchanged = false;
                self.form.value_changed();
            }
            Intent::TypedValue => {
                self.is_value_missing = false;
                self.is_unchanged = false;
                self.form.value_changed();
            }
            Intent::AskedForReview { new_value_bytes } => self.review(new_value_bytes),
            Intent::WentBack => self.step = Step::Editing,
            Intent::AskedToSave(value) => return self.save(value),
            // The view leaves for the secret.
            Intent::Saved => {}
            Intent::Failed(failure) => {
                self.form.violate(failure.violations());
                self.failure = Some(failure);
                self.step = Step::Editing;
            }
        }
        None
    }

    fn review(&mut self, new_value_bytes: Option<usize>) {
        self.failure = None;
        self.is_value_missing = self.choice == ValueChoice::Replace && new_value_bytes.unwrap_or(0) == 0;
        let fields = self.form.submit();
        let (Some(fields), false) = (fields, self.is_value_missing) else {
            return;
        };
        // The changes are counted with an update that holds no value.
        let mut changes = SecretUpdate::between(&self.before, &fields, ValueChange::Keep)
            .map(|update| update.changes().to_vec())
            .unwrap_or_default();
        match self.choice {
            ValueChoice::Keep => {}
            ValueChoice::Replace => changes.push(FieldChange::ValueReplaced(new_value_bytes.unwrap_or(0))),
            ValueChoice::Clear => changes.push(FieldChange::ValueCleared),
        }
        self.is_unchanged = changes.is_empty();
        if !self.is_unchanged {
            self.step = Step::Reviewing(changes);
        }
    }

    fn save(&mut self, value: ValueChange) -> Option<Command> {
        // Only what was reviewed is sent, and only once: a second click while it is under way does nothing.
        let Step::Reviewing(changes) = &self.step else {
            return None;
        };
        let update = SecretUpdate::between(&self.before, &self.form.fields(), value)?;
        if update.changes() != changes {
            self.step = Step::Editing;
            return None;
        }
        self.step = Step::Saving(changes.clone());
        Some(Command::Save(update))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Cause, FieldViolation, Operation, SecretText, Status, WorkspaceSecret};
    use proptest::prelude::*;

    fn editing() -> Editing {
        let json = r#"{"metadata": {"id": "s", "name": "NAME", "labels": {"env": "prod"}}, "spec": {"value": "old"}}"#;
        Editing::of(&SecretFacts::from(
            serde_json::from_str::<WorkspaceSecret>(json).unwrap(),
        ))
    }

    fn renamed() -> Editing {
        let mut state = editing();
        state.apply(Intent::Typed(Input::Name("OTHER".to_owned())));
        state.apply(Intent::AskedForReview { new_value_bytes: None });
        state
    }

    #[test]
    fn nothing_changed_is_nothing_sent() {
        let mut state = editing();
        state.apply(Intent::AskedForReview { new_value_bytes: None });
        assert_eq!((state.step.clone(), state.is_unchanged), (Step::Editing, true));
        assert!(state.apply(Intent::AskedToSave(ValueChange::Keep)).is_none());
    }

    #[test]
    fn a_rename_sends_the_name_and_nothing_else() {
        let Some(Command::Save(update)) = renamed().apply(Intent::AskedToSave(ValueChange::Keep)) else {
            panic!("nothing to save");
        };
        assert_eq!(update.mask().to_string(), "metadata.name");
    }

    #[test]
    fn replace_needs_a_value() {
        let mut state = editing();
        state.apply(Intent::Chose(ValueChoice::Replace));
        state.apply(Intent::AskedForReview {
            new_value_bytes: Some(0),
        });
        assert_eq!((state.step.clone(), state.is_value_missing), (Step::Editing, true));
        state.apply(Intent::TypedValue);
        state.apply(Intent::AskedForReview {
            new_value_bytes: Some(3),
        });
        assert_eq!(state.step, Step::Reviewing(vec![FieldChange::ValueReplaced(3)]));
        let saved = state.apply(Intent::AskedToSave(ValueChange::Replace(SecretText::new("new"))));
        assert!(saved.is_some());
    }

    #[test]
    fn what_was_not_reviewed_is_not_sent() {
        let mut state = renamed();
        let other = ValueChange::Replace(SecretText::new("surprise"));
        assert!(state.apply(Intent::AskedToSave(other)).is_none());
        assert_eq!(state.step, Step::Editing);
    }

    #[test]
    fn a_second_click_does_nothing() {
        let mut state = renamed();
        assert!(state.apply(Intent::AskedToSave(ValueChange::Keep)).is_some());
        assert!(state.apply(Intent::AskedToSave(ValueChange::Keep)).is_none());
    }

    #[test]
    fn a_failure_keeps_everything_typed_and_lands_at_its_field() {
        let mut state = renamed();
        state.apply(Intent::AskedToSave(ValueChange::Keep));
        let violations = vec![FieldViolation {
            field: "metadata.name".to_owned(),
            description: "taken".to_owned(),
        }];
        let status = Status {
            code: None,
            message: Some("bad".to_owned()),
            violations,
        };
        let cause = Cause::Refused {
            http: 409,
            status: Some(status),
        };
        state.apply(Intent::Failed(Failure::new(Operation::UpdateSecret, cause)));
        assert_eq!((state.form.name.as_str(), state.step.clone()), ("OTHER", Step::Editing));
        assert_eq!(state.form.violation(contract::FieldPath::Name), Some("taken"));
        state.apply(Intent::AskedForReview { new_value_bytes: None });
        assert!(matches!(state.step, Step::Reviewing(_)) && state.failure.is_none());
    }

    proptest! {
        /// Whatever is typed: with Keep, no update says anything of the value.
        #[test]
        fn keep_never_touches_the_value(name in "[a-zA-Z]{1,12}", external_id in "[a-z]{0,8}") {
            let mut state = editing();
            state.apply(Intent::Typed(Input::Name(name)));
            state.apply(Intent::Typed(Input::ExternalId(external_id)));
            state.apply(Intent::AskedForReview { new_value_bytes: None });
            if let Some(Command::Save(update)) = state.apply(Intent::AskedToSave(ValueChange::Keep)) {
                prop_assert!(!update.mask().contains(contract::FieldPath::Value));
            }
        }
    }
}
