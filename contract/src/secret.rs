//! Workspace secrets.

use std::borrow::Cow;

use serde::Serialize;

use crate::json::{Broken, Field, FromJson, Json, Read};
use crate::{Profile, ResourceMetadata, SecretText, Timestamp, wire};

/// A secret of a workspace.
#[derive(Debug)]
pub struct WorkspaceSecret {
    /// Metadata common to resources in a workspace.
    pub metadata: ResourceMetadata,
    /// The value, if the server returns it.
    pub spec: WorkspaceSecretSpec,
    /// Creator and last use, if requested.
    pub info: Option<WorkspaceSecretInfo>,
}

/// The configuration of a secret.
#[derive(Debug, Default)]
pub struct WorkspaceSecretSpec {
    /// The value. Always absent if the server treats values as write-only.
    pub value: Option<SecretText>,
}

/// The creator and the last use of a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSecretInfo {
    /// Who created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<Profile>,
    /// When it was last used.
    #[serde(skip_serializing_if = "Option::is_none")]
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

impl FromJson for WorkspaceSecret {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let (mut metadata, mut value, mut info) = (None, None, None);
        let is_there = json.fields(&mut [
            (
                "metadata",
                Field::Value(&mut |json| ResourceMetadata::read(json).map(|read| metadata = read)),
            ),
            (
                "spec",
                Field::Value(&mut |json| SecretText::read_in(json).map(|read| value = read)),
            ),
            (
                "info",
                Field::Value(&mut |json| WorkspaceSecretInfo::read(json).map(|read| info = read)),
            ),
        ])?;
        if !is_there {
            return Ok(None);
        }
        Ok(Some(Self {
            metadata: metadata.ok_or(Broken::Kind)?,
            spec: WorkspaceSecretSpec { value },
            info,
        }))
    }
}

impl FromJson for WorkspaceSecretInfo {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let (mut created_by, mut used) = (None, Cow::Borrowed(""));
        let is_there = json.fields(&mut [
            (
                "createdBy",
                // A creator that can't be read hides no secret.
                Field::Value(&mut |json| {
                    let mut creator = json.again();
                    match Profile::read(&mut creator) {
                        Ok(read) => {
                            created_by = read;
                            *json = creator;
                            Ok(())
                        }
                        Err(_) => json.skip(),
                    }
                }),
            ),
            ("lastUsedAt", Field::Text(&mut used)),
        ])?;
        Ok(is_there.then(|| Self {
            created_by,
            last_used_at: wire::instant(&used),
        }))
    }
}
