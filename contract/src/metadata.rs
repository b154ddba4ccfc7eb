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

/// The fields of both kinds of metadata as they were read, so that one reader is enough. What a kind does not have is
/// empty.
#[derive(Default)]
struct Fields<'text> {
    id: Cow<'text, str>,
    account: Cow<'text, str>,
    workspace: Cow<'text, str>,
    name: Cow<'text, str>,
    profile: Cow<'text, str>,
    external: Cow<'text, str>,
    labels: Labels,
    bundle: Cow<'text, str>,
    created: Cow<'text, str>,
    updated: Cow<'text, str>,
}

impl<'text> Fields<'text> {
    /// `None` for `null`.
    fn read(json: &mut Json<'text>) -> Read<Option<Self>> {
        let mut fields = Self::default();
        let labels = &mut fields.labels;
        let is_there = json.fields(&mut [
            ("id", Field::Text(&mut fields.id)),
            ("accountId", Field::Text(&mut fields.account)),
            ("workspaceId", Field::Text(&mut fields.workspace)),
            ("name", Field::Text(&mut fields.name)),
            ("profileId", Field::Text(&mut fields.profile)),
            ("externalId", Field::Text(&mut fields.external)),
            ("labels", Field::Value(&mut |json| read_labels(json, labels))),
            ("bundleKey", Field::Text(&mut fields.bundle)),
            ("createdAt", Field::Text(&mut fields.created)),
            ("updatedAt", Field::Text(&mut fields.updated)),
        ])?;
        Ok(is_there.then_some(fields))
    }
}

impl FromJson for ResourceMetadata {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let Some(fields) = Fields::read(json)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            id: wire::id(fields.id).ok_or(Broken::Kind)?,
            account_id: fields.account.into_owned(),
            workspace_id: wire::id(fields.workspace),
            name: fields.name.into_owned(),
            profile_id: wire::id(fields.profile),
            external_id: wire::optional(fields.external),
            labels: fields.labels,
            bundle_key: wire::optional(fields.bundle),
            created_at: wire::instant(&fields.created),
            updated_at: wire::instant(&fields.updated),
        }))
    }
}

impl<Id: TryFrom<String>> AccountResourceMetadata<Id> {
    /// Reads metadata with an id that can address something.
    pub(crate) fn read(json: &mut Json<'_>) -> Read<Self> {
        let fields = Fields::read(json)?.ok_or(Broken::Kind)?;
        Ok(Self {
            id: wire::id(fields.id).ok_or(Broken::Kind)?,
            account_id: fields.account.into_owned(),
            name: fields.name.into_owned(),
            profile_id: wire::id(fields.profile),
            external_id: wire::optional(fields.external),
            labels: fields.labels,
            created_at: wire::instant(&fields.created),
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
