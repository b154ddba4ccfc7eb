//! Workspace secrets.

use serde::{Deserialize, Serialize};

use crate::{Profile, ResourceMetadata, SecretText, Timestamp, wire};

/// A secret of a workspace.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSecret {
    /// Metadata common to resources in a workspace.
    pub metadata: ResourceMetadata,
    /// The value, if the server returns it.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub spec: WorkspaceSecretSpec,
    /// Creator and last use, if requested.
    #[serde(default)]
    pub info: Option<WorkspaceSecretInfo>,
}

/// The configuration of a secret.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSecretSpec {
    /// The value. Always absent if the server treats values as write-only.
    #[serde(default, deserialize_with = "value")]
    pub value: Option<SecretText>,
}

/// The creator and the last use of a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSecretInfo {
    /// Who created it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<Profile>,
    /// When it was last used.
    #[serde(default, deserialize_with = "wire::instant", skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

impl WorkspaceSecretInfo {
    /// When the secret was last used, from any of the fields that versions of the API use.
    #[must_use]
    pub fn last_use(&self) -> Option<Timestamp> {
        self.last_used_at
            .or_else(|| self.created_by.as_ref().and_then(|profile| profile.last_used_at))
    }
}

fn value<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<SecretText>, D::Error> {
    Ok(Option::<SecretText>::deserialize(deserializer)?.filter(|value| !value.is_empty()))
}
