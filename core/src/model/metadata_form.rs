//! The metadata of a secret or a workspace while a person edits it: what is typed, and what is wrong with it.

use contract::{FieldPath, FieldViolation, LabelError, LabelPart, Labels, MetadataFields, NameError, label, name};

use crate::i18n::words;
use crate::model::label_paste::Pasted;

/// Metadata as typed. Nothing typed is ever altered or dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetadataForm {
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
pub enum FormInput {
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
    /// Pastes labels into this part of this label, in the place of what was selected there: from where to where, in the
    /// units of UTF-16 that browsers count in.
    Paste(u64, LabelPart, Pasted, (usize, usize)),
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

impl MetadataForm {
    /// The form for fields that exist.
    #[must_use]
    pub fn of(fields: &MetadataFields) -> Self {
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

    /// The form as it was typed at an earlier time; labels as keys and values, row by row.
    #[must_use]
    pub fn of_draft(name: String, external_id: String, labels: Vec<(String, String)>) -> Self {
        let mut form = Self {
            name,
            external_id,
            ..Self::default()
        };
        for (key, value) in labels {
            let row = form.new_row(key, value);
            form.labels.push(row);
        }
        form
    }

    /// Whether what is typed is anything else than these fields, finished or not.
    #[must_use]
    pub fn is_other_than(&self, fields: &MetadataFields) -> bool {
        let labels = self.labels.iter().filter(|row| !row.is_blank());
        let known = fields.labels.iter();
        self.name != fields.name
            || self.external_id != fields.external_id.as_deref().unwrap_or_default()
            || !labels.map(|row| (&row.key, &row.value)).eq(known)
    }

    /// Does what the person did. What the server said of a field is no longer true once the field is changed.
    pub fn apply(&mut self, input: FormInput) {
        match input {
            FormInput::Name(text) => {
                self.name = text;
                self.forget(FieldPath::Name);
            }
            FormInput::ExternalId(text) => {
                self.external_id = text;
                self.forget(FieldPath::ExternalId);
            }
            FormInput::AddLabel => {
                let row = self.new_row(String::new(), String::new());
                self.labels.push(row);
            }
            FormInput::RemoveLabel(number) => {
                self.labels.retain(|row| row.number != number);
                self.forget(FieldPath::Labels);
            }
            FormInput::LabelKey(number, text) => self.edit_row(number, |row| row.key = text),
            FormInput::LabelValue(number, text) => self.edit_row(number, |row| row.value = text),
            FormInput::Paste(number, part, pasted, place) => self.paste(number, part, pasted, place),
        }
    }

    fn new_row(&mut self, key: String, value: String) -> LabelRow {
        self.last_row += 1;
        LabelRow {
            number: self.last_row,
            key,
            value,
        }
    }

    /// Each label that is not there yet becomes a row behind the one that was pasted into, or that row itself while it is
    /// blank. What was no label is typed where it was pasted.
    fn paste(&mut self, number: u64, part: LabelPart, pasted: Pasted, selected: (usize, usize)) {
        let Some(mut place) = self.labels.iter().position(|row| row.number == number) else {
            return;
        };
        if let Some(row) = self.labels.get_mut(place) {
            let text = match part {
                LabelPart::Prefix | LabelPart::Key => &mut row.key,
                LabelPart::Value => &mut row.value,
            };
            let (start, end) = (byte_at(text, selected.0), byte_at(text, selected.1));
            text.replace_range(start..end.max(start), &pasted.rest);
        }
        for (key, value) in pasted.pairs {
            if self.labels.iter().any(|row| row.key == key && row.value == value) {
                continue;
            }
            match self.labels.get_mut(place).filter(|row| row.is_blank()) {
                Some(row) => (row.key, row.value) = (key, value),
                None => {
                    place += 1;
                    let row = self.new_row(key, value);
                    self.labels.insert(place, row);
                }
            }
        }
        self.forget(FieldPath::Labels);
    }

    fn edit_row(&mut self, number: u64, edit: impl FnOnce(&mut LabelRow)) {
        if let Some(row) = self.labels.iter_mut().find(|row| row.number == number) {
            edit(row);
        }
        self.forget(FieldPath::Labels);
    }

    /// The person is done: gives the fields, or none while something is wrong with them.
    pub fn submit(&mut self) -> Option<MetadataFields> {
        self.is_submitted = true;
        self.violations.clear();
        let is_fine = self.name_problem().is_none()
            && self.external_id_problem().is_none()
            && self.labels.iter().all(|row| self.row_problem(row).is_none());
        is_fine.then(|| self.fields())
    }

    /// The fields as they would be sent.
    #[must_use]
    pub fn fields(&self) -> MetadataFields {
        let filled = self.labels.iter().filter(|row| !row.is_blank());
        let mut labels = Labels::new();
        for row in filled {
            labels.insert(row.key.clone(), row.value.clone());
        }
        let external_id = (!self.external_id.is_empty()).then(|| self.external_id.clone());
        MetadataFields {
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

    /// What is wrong with the external ID. Nothing that is on the way to a right one is wrong, so it is told at once.
    #[must_use]
    pub fn external_id_problem(&self) -> Option<NameError> {
        name::check_external_id(&self.external_id).err()
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
    pub fn set_server_errors(&mut self, violations: &[FieldViolation]) {
        self.violations = violations.to_vec();
        for violation in &mut self.violations {
            if violation.description.is_empty() {
                words::fields()
                    .refused_unexplained
                    .clone_into(&mut violation.description);
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

    /// What the server said of things that the form has no field for; `part` is what it has a field for beside the metadata.
    pub fn other_violations(&self, part: FieldPath) -> impl Iterator<Item = &FieldViolation> {
        let known = [FieldPath::Name, FieldPath::ExternalId, FieldPath::Labels, part];
        self.violations
            .iter()
            .filter(move |violation| !known.iter().any(|path| covers(*path, &violation.field)))
    }

    /// The field was changed: what the server said of it is no longer true.
    pub fn forget(&mut self, path: FieldPath) {
        self.violations.retain(|violation| !covers(path, &violation.field));
    }
}

impl LabelRow {
    fn is_blank(&self) -> bool {
        self.key.is_empty() && self.value.is_empty()
    }
}

/// Where so many units of UTF-16 end in a text; its end where it has not as many.
fn byte_at(text: &str, units: usize) -> usize {
    let mut passed = 0;
    let mut places = text.char_indices();
    let place = places.find(|(_, character)| {
        let is_there = passed >= units;
        passed += character.len_utf16();
        is_there
    });
    place.map_or(text.len(), |(place, _)| place)
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
mod tests;
