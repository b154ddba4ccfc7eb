//! The data of one secret, for writing to the columns and reading from them.

use contract::ResourceMetadata;

use crate::list::instant::{Instant, NEVER};

/// A decoded secret; borrowed from the bytes if they need no unescaping.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// Its id; never empty.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its id in an external system; empty if there is none.
    pub external_id: &'a str,
    /// Keys and values.
    pub labels: &'a [(&'a str, &'a str)],
    /// The bundle that owns it; empty if there is none.
    pub bundle: &'a str,
    /// Who created it.
    pub creator: Creator<'a>,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
    /// When it was last used.
    pub used: Instant,
    /// Whether the server was asked for the last use and sent it.
    pub has_info: bool,
}

/// The creator of a secret, as far as the server sends it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Creator<'a> {
    /// The profile's id.
    pub id: &'a str,
    /// The profile's name.
    pub name: &'a str,
    /// The profile's email.
    pub email: &'a str,
    /// The profile's type, as the server writes it.
    pub kind: &'a str,
}

impl<'a> Creator<'a> {
    /// The display name: the name, else the email, else the id.
    #[must_use]
    pub fn display_name(&self) -> &'a str {
        [self.name, self.email, self.id]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }
}

/// Data of a secret that only a list has: last use and creator. It stays valid after a write, which is not a use and
/// does not change the creator.
#[derive(Debug, Default)]
pub(crate) struct Info {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) kind: String,
    pub(crate) used: Option<i64>,
}

/// Passes a written secret as the facts of a row.
pub(crate) fn with_facts<Answer>(
    metadata: &ResourceMetadata,
    info: &Info,
    act: impl FnOnce(&Facts<'_>) -> Answer,
) -> Answer {
    let labels: Vec<(&str, &str)> = metadata
        .labels
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    let own = metadata.profile_id.as_ref().map(|id| id.as_str()).unwrap_or_default();
    act(&Facts {
        id: metadata.id.as_str(),
        name: &metadata.name,
        external_id: metadata.external_id.as_deref().unwrap_or_default(),
        labels: &labels,
        bundle: metadata.bundle().unwrap_or_default(),
        created: millis(metadata.created_at),
        updated: millis(metadata.updated_at),
        creator: Creator {
            id: if info.id.is_empty() { own } else { &info.id },
            name: &info.name,
            email: &info.email,
            kind: &info.kind,
        },
        used: info.used.unwrap_or(NEVER),
        has_info: info.used.is_some(),
    })
}

/// A time as a number.
pub(crate) fn millis(at: Option<contract::Timestamp>) -> i64 {
    at.map_or(NEVER, |at| at.timestamp_millis())
}
