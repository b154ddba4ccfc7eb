//! The form for the metadata of a secret or a workspace: input and validation.

use std::collections::HashSet;

use contract::long_text::is_shortened;
use contract::{FieldPath, FieldViolation, LabelError, LabelPart, Labels, MetadataFields, NameError, label, name};

use crate::i18n::words;
use crate::model::label_paste::Pasted;

/// Metadata as entered. Input is never altered or dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetadataForm {
    /// The name.
    pub name: String,
    /// The external ID.
    pub external_id: String,
    /// The labels, row by row, as typed.
    pub labels: Vec<LabelRow>,
    last_row: u64,
    /// The fields of the server. Whatever it has is not refused here: another tool may follow other rules. Only what was
    /// shortened is, because the rest would be lost.
    known: Option<MetadataFields>,
    /// Whether the form was submitted: before that, an empty field is not an error.
    is_submitted: bool,
    violations: Vec<FieldViolation>,
}

/// One label as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelRow {
    /// Its number, which is stable while other rows are added and removed.
    pub number: u64,
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// An edit of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormInput {
    /// Changes the name.
    Name(String),
    /// Changes the external ID.
    ExternalId(String),
    /// Adds a label.
    AddLabel,
    /// Removes this label.
    RemoveLabel(u64),
    /// Changes the key of this label.
    LabelKey(u64, String),
    /// Changes the value of this label.
    LabelValue(u64, String),
    /// Pastes labels into this part of this label, replacing the selected range (in UTF-16 units, as browsers count).
    Paste(u64, LabelPart, Pasted, (usize, usize)),
}

/// Why a label row is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowProblem {
    /// Its key is invalid.
    Key(LabelError),
    /// Its value is invalid.
    Value(LabelError),
    /// An earlier row has the same key.
    Duplicate,
}

impl MetadataForm {
    /// The form for existing fields.
    #[must_use]
    pub fn of(fields: &MetadataFields) -> Self {
        let mut form = Self {
            name: fields.name.clone(),
            external_id: fields.external_id.clone().unwrap_or_default(),
            known: Some(fields.clone()),
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

    /// The form of a draft; labels as keys and values, row by row.
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

    /// The same input for a resource with these fields.
    #[must_use]
    pub fn knowing(mut self, fields: &MetadataFields) -> Self {
        self.known = Some(fields.clone());
        self
    }

    /// Whether the input differs from these fields, valid or not.
    #[must_use]
    pub fn is_other_than(&self, fields: &MetadataFields) -> bool {
        let labels = self.labels.iter().filter(|row| !row.is_blank());
        let known = fields.labels.iter();
        self.name != fields.name
            || self.external_id != fields.external_id.as_deref().unwrap_or_default()
            || !labels.map(|row| (&row.key, &row.value)).eq(known)
    }

    /// Applies an edit. The server's error about a field is cleared when the field changes.
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

    /// Adds a row for each new label after the one that was pasted into, or fills that row if it is blank. The rest of
    /// the text is inserted where it was pasted.
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

    /// Submits: returns the fields, or `None` if any is invalid.
    pub fn submit(&mut self) -> Option<MetadataFields> {
        self.is_submitted = true;
        self.violations.clear();
        // Looking for an earlier row with the same key for each row would take a minute for 100,000 of them.
        let mut keys = HashSet::with_capacity(self.labels.len());
        let mut rows = self.labels.iter().filter(|row| !row.is_blank());
        let is_fine = self.name_problem().is_none()
            && self.external_id_problem().is_none()
            && rows.all(|row| self.own_problem(row).is_none() && keys.insert(row.key.as_str()));
        is_fine.then(|| self.fields())
    }

    /// The fields that would be sent.
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

    /// The error of the name; an empty name is an error only after submitting.
    #[must_use]
    pub fn name_problem(&self) -> Option<NameError> {
        let problem = name::check(&self.name).err()?;
        let is_known = self.known.as_ref().is_some_and(|known| known.name == self.name);
        if is_known && !is_shortened(&self.name) {
            return None;
        }
        (self.is_submitted || problem != NameError::Empty).then_some(problem)
    }

    /// The error of the external ID. Validated on every keystroke.
    #[must_use]
    pub fn external_id_problem(&self) -> Option<NameError> {
        let is_known = |known: &MetadataFields| {
            known.external_id.as_ref() == Some(&self.external_id) && !is_shortened(&self.external_id)
        };
        let problem = name::check_external_id(&self.external_id).err();
        problem.filter(|_| !self.known.as_ref().is_some_and(is_known))
    }

    /// The error of a label; an incomplete row is an error only after submitting.
    #[must_use]
    pub fn row_problem(&self, row: &LabelRow) -> Option<RowProblem> {
        if row.is_blank() {
            return None;
        }
        let earlier = || self.labels.iter().take_while(|other| other.number != row.number);
        let is_duplicate = || !row.key.is_empty() && earlier().any(|other| other.key == row.key);
        self.own_problem(row)
            .or_else(|| is_duplicate().then_some(RowProblem::Duplicate))
    }

    /// The error of a label, whatever the others are.
    fn own_problem(&self, row: &LabelRow) -> Option<RowProblem> {
        let is_whole = !is_shortened(&row.key) && !is_shortened(&row.value);
        let is_known = |known: &MetadataFields| is_whole && known.labels.get(&row.key) == Some(&row.value);
        let is_checked = !self.known.as_ref().is_some_and(is_known);
        if is_checked
            && let Err(error) = label::check_key(&row.key)
            && (self.is_submitted || !is_unfinished(error))
        {
            return Some(RowProblem::Key(error));
        }
        if is_checked
            && let Err(error) = label::check_value(&row.value)
            && (self.is_submitted || !is_unfinished(error))
        {
            return Some(RowProblem::Value(error));
        }
        None
    }

    /// Sets the server's errors.
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

    /// The server's error about a field.
    #[must_use]
    pub fn violation(&self, path: FieldPath) -> Option<&str> {
        let of_field = self
            .violations
            .iter()
            .find(|violation| covers(path, &violation.field))?;
        Some(&of_field.description)
    }

    /// The server's errors about fields that the form does not have; `part` is the field that it has besides the
    /// metadata.
    pub fn other_violations(&self, part: FieldPath) -> impl Iterator<Item = &FieldViolation> {
        let known = [FieldPath::Name, FieldPath::ExternalId, FieldPath::Labels, part];
        self.violations
            .iter()
            .filter(move |violation| !known.iter().any(|path| covers(*path, &violation.field)))
    }

    /// The field was changed: clears the server's error about it.
    pub fn forget(&mut self, path: FieldPath) {
        self.violations.retain(|violation| !covers(path, &violation.field));
    }
}

impl LabelRow {
    fn is_blank(&self) -> bool {
        self.key.is_empty() && self.value.is_empty()
    }
}

/// The byte offset after `units` UTF-16 units of a text; its end if it is shorter.
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

/// Whether an error may be due to unfinished typing: "env-" on the way to "env-1".
fn is_unfinished(error: LabelError) -> bool {
    matches!(error, LabelError::Empty(_) | LabelError::End(_))
}

/// Whether a violation of `field` is about `path`: the field itself, something inside it, or its snake_case form.
fn covers(path: FieldPath, field: &str) -> bool {
    let field = field.replace("external_id", "externalId");
    field
        .strip_prefix(path.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests;
