//! The state of a list, as its address holds it.

use contract::calls::SortOrder;

use super::query::{encode, parameter};

/// The whole state of a list of secrets, as its query string holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListState {
    /// `q`: the search text.
    pub search: String,
    /// `order`: the order that the server lists in.
    pub order: Option<SortOrder>,
    /// `info=1`: whether to ask for last use.
    pub info: bool,
    /// `sort` and `dir`: the column that the loaded rows are ordered by.
    pub sort: Option<(Column, Direction)>,
}

/// A column that the list can be ordered by.
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
    /// When it was last used.
    LastUsed,
}

impl Column {
    /// Every column, in the order of the table.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Labels,
        Self::ExternalId,
        Self::Bundle,
        Self::Created,
        Self::LastUsed,
    ];

    /// The column as an address writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Labels => "labels",
            Self::ExternalId => "external-id",
            Self::Bundle => "bundle",
            Self::Created => "created",
            Self::LastUsed => "last-used",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == text)
    }
}

/// Which way a column is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Direction {
    /// The direction as an address writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }

    /// The other one.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

impl ListState {
    /// Reads the query string of a list; what it does not understand is as if it were not there.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let column = parameter(query, "sort").and_then(|text| Column::parse(&text));
        let direction = match parameter(query, "dir").as_deref() {
            Some("desc") => Direction::Descending,
            _ => Direction::Ascending,
        };
        Self {
            search: parameter(query, "q").unwrap_or_default(),
            order: parameter(query, "order").and_then(|text| SortOrder::parse(&text)),
            info: parameter(query, "info").as_deref() == Some("1"),
            sort: column.map(|column| (column, direction)),
        }
    }

    /// The query string, without its question mark; empty for the first state.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        if let Some(order) = self.order {
            parts.push(format!("order={}", order.as_str()));
        }
        if self.info {
            parts.push("info=1".to_owned());
        }
        if let Some((column, direction)) = self.sort {
            parts.push(format!("sort={}&dir={}", column.as_str(), direction.as_str()));
        }
        parts.join("&")
    }
}
