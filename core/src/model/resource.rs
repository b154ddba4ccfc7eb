//! What differs between the forms of a secret and of a workspace: the part beside the metadata.

use std::fmt::Debug;

use contract::{
    FieldChange, FieldPath, MetadataFields, PlannedValue, SecretUpdate, ValueChange, WorkspaceFields, WorkspaceUpdate,
};
use serde::{Deserialize, Serialize};

use crate::model::merge::{Comparison, Field, Merge, Side};

/// A resource that is created and edited with a form of metadata and a part specific to it.
pub trait Resource: Debug + Clone + PartialEq + Send + Sync + 'static {
    /// The editable fields, as the server has them.
    type Fields: Debug + Clone + Default + PartialEq + Send + Sync + 'static;
    /// The part, as entered.
    type Part: Debug + Clone + Default + PartialEq + Send + Sync + 'static;
    /// What is saved but held in no state: the new value of a secret.
    type Payload: Debug;
    /// An update: only what changed.
    type Update: Debug;

    /// The field that the part is about.
    const PART: FieldPath;

    /// The metadata among the fields.
    fn metadata(fields: &Self::Fields) -> &MetadataFields;
    /// The part for a resource as the server has it.
    fn part(fields: &Self::Fields) -> Self::Part;
    /// The fields that a form describes.
    fn fields(metadata: MetadataFields, part: &Self::Part) -> Self::Fields;
    /// Whether the part has unsaved input.
    fn is_dirty(part: &Self::Part, before: &Self::Fields) -> bool;
    /// Whether the part lacks something required.
    fn is_incomplete(part: &Self::Part) -> bool;
    /// The choice for a value, of what has one.
    fn value_choice(part: &Self::Part) -> Option<ValueChoice>;
    /// The changes, for review.
    fn changes(before: &Self::Fields, after: &Self::Fields, part: &Self::Part) -> Vec<FieldChange>;
    /// The update; `None` if nothing changes.
    fn update(before: &Self::Fields, after: &Self::Fields, payload: Self::Payload) -> Option<Self::Update>;
    /// The changes of an update.
    fn changes_of(update: &Self::Update) -> &[FieldChange];
    /// The part in all versions, if it can be compared.
    fn compare(base: &Self::Fields, theirs: &Self::Fields, yours: &Self::Fields) -> Option<Comparison>;
    /// The part after merging.
    fn pick(part: Self::Part, merge: &Merge) -> Self::Part;
    /// The part for a draft.
    fn to_draft(part: &Self::Part) -> DraftPart;
    /// The part of a draft; `None` if it is invalid.
    fn of_draft(draft: DraftPart) -> Option<Self::Part>;
}

/// The part of any resource, as a draft holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPart {
    /// The index of the choice for a value.
    #[serde(default)]
    choice: u8,
    /// A description.
    #[serde(default)]
    description: String,
}

/// A secret. Its value is not part of the form: it stays in its text field until it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretResource {}

/// The choice for the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ValueChoice {
    /// Leave it unchanged.
    #[default]
    Keep,
    /// Replace it by the one in the text field.
    Replace,
    /// Remove it.
    Clear,
}

/// The choices by their index in drafts.
const CHOICES: [ValueChoice; 3] = [ValueChoice::Keep, ValueChoice::Replace, ValueChoice::Clear];

/// The state of the value in a form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ValuePart {
    /// The choice.
    pub choice: ValueChoice,
    /// The size of the value in its text field, in bytes.
    pub bytes: usize,
}

impl ValuePart {
    /// The planned change of the value, for a preview of the request.
    #[must_use]
    pub fn planned(self) -> PlannedValue {
        match self.choice {
            ValueChoice::Keep => PlannedValue::Keep,
            ValueChoice::Replace => PlannedValue::Replace(self.bytes),
            ValueChoice::Clear => PlannedValue::Clear,
        }
    }
}

impl Resource for SecretResource {
    type Fields = MetadataFields;
    type Part = ValuePart;
    type Payload = ValueChange;
    type Update = SecretUpdate;

    const PART: FieldPath = FieldPath::Value;

    fn metadata(fields: &MetadataFields) -> &MetadataFields {
        fields
    }

    fn part(_: &MetadataFields) -> ValuePart {
        ValuePart::default()
    }

    fn fields(metadata: MetadataFields, _: &ValuePart) -> MetadataFields {
        metadata
    }

    /// A value that was entered but is not going to be sent counts: another choice can still send it.
    fn is_dirty(part: &ValuePart, _: &MetadataFields) -> bool {
        part.choice == ValueChoice::Clear || part.bytes > 0
    }

    fn is_incomplete(part: &ValuePart) -> bool {
        part.choice == ValueChoice::Replace && part.bytes == 0
    }

    fn value_choice(part: &ValuePart) -> Option<ValueChoice> {
        Some(part.choice)
    }

    fn changes(before: &MetadataFields, after: &MetadataFields, part: &ValuePart) -> Vec<FieldChange> {
        let metadata = SecretUpdate::between(before, after, ValueChange::Keep);
        let mut changes = metadata.map(|update| update.changes().to_vec()).unwrap_or_default();
        match part.choice {
            ValueChoice::Keep => {}
            ValueChoice::Replace => changes.push(FieldChange::ValueReplaced(part.bytes)),
            ValueChoice::Clear => changes.push(FieldChange::ValueCleared),
        }
        changes
    }

    fn update(before: &MetadataFields, after: &MetadataFields, value: ValueChange) -> Option<SecretUpdate> {
        SecretUpdate::between(before, after, value)
    }

    fn changes_of(update: &SecretUpdate) -> &[FieldChange] {
        update.changes()
    }

    /// Values cannot be read, so they cannot be compared.
    fn compare(_: &MetadataFields, _: &MetadataFields, _: &MetadataFields) -> Option<Comparison> {
        None
    }

    /// Taking theirs keeps the value.
    fn pick(part: ValuePart, merge: &Merge) -> ValuePart {
        let choice = match merge.side(&Field::Value) {
            Some(Side::Theirs) => ValueChoice::Keep,
            Some(Side::Yours) | None => part.choice,
        };
        ValuePart { choice, ..part }
    }

    fn to_draft(part: &ValuePart) -> DraftPart {
        let choice = CHOICES.iter().zip(0..).find(|(choice, _)| **choice == part.choice);
        DraftPart {
            choice: choice.map_or(0, |(_, number)| number),
            ..DraftPart::default()
        }
    }

    /// The size of the text field is given by the draft's value.
    fn of_draft(draft: DraftPart) -> Option<ValuePart> {
        let choice = *CHOICES.get(usize::from(draft.choice))?;
        Some(ValuePart { choice, bytes: 0 })
    }
}

/// A workspace, with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkspaceResource {}

impl Resource for WorkspaceResource {
    type Fields = WorkspaceFields;
    type Part = String;
    type Payload = ();
    type Update = WorkspaceUpdate;

    const PART: FieldPath = FieldPath::Description;

    fn metadata(fields: &WorkspaceFields) -> &MetadataFields {
        &fields.metadata
    }

    fn part(fields: &WorkspaceFields) -> String {
        fields.description.clone().unwrap_or_default()
    }

    fn fields(metadata: MetadataFields, description: &String) -> WorkspaceFields {
        WorkspaceFields {
            metadata,
            description: (!description.is_empty()).then(|| description.clone()),
        }
    }

    fn is_dirty(description: &String, before: &WorkspaceFields) -> bool {
        *description != Self::part(before)
    }

    fn is_incomplete(_: &String) -> bool {
        false
    }

    fn value_choice(_: &String) -> Option<ValueChoice> {
        None
    }

    fn changes(before: &WorkspaceFields, after: &WorkspaceFields, _: &String) -> Vec<FieldChange> {
        let update = WorkspaceUpdate::between(before, after);
        update.map(|update| update.changes().to_vec()).unwrap_or_default()
    }

    fn update(before: &WorkspaceFields, after: &WorkspaceFields, (): ()) -> Option<WorkspaceUpdate> {
        WorkspaceUpdate::between(before, after)
    }

    fn changes_of(update: &WorkspaceUpdate) -> &[FieldChange] {
        update.changes()
    }

    fn compare(base: &WorkspaceFields, theirs: &WorkspaceFields, yours: &WorkspaceFields) -> Option<Comparison> {
        let [base, theirs, yours] = [base, theirs, yours].map(|fields| fields.description.as_deref());
        Some(Comparison::of(Field::Description, base, theirs, yours))
    }

    fn pick(description: String, merge: &Merge) -> String {
        match merge.text(&Field::Description) {
            Some(text) => text.map(str::to_owned).unwrap_or_default(),
            None => description,
        }
    }

    fn to_draft(description: &String) -> DraftPart {
        DraftPart {
            description: description.clone(),
            ..DraftPart::default()
        }
    }

    fn of_draft(draft: DraftPart) -> Option<String> {
        Some(draft.description)
    }
}
