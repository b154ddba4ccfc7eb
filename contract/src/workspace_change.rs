//! Updates of workspaces, derived from what changed.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::change::{ChangedMetadata, present};
use crate::{FieldChange, FieldMask, FieldPath, MetadataFields, Workspace};

/// The editable fields of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceFields {
    /// Its metadata.
    pub metadata: MetadataFields,
    /// Its description. Absent and empty are the same on the wire, so empty is never used.
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

/// An update of a workspace: only what changed, and the matching mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceUpdate {
    changes: Vec<FieldChange>,
    /// Sent with any change of metadata (api.md, Endpoints).
    name: String,
}

impl WorkspaceUpdate {
    /// The update from `before` to `after`; `None` if nothing changed.
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

    /// The changes, field by field.
    #[must_use]
    pub fn changes(&self) -> &[FieldChange] {
        &self.changes
    }

    /// The changed paths, and no others.
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
