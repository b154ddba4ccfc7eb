//! The filters of the references of a workspace, in the address.

use crate::route::query::{encode, parameter};

/// Which lines are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    /// Every secret, and every name that is referred to.
    #[default]
    All,
    /// Names that are referred to and that no secret has.
    Missing,
    /// Secrets that nothing refers to.
    Unused,
    /// Secrets that a tool set's own secret takes precedence over.
    Shadowed,
}

impl Show {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::All, Self::Missing, Self::Unused, Self::Shadowed];

    /// As it is in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Missing => "missing",
            Self::Unused => "unused",
            Self::Shadowed => "shadowed",
        }
    }
}

/// The filters of the references of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferencesState {
    /// A part of a name.
    pub search: String,
    /// Which lines are shown.
    pub show: Show,
}

impl ReferencesState {
    /// Parses a query string. What is unknown is ignored.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let show = parameter(query, "show");
        Self {
            search: parameter(query, "q").unwrap_or_default(),
            show: Show::ALL
                .into_iter()
                .find(|known| show.as_deref() == Some(known.as_str()))
                .unwrap_or_default(),
        }
    }

    /// The query string, without what is the default.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        if self.show != Show::All {
            parts.push(format!("show={}", self.show.as_str()));
        }
        parts.join("&")
    }
}
