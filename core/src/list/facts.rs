//! The data of one secret, for writing to the columns and reading from them.

use crate::list::instant::Instant;

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
