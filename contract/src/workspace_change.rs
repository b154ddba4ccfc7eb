//! What an update of a workspace says, derived from what changed.

use serde::{Serialize, Serializer};

use crate::{FieldMask, FieldPath, Labels, Workspace};

/// The fields of a workspace that a person can edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceFields {
    /// Its name.
    pub name: String,
    /// Its id in a system outside. Absent and empty are the same on the wire.
    pub external_id: Option<String>,
    /// Its labels.
    pub labels: Labels,
    /// What it is for. Absent and empty are the same on the wire.
    pub description: Option<String>,
}

impl From<&Workspace> for WorkspaceFields {
    fn from(workspace: &Workspace) -> Self {
        Self {
            name: workspace.metadata.name.clone(),
            external_id: workspace.metadata.external_id.clone(),
            labels: workspace.metadata.labels.clone(),
            description: workspace.spec.description.clone(),
        }
    }
}

/// An update of a workspace: exactly what changed, and the mask that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceUpdate {
    after: WorkspaceFields,
    mask: FieldMask,
}

impl WorkspaceUpdate {
    /// The update that makes `before` into `after`; none when nothing changed.
    #[must_use]
    pub fn between(before: &WorkspaceFields, after: &WorkspaceFields) -> Option<Self> {
        let changes = [
            (FieldPath::Name, before.name != after.name),
            (
                FieldPath::ExternalId,
                present(&before.external_id) != present(&after.external_id),
            ),
            (FieldPath::Labels, before.labels != after.labels),
            (
                FieldPath::Description,
                present(&before.description) != present(&after.description),
            ),
        ];
        let changed = changes.into_iter().filter(|(_, is_changed)| *is_changed);
        let mask: FieldMask = changed.map(|(path, _)| path).collect();
        (!mask.is_empty()).then(|| Self {
            after: after.clone(),
            mask,
        })
    }

    /// The paths that change, and no other.
    #[must_use]
    pub fn mask(&self) -> &FieldMask {
        &self.mask
    }
}

impl Serialize for WorkspaceUpdate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Body<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            metadata: Option<Metadata<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            spec: Option<Description<'a>>,
            update_mask: &'a FieldMask,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Metadata<'a> {
            /// Sent along whenever any metadata is (api.md, Endpoints).
            name: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            external_id: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            labels: Option<&'a Labels>,
        }
        let Self { after, mask } = self;
        // A path in the mask without a field in the body clears it (AIP-134, field masks).
        let metadata = mask.paths().any(FieldPath::is_metadata).then(|| Metadata {
            name: &after.name,
            external_id: present(&after.external_id).filter(|_| mask.contains(FieldPath::ExternalId)),
            labels: mask.contains(FieldPath::Labels).then_some(&after.labels),
        });
        let spec = mask
            .contains(FieldPath::Description)
            .then(|| Description::new(after.description.as_deref()));
        let body = Body {
            metadata,
            spec,
            update_mask: mask,
        };
        body.serialize(serializer)
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

fn present(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
