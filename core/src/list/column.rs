//! The columns of the list, in one table.
//!
//! A new column is a variant here with its line in `Column::facts`; the compiler then asks for its sort key
//! (`order.rs`) and its cell (`pages/secrets/list/table.rs`).

use crate::i18n::words;

/// A column of the list; the list can be sorted by each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name.
    Name,
    /// The labels.
    Labels,
    /// The external ID.
    ExternalId,
    /// The bundle.
    Bundle,
    /// When it was created.
    Created,
    /// Who created it.
    CreatedBy,
    /// When it was last changed.
    Updated,
    /// When it was last used.
    LastUsed,
    /// How many tool sets refer to it.
    UsedBy,
}

/// The properties of a column.
struct Facts {
    /// Its key in addresses and preferences.
    key: &'static str,
    /// Its header.
    label: fn() -> &'static str,
    /// Whether the server sends it only when asked to (`includeInfo`).
    needs_info: bool,
}

impl Column {
    /// Every column, in the order of the chooser.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Labels,
        Self::ExternalId,
        Self::Bundle,
        Self::Created,
        Self::CreatedBy,
        Self::Updated,
        Self::LastUsed,
        Self::UsedBy,
    ];

    const fn facts(self) -> Facts {
        const fn facts(key: &'static str, label: fn() -> &'static str, needs_info: bool) -> Facts {
            Facts { key, label, needs_info }
        }
        match self {
            Self::Name => facts("name", || words::fields().name, false),
            Self::Labels => facts("labels", || words::fields().labels, false),
            Self::ExternalId => facts("external-id", || words::fields().external_id, false),
            Self::Bundle => facts("bundle", || words::fields().bundle, false),
            Self::Created => facts("created", || words::fields().created, false),
            Self::CreatedBy => facts("created-by", || words::fields().created_by, true),
            Self::Updated => facts("updated", || words::fields().updated, false),
            Self::LastUsed => facts("last-used", || words::fields().last_used, true),
            Self::UsedBy => facts("used-by", || words::fields().used_by, false),
        }
    }

    /// The key of the column in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.facts().key
    }

    /// Parses the output of [`Self::key`].
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// The header in the current language.
    #[must_use]
    pub fn label(self) -> &'static str {
        (self.facts().label)()
    }

    /// Whether the server must be asked for it (`includeInfo`), which costs rate limit.
    #[must_use]
    pub const fn needs_info(self) -> bool {
        self.facts().needs_info
    }
}
