//! Updates of secrets, derived from what changed.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::long_text::is_shortened;
use crate::secret_text::Exposed;
use crate::{FieldMask, FieldPath, Labels, ResourceMetadata, SecretText};

/// The editable metadata of a secret or a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetadataFields {
    /// Its name.
    pub name: String,
    /// Its id in an external system. Absent and empty are the same on the wire, so empty is never used.
    pub external_id: Option<String>,
    /// Its labels.
    pub labels: Labels,
}

impl From<&ResourceMetadata> for MetadataFields {
    fn from(metadata: &ResourceMetadata) -> Self {
        Self {
            name: metadata.name.clone(),
            external_id: present(&metadata.external_id),
            labels: metadata.labels.clone(),
        }
    }
}

impl MetadataFields {
    /// Whether one of the texts is only the start of the server's: these fields must not be written back.
    #[must_use]
    pub fn is_shortened(&self) -> bool {
        let labels = self.labels.iter().flat_map(|(key, value)| [key, value]);
        let mut texts = labels.chain(&self.external_id).chain([&self.name]);
        texts.any(|text| is_shortened(text))
    }

    /// The changes from `self` to `after`, field by field.
    pub(crate) fn changes(&self, after: &Self) -> Vec<FieldChange> {
        let mut changes = Vec::new();
        if self.name != after.name {
            changes.push(FieldChange::Name(self.name.clone(), after.name.clone()));
        }
        let (old, new) = (present(&self.external_id), present(&after.external_id));
        if old != new {
            changes.push(FieldChange::ExternalId(old, new));
        }
        if self.labels != after.labels {
            changes.push(FieldChange::Labels(self.labels.clone(), after.labels.clone()));
        }
        changes
    }
}

/// A text, or `None` if it is empty.
pub(crate) fn present(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}

/// The change of the value. Keeping it is the absence of a value, not a special value for "unchanged".
#[derive(Debug)]
pub enum ValueChange {
    /// Leave it unchanged: the body does not contain it.
    Keep,
    /// Write a new one.
    Replace(SecretText),
    /// Remove it.
    Clear,
}

/// A changed field of an update, for review. Contains no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldChange {
    /// The name, before and after.
    Name(String, String),
    /// The external ID, before and after.
    ExternalId(Option<String>, Option<String>),
    /// The labels, before and after.
    Labels(Labels, Labels),
    /// The description of a workspace, before and after.
    Description(Option<String>, Option<String>),
    /// The value is replaced by one of this many bytes.
    ValueReplaced(usize),
    /// The value is removed.
    ValueCleared,
}

impl FieldChange {
    /// Its path in the update mask.
    #[must_use]
    pub fn path(&self) -> FieldPath {
        match self {
            Self::Name(..) => FieldPath::Name,
            Self::ExternalId(..) => FieldPath::ExternalId,
            Self::Labels(..) => FieldPath::Labels,
            Self::Description(..) => FieldPath::Description,
            Self::ValueReplaced(_) | Self::ValueCleared => FieldPath::Value,
        }
    }
}

/// An update of a secret: only what changed, and the matching mask.
#[derive(Debug)]
pub struct SecretUpdate {
    changes: Vec<FieldChange>,
    /// Sent with any change of metadata (api.md, Endpoints).
    name: String,
    value: ValueChange,
}

impl SecretUpdate {
    /// The update from `before` to `after`; `None` if nothing changed.
    #[must_use]
    pub fn between(before: &MetadataFields, after: &MetadataFields, value: ValueChange) -> Option<Self> {
        let mut changes = before.changes(after);
        match &value {
            ValueChange::Keep => {}
            ValueChange::Replace(new) => changes.push(FieldChange::ValueReplaced(new.byte_count())),
            ValueChange::Clear => changes.push(FieldChange::ValueCleared),
        }
        (!changes.is_empty()).then(|| Self {
            changes,
            name: after.name.clone(),
            value,
        })
    }

    /// The changes, field by field.
    #[must_use]
    pub fn changes(&self) -> &[FieldChange] {
        &self.changes
    }

    /// The change of the value.
    #[must_use]
    pub fn into_value(self) -> ValueChange {
        self.value
    }

    /// The changed paths, and no others.
    #[must_use]
    pub fn mask(&self) -> FieldMask {
        self.changes.iter().map(FieldChange::path).collect()
    }
}

/// The body of the update. Private to the crate: it exposes the value.
pub(crate) struct UpdateBody<'a>(pub(crate) &'a SecretUpdate);

impl Serialize for UpdateBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let update = self.0;
        let mask = update.mask();
        let mut body = serializer.serialize_map(None)?;
        if mask.paths().any(FieldPath::is_metadata) {
            body.serialize_entry("metadata", &ChangedMetadata(&update.name, &update.changes))?;
        }
        match &update.value {
            ValueChange::Keep => {}
            ValueChange::Replace(value) => body.serialize_entry(
                "spec",
                &Spec {
                    value: Some(Exposed(value)),
                },
            )?,
            // A path in the mask without a field in the body clears it (AIP-134, field masks).
            ValueChange::Clear => body.serialize_entry("spec", &Spec { value: None })?,
        }
        body.serialize_entry("updateMask", &mask)?;
        body.end()
    }
}

/// The `spec` of a create or an update.
#[derive(Serialize)]
pub(crate) struct Spec<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<Exposed<'a>>,
}

/// The name, which is sent with any change of metadata (api.md, Endpoints), and the changed fields.
pub(crate) struct ChangedMetadata<'a>(pub(crate) &'a str, pub(crate) &'a [FieldChange]);

impl Serialize for ChangedMetadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut metadata = serializer.serialize_map(None)?;
        metadata.serialize_entry("name", self.0)?;
        for change in self.1 {
            match change {
                FieldChange::ExternalId(_, Some(after)) => metadata.serialize_entry("externalId", after)?,
                FieldChange::Labels(_, after) => metadata.serialize_entry("labels", after)?,
                _ => {}
            }
        }
        metadata.end()
    }
}
