//! What an update of a workspace says, derived from what changed.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::change::{ChangedMetadata, present};
use crate::{FieldChange, FieldMask, FieldPath, MetadataFields, Workspace};

/// The fields of a workspace that a person can edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceFields {
    /// Its metadata.
    pub metadata: MetadataFields,
    /// What it is for. Absent and empty are the same on the wire, so there is only absent.
    pub description: Option<String>,
}

impl From<&Workspace> for WorkspaceFields {
    fn from(workspace: &Workspace) -> Self {
        let metadata = &workspace.metadata;
        Self {
            metadata: MetadataFields {
                name: metadata.name.clone(),
                external_id: present(&metadata.external_id),
                labels: metadata.labels.clone(),
            },
            description: present(&workspace.spec.description),
        }
    }
}

/// An update of a workspace: exactly what changed, and the mask that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceUpdate {
    changes: Vec<FieldChange>,
    /// Sent along whenever any metadata is (api.md, Endpoints).
    name: String,
}

impl WorkspaceUpdate {
    /// The update that makes `before` into `after`; none when nothing changed.
    #[must_use]
    pub fn between(before: &WorkspaceFields, after: &WorkspaceFields) -> Option<Self> {
        let mut changes = before.metadata.changes(&after.metadata);
        let (old, new) = (present(&before.description), present(&after.description));
        if old != new {
            changes.push(FieldChange::Description(old, new));
        }
        (!changes.is_empty()).then(|| Self {
            changes,
            name: after.metadata.name.clone(),
        })
    }

    /// What changes, field by field.
    #[must_use]
    pub fn changes(&self) -> &[FieldChange] {
        &self.changes
    }

    /// The paths that change, and no other.
    #[must_use]
    pub fn mask(&self) -> FieldMask {
        self.changes.iter().map(FieldChange::path).collect()
    }
}

impl Serialize for WorkspaceUpdate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mask = self.mask();
        let mut body = serializer.serialize_map(None)?;
        // A path in the mask without a field in the body clears it (AIP-134, field masks).
        if mask.paths().any(FieldPath::is_metadata) {
            body.serialize_entry("metadata", &ChangedMetadata(&self.name, &self.changes))?;
        }
        for change in &self.changes {
            if let FieldChange::Description(_, after) = change {
                body.serialize_entry("spec", &Description::new(after.as_deref()))?;
            }
        }
        body.serialize_entry("updateMask", &mask)?;
        body.end()
    }
}

/// The `spec` of a create or an update.
#[derive(Serialize)]
pub(crate) struct Description<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

impl<'a> Description<'a> {
    /// An empty one is absent.
    pub(crate) fn new(text: Option<&'a str>) -> Self {
        Self {
            description: text.filter(|text| !text.is_empty()),
        }
    }
}
