//! Profiles: people, API keys and the system.

use std::borrow::Cow;

use serde::Serialize;

use crate::json::{Broken, Field, FromJson, Json, Read};
use crate::{AccountResourceMetadata, ProfileId, Timestamp, wire};

wire::open_enum! {
    /// The type of a profile.
    ProfileType {
        /// Not given by the server.
        Unspecified = "PROFILE_TYPE_UNSPECIFIED",
        /// A person.
        User = "PROFILE_TYPE_USER",
        /// An API key.
        ApiKey = "PROFILE_TYPE_API_KEY",
        /// The platform itself.
        System = "PROFILE_TYPE_SYSTEM",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro that declares the enum marks no variant"
)]
impl Default for ProfileType {
    fn default() -> Self {
        Self::Unspecified
    }
}

/// A principal of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Metadata common to the account's resources.
    pub metadata: AccountResourceMetadata<ProfileId>,
    /// The type of the profile and its display name.
    pub spec: ProfileSpec,
    /// Some versions of the API write a secret's last use here, with the fields of its creator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

impl Profile {
    /// The display name: the profile's own, else its metadata's name, else its email, else its id.
    #[must_use]
    pub fn display_name(&self) -> &str {
        let candidates = [
            self.spec.name.as_deref(),
            Some(self.metadata.name.as_str()),
            self.spec.email.as_deref(),
        ];
        candidates
            .into_iter()
            .flatten()
            .find(|name| !name.is_empty())
            .unwrap_or(self.metadata.id.as_str())
    }
}

/// The configuration of a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileSpec {
    /// The type of the profile.
    #[serde(rename = "type")]
    pub kind: ProfileType,
    /// Email address. Serialised even if unset, because SDKs require it.
    #[serde(serialize_with = "wire::absent_as_empty")]
    pub email: Option<String>,
    /// Display name. Serialised even if unset, for the same reason.
    #[serde(serialize_with = "wire::absent_as_empty")]
    pub name: Option<String>,
}

impl FromJson for Profile {
    fn read(json: &mut Json<'_>) -> Read<Option<Self>> {
        let mut metadata = None;
        let mut texts: [Cow<'_, str>; 4] = Default::default();
        let [kind, email, name, used] = &mut texts;
        let is_there = json.fields(&mut [
            (
                "metadata",
                Field::Value(&mut |json| AccountResourceMetadata::read(json).map(|read| metadata = Some(read))),
            ),
            (
                "spec",
                Field::Value(&mut |json| {
                    let spec = &mut [
                        ("type", Field::TextOrNumber(kind)),
                        ("email", Field::Text(email)),
                        ("name", Field::Text(name)),
                    ];
                    json.fields(spec).map(|_| ())
                }),
            ),
            ("lastUsedAt", Field::Text(used)),
        ])?;
        if !is_there {
            return Ok(None);
        }
        let [kind, email, name, used] = texts;
        Ok(Some(Self {
            metadata: metadata.ok_or(Broken::Kind)?,
            spec: ProfileSpec {
                // A missing type, `null` and `""` mean the same (api.md, Transport).
                kind: wire::optional(kind).map_or(ProfileType::Unspecified, |kind| ProfileType::from(kind.as_str())),
                email: wire::optional(email),
                name: wire::optional(name),
            },
            last_used_at: wire::instant(&used),
        }))
    }
}
