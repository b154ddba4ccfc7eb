//! Creating a secret, as a state machine. The value is not in here: it stays in its text field until it is sent.

use contract::{Failure, Kind, ProfileId, SecretFields, Timestamp};

use crate::model::metadata_form::{Form, Input};
use crate::model::secret_facts::SecretFacts;

/// What is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The form.
    Typing,
    /// It is being sent.
    Creating(Sent),
    /// The answer was lost, or the name is taken: the server is asked for a secret of that name.
    Looking {
        /// The failure of the create.
        failure: Failure,
        /// What was sent.
        sent: Sent,
    },
    /// What it said.
    Looked(Box<Looked>),
}

/// What was sent: what is looked for, whatever is typed by then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The fields.
    pub fields: SecretFields,
    /// When.
    pub at: Timestamp,
    /// By whom; none while the server has not told.
    pub by: Option<ProfileId>,
}

/// How far the clocks of server and browser may differ.
const SKEW: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

impl Sent {
    /// Whether a secret is what came of this: all of it that can be seen is the same, it is no older, and nobody else made
    /// it. Where it is not known who did, it may be another's.
    #[must_use]
    pub fn is_seen_in(&self, secret: &SecretFacts) -> bool {
        let metadata = &secret.metadata;
        let external_id = |text: &Option<String>| text.clone().unwrap_or_default();
        metadata.name == self.fields.name
            && metadata.labels == self.fields.labels
            && external_id(&metadata.external_id) == external_id(&self.fields.external_id)
            && metadata.created_at.is_some_and(|at| at >= self.at - SKEW)
            && self.by.as_ref().is_some_and(|by| creator(secret) == Some(by))
    }
}

fn creator(secret: &SecretFacts) -> Option<&ProfileId> {
    let told = secret.info.as_ref().and_then(|info| info.created_by.as_ref());
    told.map(|profile| &profile.metadata.id)
        .or(secret.metadata.profile_id.as_ref())
}

/// A create that is not known to have failed, and what the server has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The failure of the create.
    pub failure: Failure,
    /// What was sent.
    pub sent: Sent,
    /// The secret that has the name, or else the external ID; where the server could not be asked, why not.
    pub found: Result<Option<SecretFacts>, Failure>,
}

impl Looked {
    /// Whether the secret that was found is known to be the one that was to be created.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        let found = self.found.as_ref().ok().and_then(Option::as_ref);
        self.failure.is_outcome_unknown() && found.is_some_and(|found| self.sent.is_seen_in(found))
    }
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
        /// The present instant.
        now: Timestamp,
        /// Who asks, as far as it is known.
        by: Option<ProfileId>,
    },
    /// The server has created it.
    Created,
    /// The server has not, or it is not known.
    Failed(Failure),
    /// What the server has of that name.
    Looked(Box<Result<Option<SecretFacts>, Failure>>),
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
        matches!(self.step, Step::Creating(_) | Step::Looking { .. })
    }

    /// The next state, and what is to be done.
    pub fn apply(&mut self, intent: Intent) -> Option<Command> {
        match intent {
            Intent::Typed(input) => self.form.apply(input),
            Intent::TypedValue => self.form.value_changed(),
            Intent::AskedToCreate { is_value_fine, now, by } => {
                if self.is_busy() {
                    return None;
                }
                let fields = self.form.submit().filter(|_| is_value_fine)?;
                // While nobody has looked, another create may be the second one.
                if matches!(&self.step, Step::Looked(looked) if looked.found.is_err()) {
                    return self.look();
                }
                self.step = Step::Creating(Sent {
                    fields: fields.clone(),
                    at: now,
                    by,
                });
                self.failure = None;
                return Some(Command::Create(fields));
            }
            // The view leaves for the secret.
            Intent::Created => {}
            Intent::Failed(failure) => {
                self.form.violate(failure.violations());
                // A browser may have sent it twice, and only the second answer has come: docs/security.md.
                if (failure.is_outcome_unknown() || failure.kind() == Kind::Taken)
                    && let Step::Creating(sent) = &self.step
                {
                    let sent = sent.clone();
                    let command = Command::Look(sent.fields.clone());
                    self.step = Step::Looking { failure, sent };
                    return Some(command);
                }
                self.step = Step::Typing;
                self.failure = Some(failure);
            }
            Intent::Looked(found) => {
                if let Step::Looking { failure, sent } = &self.step {
                    self.step = Step::Looked(Box::new(Looked {
                        failure: failure.clone(),
                        sent: sent.clone(),
                        found: *found,
                    }));
                }
            }
            Intent::AskedToLook => return self.look(),
            Intent::Restored(form) => *self = Self::of(form),
            Intent::Discarded if self.is_busy() => {}
            Intent::Discarded => *self = Self::of(Form::default()),
        }
        None
    }

    /// Looks once more for what was sent, whatever is typed by now.
    fn look(&mut self) -> Option<Command> {
        let Step::Looked(looked) = &self.step else { return None };
        let command = Command::Look(looked.sent.fields.clone());
        self.step = Step::Looking {
            failure: looked.failure.clone(),
            sent: looked.sent.clone(),
        };
        Some(command)
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
mod tests;
