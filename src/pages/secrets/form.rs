//! The fields of a secret while a person edits them: what is typed, and what is wrong with it.

use contract::{FieldPath, FieldViolation, LabelError, Labels, NameError, SecretFields, label, name};

use crate::text::words;

/// The fields of a secret as typed. Nothing typed is ever altered or dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The name.
    pub name: String,
    /// The external ID.
    pub external_id: String,
    /// The labels, row by row, as typed.
    pub labels: Vec<LabelRow>,
    last_row: u64,
    /// Whether the person has said that they are done: before that, an empty field is not a mistake.
    is_submitted: bool,
    violations: Vec<FieldViolation>,
}

/// One label as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelRow {
    /// Its number, which stays the same while others come and go.
    pub number: u64,
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// What a person does to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Types the name.
    Name(String),
    /// Types the external ID.
    ExternalId(String),
    /// Wants one more label.
    AddLabel,
    /// Wants this label gone.
    RemoveLabel(u64),
    /// Types the key of this label.
    LabelKey(u64, String),
    /// Types the value of this label.
    LabelValue(u64, String),
}

/// What is wrong with a label row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowProblem {
    /// Its key breaks the rule.
    Key(LabelError),
    /// Its value breaks the rule.
    Value(LabelError),
    /// Its key stands in an earlier row too.
    Duplicate,
}

impl Form {
    /// The form for fields that exist.
    #[must_use]
    pub fn of(fields: &SecretFields) -> Self {
        let mut form = Self {
            name: fields.name.clone(),
            external_id: fields.external_id.clone().unwrap_or_default(),
            ..Self::default()
        };
        for (key, value) in &fields.labels {
            form.last_row += 1;
            form.labels.push(LabelRow {
                number: form.last_row,
                key: key.clone(),
                value: value.clone(),
            });
        }
        form
    }

    /// Does what the person did. What the server said of a field is no longer true once the field is changed.
    pub fn apply(&mut self, input: Input) {
        match input {
            Input::Name(text) => {
                self.name = text;
                self.forget(FieldPath::Name);
            }
            Input::ExternalId(text) => {
                self.external_id = text;
                self.forget(FieldPath::ExternalId);
            }
            Input::AddLabel => {
                self.last_row += 1;
                self.labels.push(LabelRow {
                    number: self.last_row,
                    ..LabelRow::default()
                });
            }
            Input::RemoveLabel(number) => {
                self.labels.retain(|row| row.number != number);
                self.forget(FieldPath::Labels);
            }
            Input::LabelKey(number, text) => self.edit_row(number, |row| row.key = text),
            Input::LabelValue(number, text) => self.edit_row(number, |row| row.value = text),
        }
    }

    fn edit_row(&mut self, number: u64, edit: impl FnOnce(&mut LabelRow)) {
        if let Some(row) = self.labels.iter_mut().find(|row| row.number == number) {
            edit(row);
        }
        self.forget(FieldPath::Labels);
    }

    /// The person is done: gives the fields, or none while something is wrong with them.
    pub fn submit(&mut self) -> Option<SecretFields> {
        self.is_submitted = true;
        self.violations.clear();
        let is_fine = self.name_problem().is_none() && self.labels.iter().all(|row| self.row_problem(row).is_none());
        is_fine.then(|| self.fields())
    }

    /// The fields as they would be sent.
    #[must_use]
    pub fn fields(&self) -> SecretFields {
        let filled = self.labels.iter().filter(|row| !row.is_blank());
        let mut labels = Labels::new();
        for row in filled {
            labels.insert(row.key.clone(), row.value.clone());
        }
        let external_id = (!self.external_id.is_empty()).then(|| self.external_id.clone());
        SecretFields {
            name: self.name.clone(),
            external_id,
            labels,
        }
    }

    /// What is wrong with the name; an empty one only once the person says that they are done.
    #[must_use]
    pub fn name_problem(&self) -> Option<NameError> {
        let problem = name::check(&self.name).err()?;
        (self.is_submitted || problem != NameError::Empty).then_some(problem)
    }

    /// What is wrong with a label; a row that is still being filled only once the person says that they are done.
    #[must_use]
    pub fn row_problem(&self, row: &LabelRow) -> Option<RowProblem> {
        if row.is_blank() {
            return None;
        }
        if let Err(error) = label::check_key(&row.key)
            && (self.is_submitted || !is_unfinished(error))
        {
            return Some(RowProblem::Key(error));
        }
        if let Err(error) = label::check_value(&row.value)
            && (self.is_submitted || !is_unfinished(error))
        {
            return Some(RowProblem::Value(error));
        }
        let earlier = self.labels.iter().take_while(|other| other.number != row.number);
        let is_duplicate = !row.key.is_empty() && earlier.into_iter().any(|other| other.key == row.key);
        is_duplicate.then_some(RowProblem::Duplicate)
    }

    /// Takes what the server said of the fields.
    pub fn violate(&mut self, violations: &[FieldViolation]) {
        self.violations = violations.to_vec();
        for violation in &mut self.violations {
            if violation.description.is_empty() {
                words().field_refused.clone_into(&mut violation.description);
            }
        }
    }

    /// What the server said of a field.
    #[must_use]
    pub fn violation(&self, path: FieldPath) -> Option<&str> {
        let of_field = self
            .violations
            .iter()
            .find(|violation| covers(path, &violation.field))?;
        Some(&of_field.description)
    }

    /// What the server said of things that the form has no field for.
    pub fn other_violations(&self) -> impl Iterator<Item = &FieldViolation> {
        let known = [
            FieldPath::Name,
            FieldPath::ExternalId,
            FieldPath::Labels,
            FieldPath::Value,
        ];
        self.violations
            .iter()
            .filter(move |violation| !known.iter().any(|path| covers(*path, &violation.field)))
    }

    /// The value was changed: what the server said of it is no longer true.
    pub fn value_changed(&mut self) {
        self.forget(FieldPath::Value);
    }

    fn forget(&mut self, path: FieldPath) {
        self.violations.retain(|violation| !covers(path, &violation.field));
    }
}

impl LabelRow {
    fn is_blank(&self) -> bool {
        self.key.is_empty() && self.value.is_empty()
    }
}

/// Whether a mistake may be only that someone is still typing: "env-" on the way to "env-1".
fn is_unfinished(error: LabelError) -> bool {
    matches!(error, LabelError::Empty(_) | LabelError::End(_))
}

/// Whether a violation of `field` is about what `path` names: itself, something inside it, or its snake_case form.
fn covers(path: FieldPath, field: &str) -> bool {
    let field = field.replace("external_id", "externalId");
    field
        .strip_prefix(path.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn violation(field: &str) -> FieldViolation {
        FieldViolation {
            field: field.to_owned(),
            description: format!("{field} is bad"),
        }
    }

    #[test]
    fn it_does_not_nag_before_one_is_done() {
        let mut form = Form::default();
        form.apply(Input::AddLabel);
        form.apply(Input::LabelKey(1, "env-".to_owned()));
        assert_eq!(form.name_problem(), None);
        assert_eq!(form.row_problem(&form.labels[0]), None);
        assert_eq!(form.submit(), None);
        assert_eq!(form.name_problem(), Some(NameError::Empty));
        assert!(matches!(form.row_problem(&form.labels[0]), Some(RowProblem::Key(_))));
    }

    #[test]
    fn a_wrong_character_is_told_at_once() {
        let mut form = Form::default();
        form.apply(Input::AddLabel);
        form.apply(Input::LabelKey(1, "a b".to_owned()));
        assert!(matches!(
            form.row_problem(&form.labels[0]),
            Some(RowProblem::Key(LabelError::Character(..)))
        ));
    }

    #[test]
    fn a_key_twice_is_told_at_the_second() {
        let mut form = Form::of(&SecretFields {
            name: "n".to_owned(),
            ..SecretFields::default()
        });
        for number in 1..=2 {
            form.apply(Input::AddLabel);
            form.apply(Input::LabelKey(number, "env".to_owned()));
        }
        assert_eq!(form.row_problem(&form.labels[0]), None);
        assert_eq!(form.row_problem(&form.labels[1]), Some(RowProblem::Duplicate));
        assert_eq!(form.submit(), None);
        form.apply(Input::RemoveLabel(2));
        assert!(form.submit().is_some());
    }

    #[test]
    fn a_refusal_without_a_reason_is_still_one() {
        let mut form = Form::default();
        let unsaid = FieldViolation {
            field: "metadata.name".to_owned(),
            description: String::new(),
        };
        form.violate(&[unsaid]);
        assert_eq!(form.violation(FieldPath::Name), Some(words().field_refused));
    }

    #[test]
    fn what_the_server_says_lands_at_its_field_until_that_is_changed() {
        let mut form = Form::default();
        form.violate(
            &[
                "metadata.name",
                "metadata.labels.env",
                "metadata.external_id",
                "spec.value",
                "quota",
            ]
            .map(violation),
        );
        assert_eq!(form.violation(FieldPath::Name), Some("metadata.name is bad"));
        assert_eq!(form.violation(FieldPath::Labels), Some("metadata.labels.env is bad"));
        assert_eq!(
            form.violation(FieldPath::ExternalId),
            Some("metadata.external_id is bad")
        );
        assert_eq!(form.violation(FieldPath::Value), Some("spec.value is bad"));
        assert_eq!(
            form.other_violations().map(|it| it.field.as_str()).collect::<Vec<_>>(),
            ["quota"]
        );
        form.apply(Input::Name("new".to_owned()));
        assert_eq!(form.violation(FieldPath::Name), None);
        assert!(form.violation(FieldPath::Labels).is_some());
        form.value_changed();
        assert_eq!(form.violation(FieldPath::Value), None);
    }

    proptest! {
        #[test]
        fn fields_survive_the_form(
            name in any::<String>(), external_id in any::<String>(),
            labels in proptest::collection::btree_map("[a-z]{1,5}", "[a-z]{0,5}", 0..6),
        ) {
            let external_id = Some(external_id).filter(|text| !text.is_empty());
            let fields = SecretFields { name, external_id, labels };
            prop_assert_eq!(Form::of(&fields).fields(), fields);
        }
    }
}
