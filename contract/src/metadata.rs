//! The metadata of resources.

use serde::{Deserialize, Serialize};

use crate::{Labels, ProfileId, SecretId, Timestamp, WorkspaceId, wire};

/// Metadata of a resource in a workspace: here, of a secret (api.md, Resources).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceMetadata {
    /// The id of the resource itself.
    pub id: SecretId,
    /// The account that it belongs to.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub account_id: String,
    /// The workspace that it is in.
    #[serde(default, deserialize_with = "id_or_absent", skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<WorkspaceId>,
    /// Its name, for people.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub name: String,
    /// Who created it.
    #[serde(default, deserialize_with = "id_or_absent", skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Its id in an external system. Serialised even if unset, because SDKs require it.
    #[serde(default, deserialize_with = "wire::text", serialize_with = "wire::absent_as_empty")]
    pub external_id: Option<String>,
    /// Keys and values to group and filter by.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub labels: Labels,
    /// The field of older servers for the bundle that owns it: read [`Self::bundle`]. The next apply of the bundle may
    /// overwrite or delete the secret.
    #[serde(default, deserialize_with = "wire::text", skip_serializing_if = "Option::is_none")]
    pub bundle_key: Option<String>,
    /// When it was created.
    #[serde(default, deserialize_with = "wire::instant", skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "wire::instant", skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// The label that names the configuration bundle that owns a secret, on newer servers (api.md, Resources).
pub const BUNDLE_LABEL: &str = "bundle_key";

impl ResourceMetadata {
    /// The configuration bundle that owns it: the label of newer servers, or the field of older ones.
    #[must_use]
    pub fn bundle(&self) -> Option<&str> {
        let label = self.labels.get(BUNDLE_LABEL).map(String::as_str);
        label.filter(|bundle| !bundle.is_empty()).or(self.bundle_key.as_deref())
    }
}

/// Metadata of a resource of the account: of a workspace or a profile (api.md, Resources).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountResourceMetadata<Id> {
    /// The id of the resource itself.
    pub id: Id,
    /// The account that it belongs to.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub account_id: String,
    /// Its name, for people.
    #[serde(default, deserialize_with = "wire::text_or_empty")]
    pub name: String,
    /// Who created it.
    #[serde(default, deserialize_with = "id_or_absent", skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Its id in an external system. Serialised even if unset, because SDKs require it.
    #[serde(default, deserialize_with = "wire::text", serialize_with = "wire::absent_as_empty")]
    pub external_id: Option<String>,
    /// Keys and values to group and filter by.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub labels: Labels,
    /// When it was created.
    #[serde(default, deserialize_with = "wire::instant", skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// The id of another resource; an id that could not address anything is treated as absent.
fn id_or_absent<'de, D: serde::Deserializer<'de>, Id: TryFrom<String>>(
    deserializer: D,
) -> Result<Option<Id>, D::Error> {
    Ok(wire::text(deserializer)?.and_then(|text| Id::try_from(text).ok()))
}
