//! Profiles: people, API keys and the system.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Metadata common to the account's resources.
    pub metadata: AccountResourceMetadata<ProfileId>,
    /// The type of the profile and its display name.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub spec: ProfileSpec,
    /// Some versions of the API write a secret's last use here, with the fields of its creator.
    #[serde(default, deserialize_with = "wire::instant", skip_serializing_if = "Option::is_none")]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileSpec {
    /// The type of the profile.
    #[serde(rename = "type", default, deserialize_with = "kind_or_unspecified")]
    pub kind: ProfileType,
    /// Email address. Serialised even if unset, because SDKs require it.
    #[serde(default, deserialize_with = "wire::text", serialize_with = "wire::absent_as_empty")]
    pub email: Option<String>,
    /// Display name. Serialised even if unset, for the same reason.
    #[serde(default, deserialize_with = "wire::text", serialize_with = "wire::absent_as_empty")]
    pub name: Option<String>,
}

/// A missing type, `null` and `""` mean the same (api.md, Transport).
fn kind_or_unspecified<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<ProfileType, D::Error> {
    let kind = Option::<ProfileType>::deserialize(deserializer)?;
    Ok(kind.filter(|kind| !kind.as_str().is_empty()).unwrap_or_default())
}
