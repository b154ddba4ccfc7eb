//! The metadata of resources.

use std::borrow::Cow;

use serde::Serialize;

use crate::json::{Broken, Field, FromJson, Json, Read};
use crate::{Labels, ProfileId, SecretId, Timestamp, WorkspaceId, wire};

/// Metadata of a resource in a workspace: here, of a secret (api.md, Resources).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceMetadata {
    /// The id of the resource itself.
    pub id: SecretId,
    /// The account that it belongs to.
    pub account_id: String,
    /// The workspace that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<WorkspaceId>,
    /// Its name, for people.
    pub name: String,
    /// Who created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Its id in an external system. Serialised even if unset, because SDKs require it.
    #[serde(serialize_with = "wire::absent_as_empty")]
    pub external_id: Option<String>,
    /// Keys and values to group and filter by.
    pub labels: Labels,
    /// The field of older servers for the bundle that owns it: read [`Self::bundle`]. The next apply of the bundle may
    /// overwrite or delete the secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_key: Option<String>,
    /// When it was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountResourceMetadata<Id> {
    /// The id of the resource itself.
    pub id: Id,
    /// The account that it belongs to.
    pub account_id: String,
    /// Its name, for people.
    pub name: String,
    /// Who created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Its id in an external system. Serialised even if unset, because SDKs require it.
    #[serde(serialize_with = "wire::absent_as_empty")]
    pub external_id: Option<String>,
    /// Keys and values to group and filter by.
    pub labels: Labels,
    /// When it was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

impl FromJson for ResourceMetadata {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let mut texts: [Cow<'_, str>; 9] = Default::default();
        let [
            id,
            account,
            workspace,
            name,
            profile,
            external,
            bundle,
            created,
            updated,
        ] = &mut texts;
        let mut labels = Labels::new();
        let is_there = json.fields(&mut [
            ("id", Field::Text(id)),
            ("accountId", Field::Text(account)),
            ("workspaceId", Field::Text(workspace)),
            ("name", Field::Text(name)),
            ("profileId", Field::Text(profile)),
            ("externalId", Field::Text(external)),
            ("labels", Field::Value(&mut |json| read_labels(json, &mut labels))),
            ("bundleKey", Field::Text(bundle)),
            ("createdAt", Field::Text(created)),
            ("updatedAt", Field::Text(updated)),
        ])?;
        if !is_there {
            return Ok(None);
        }
        let [
            id,
            account,
            workspace,
            name,
            profile,
            external,
            bundle,
            created,
            updated,
        ] = texts;
        Ok(Some(Self {
            id: wire::id(id).ok_or(Broken::Kind)?,
            account_id: account.into_owned(),
            workspace_id: wire::id(workspace),
            name: name.into_owned(),
            profile_id: wire::id(profile),
            external_id: wire::optional(external),
            labels,
            bundle_key: wire::optional(bundle),
            created_at: wire::instant(&created),
            updated_at: wire::instant(&updated),
        }))
    }
}

impl AccountResourceMetadata<String> {
    /// Reads it with its id as a text, so that this is compiled once.
    fn of_any(json: &mut Json<'_>) -> Read<Option<Self>> {
        let mut texts: [Cow<'_, str>; 6] = Default::default();
        let [id, account, name, profile, external, created] = &mut texts;
        let mut labels = Labels::new();
        let is_there = json.fields(&mut [
            ("id", Field::Text(id)),
            ("accountId", Field::Text(account)),
            ("name", Field::Text(name)),
            ("profileId", Field::Text(profile)),
            ("externalId", Field::Text(external)),
            ("labels", Field::Value(&mut |json| read_labels(json, &mut labels))),
            ("createdAt", Field::Text(created)),
        ])?;
        let [id, account, name, profile, external, created] = texts;
        Ok(is_there.then(|| Self {
            id: id.into_owned(),
            account_id: account.into_owned(),
            name: name.into_owned(),
            profile_id: wire::id(profile),
            external_id: wire::optional(external),
            labels,
            created_at: wire::instant(&created),
        }))
    }
}

impl<Id: TryFrom<String>> AccountResourceMetadata<Id> {
    /// Reads metadata with an id that can address something.
    pub(crate) fn read(json: &mut Json<'_>) -> Read<Self> {
        let metadata = AccountResourceMetadata::of_any(json)?.ok_or(Broken::Kind)?;
        Ok(Self {
            id: Id::try_from(metadata.id).map_err(|_| Broken::Kind)?,
            account_id: metadata.account_id,
            name: metadata.name,
            profile_id: metadata.profile_id,
            external_id: metadata.external_id,
            labels: metadata.labels,
            created_at: metadata.created_at,
        })
    }
}

fn read_labels(json: &mut Json<'_>, labels: &mut Labels) -> Read<()> {
    json.object(&mut |json, key| {
        labels.insert(key.into_owned(), json.text()?.into_owned());
        Ok(())
    })
    .map(|_| ())
}
