//! Creating a secret, as a state machine. The value is not in here: it stays in its text field until it is sent.

use contract::{Failure, Kind, SecretFields};

use super::form::{Form, Input};
use crate::domain::secret::SecretFacts;

/// What is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The form.
    Typing,
    /// It is being sent.
    Creating,
    /// The answer was lost, or the name is taken: the server is asked for a secret of that name.
    Looking(Failure),
    /// What it said.
    Looked(Looked),
}

/// A create that is not known to have failed, and what the server has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The failure of the create.
    pub failure: Failure,
    /// The secret that has the name, or else the external ID; where the server could not be asked, why not.
    pub found: Result<Option<SecretFacts>, Failure>,
}

/// Creating one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creating {
    /// The fields as typed.
    pub form: Form,
    /// What is on screen.
    pub step: Step,
    /// Why the last create was refused.
    pub failure: Option<Failure>,
}

/// What a person asks for, and what the server answers.
#[derive(Debug)]
pub enum Intent {
    /// Changes a field.
    Typed(Input),
    /// Types in the value's text field.
    TypedValue,
    /// Wants it created; whether the value in the text field can be sent.
    AskedToCreate {
        /// Whether the value has no more bytes than are accepted.
        is_value_fine: bool,
    },
    /// The server has created it.
    Created,
    /// The server has not, or it is not known.
    Failed(Failure),
    /// What the server has of that name.
    Looked(Result<Option<SecretFacts>, Failure>),
    /// Wants the server to be asked once more.
    AskedToLook,
    /// A draft of an earlier time is taken up.
    Restored(Form),
    /// What was typed is given up.
    Discarded,
}

/// What is to be done outside.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Send a create with these fields and the value of the text field.
    Create(SecretFields),
    /// Ask the server for a secret of this name, or else with this external ID, and hand it back with [`Intent::Looked`].
    Look(SecretFields),
}

impl Creating {
    /// Starts with this form.
    #[must_use]
    pub fn of(form: Form) -> Self {
        Self {
            form,
            step: Step::Typing,
            failure: None,
        }
    }

    /// Whether anything was typed.
    #[must_use]
    pub fn is_dirty(&self, has_value: bool) -> bool {
        has_value || self.form.is_other_than(&SecretFields::default())
    }

    /// Whether something is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.step, Step::Creating | Step::Looking(_))
    }

    /// The next state, and what is to be done.
    pub fn apply(&mut self, intent: Intent) -> Option<Command> {
        match intent {
            Intent::Typed(input) => self.form.apply(input),
            Intent::TypedValue => self.form.value_changed(),
            Intent::AskedToCreate { is_value_fine } => {
                if self.is_busy() {
                    return None;
                }
                let fields = self.form.submit().filter(|_| is_value_fine)?;
                // While nobody has looked, another create may be the second one.
                if let Step::Looked(Looked { failure, found: Err(_) }) = &self.step {
                    self.step = Step::Looking(failure.clone());
                    return Some(Command::Look(fields));
                }
                self.step = Step::Creating;
                self.failure = None;
                return Some(Command::Create(fields));
            }
            // The view leaves for the secret.
            Intent::Created => {}
            Intent::Failed(failure) => {
                self.form.violate(failure.violations());
                // A browser may have sent it twice, and only the second answer has come: docs/security.md.
                if failure.is_outcome_unknown() || failure.kind() == Kind::Taken {
                    self.step = Step::Looking(failure);
                    return Some(Command::Look(self.form.fields()));
                }
                self.step = Step::Typing;
                self.failure = Some(failure);
            }
            Intent::Looked(found) => {
                if let Step::Looking(failure) = &self.step {
                    self.step = Step::Looked(Looked {
                        failure: failure.clone(),
                        found,
                    });
                }
            }
            Intent::AskedToLook => {
                if let Step::Looked(looked) = &self.step {
                    self.step = Step::Looking(looked.failure.clone());
                    return Some(Command::Look(self.form.fields()));
                }
            }
            Intent::Restored(form) => *self = Self::of(form),
            Intent::Discarded => *self = Self::of(Form::default()),
        }
        None
    }
}

/// Which of these secrets has the name, or else the external ID, that was to be created.
pub fn pick<'a>(
    secrets: impl Iterator<Item = &'a SecretFacts> + Clone,
    fields: &SecretFields,
) -> Option<&'a SecretFacts> {
    let by_name = secrets.clone().find(|it| it.metadata.name == fields.name);
    let wanted = fields.external_id.as_deref().filter(|text| !text.is_empty());
    by_name.or_else(|| {
        secrets
            .into_iter()
            .find(|it| wanted.is_some() && it.metadata.external_id.as_deref() == wanted)
    })
}

#[cfg(test)]
mod tests {
    use contract::{Cause, Code, Operation, Status, WorkspaceSecret};

    use super::*;

    fn named(name: &str) -> Creating {
        let mut state = Creating::of(Form::default());
        state.apply(Intent::Typed(Input::Name(name.to_owned())));
        state
    }

    fn ask(state: &mut Creating) -> Option<Command> {
        state.apply(Intent::AskedToCreate { is_value_fine: true })
    }

    fn failure(cause: Cause) -> Failure {
        Failure::new(Operation::CreateSecret, cause)
    }

    fn facts(name: &str, external_id: &str) -> SecretFacts {
        let json = format!(r#"{{"metadata": {{"id": "s-{name}", "name": "{name}", "externalId": "{external_id}"}}}}"#);
        SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(&json).unwrap())
    }

    #[test]
    fn a_bad_form_sends_nothing_and_a_second_click_neither() {
        assert_eq!(ask(&mut named("")), None);
        assert_eq!(named("A").apply(Intent::AskedToCreate { is_value_fine: false }), None);
        let mut state = named("A");
        assert!(matches!(ask(&mut state), Some(Command::Create(_))));
        assert_eq!(ask(&mut state), None);
    }

    #[test]
    fn a_lost_answer_is_looked_for_before_anything_is_sent_again() {
        let mut state = named("A");
        ask(&mut state);
        assert!(matches!(
            state.apply(Intent::Failed(failure(Cause::Interrupted))),
            Some(Command::Look(_))
        ));
        assert_eq!(ask(&mut state), None, "it is being looked for");
        state.apply(Intent::Looked(Err(failure(Cause::Interrupted))));
        assert!(
            matches!(ask(&mut state), Some(Command::Look(_))),
            "nobody has looked yet"
        );
        state.apply(Intent::Looked(Ok(None)));
        assert!(
            matches!(ask(&mut state), Some(Command::Create(_))),
            "there is none: it can be sent again"
        );
    }

    #[test]
    fn a_name_that_is_taken_is_shown_and_told_at_its_field() {
        let mut state = named("A");
        ask(&mut state);
        let status = Status {
            code: Some(Code::AlreadyExists),
            message: None,
            violations: vec![contract::FieldViolation {
                field: "metadata.name".to_owned(),
                description: "taken".to_owned(),
            }],
        };
        let taken = failure(Cause::Refused {
            http: 409,
            status: Some(status),
        });
        assert!(matches!(state.apply(Intent::Failed(taken)), Some(Command::Look(_))));
        state.apply(Intent::Looked(Ok(Some(facts("A", "")))));
        assert_eq!(state.form.violation(contract::FieldPath::Name), Some("taken"));
        state.apply(Intent::Typed(Input::Name("B".to_owned())));
        assert!(matches!(ask(&mut state), Some(Command::Create(fields)) if fields.name == "B"));
    }

    #[test]
    fn a_refusal_is_no_riddle() {
        let mut state = named("A");
        ask(&mut state);
        let refused = failure(Cause::Refused {
            http: 403,
            status: None,
        });
        assert_eq!(state.apply(Intent::Failed(refused)), None);
        assert!(state.step == Step::Typing && state.failure.is_some() && state.form.name == "A");
    }

    #[test]
    fn the_name_counts_before_the_external_id() {
        let secrets = [facts("B", "x-1"), facts("A", "")];
        let fields = |name: &str, external_id: Option<&str>| SecretFields {
            name: name.to_owned(),
            external_id: external_id.map(str::to_owned),
            ..SecretFields::default()
        };
        let name = |fields| pick(secrets.iter(), &fields).map(|it| it.metadata.name.as_str());
        assert_eq!(name(fields("A", Some("x-1"))), Some("A"));
        assert_eq!(name(fields("C", Some("x-1"))), Some("B"));
        assert_eq!(name(fields("C", None)), None);
        assert_eq!(name(fields("C", Some(""))), None, "none have no external ID in common");
    }
}
