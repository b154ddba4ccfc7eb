//! One secret, on its way into the columns and out of them.

use crate::list::instant::Instant;

/// What a decoded secret says; borrowed from the bytes where they need no unescaping.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// Its id; never empty.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its id in a system outside; empty where there is none.
    pub external_id: &'a str,
    /// Keys and values.
    pub labels: &'a [(&'a str, &'a str)],
    /// The bundle that owns it; empty where there is none.
    pub bundle: &'a str,
    /// Who created it.
    pub creator: Creator<'a>,
    /// When it was created.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
    /// When it was last used.
    pub used: Instant,
    /// Whether the server was asked for last use, and said.
    pub has_info: bool,
}

/// Who created a secret: as much as the server says.
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
    /// What to call it: by name, else email, else id.
    #[must_use]
    pub fn display_name(&self) -> &'a str {
        [self.name, self.email, self.id]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }
}
