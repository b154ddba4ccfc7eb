//! The state of a list, as stored in its address.

use contract::calls::SortOrder;

use crate::list::Column;
use crate::route::columns::Columns;
use crate::route::query::{encode, parameter};

/// The state of a list of secrets, as stored in its query string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListState {
    /// `q`: the search text.
    pub search: String,
    /// `order`: the order of the server.
    pub order: Option<SortOrder>,
    /// `info=1`: request the last use, even if the list does not do so by itself.
    pub info: bool,
    /// `sort` and `dir`: the column that the loaded rows are sorted by.
    pub sort: Option<(Column, Direction)>,
    /// `columns`: the visible columns in order; if absent, those of this browser.
    pub columns: Option<Columns>,
    /// `density`: the height of the rows; if absent, that of this browser.
    pub density: Option<Density>,
    /// `view`: the name of the saved view.
    pub view: Option<String>,
}

/// The height of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// With padding.
    Comfortable,
    /// As many rows as fit.
    Compact,
}

impl Density {
    /// The density in addresses and storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// Parses the output of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Comfortable, Self::Compact]
            .into_iter()
            .find(|density| density.as_str() == text)
    }
}

/// A sort direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl Direction {
    /// The direction in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}

impl ListState {
    /// Whether the last use is requested: explicitly, or to sort by it.
    #[must_use]
    pub fn wants_last_use(&self) -> bool {
        self.info || matches!(self.sort, Some((Column::LastUsed, _)))
    }

    /// This state as the successor of another: it keeps the view's name only while it equals the named state.
    #[must_use]
    pub fn named_after(mut self, present: &Self) -> Self {
        if self.view == present.view && self != *present {
            self.view = None;
        }
        self
    }

    /// Parses the query string of a list; unknown parts are ignored.
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
            columns: parameter(query, "columns").and_then(|text| Columns::parse(&text)),
            density: parameter(query, "density").and_then(|text| Density::parse(&text)),
            view: parameter(query, "view").filter(|name| !name.trim().is_empty()),
        }
    }

    /// The query string without its question mark; empty for the default state.
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
            parts.push(format!("sort={}&dir={}", column.key(), direction.as_str()));
        }
        if let Some(columns) = &self.columns {
            parts.push(format!("columns={}", encode(&columns.to_text())));
        }
        if let Some(density) = self.density {
            parts.push(format!("density={}", density.as_str()));
        }
        if let Some(view) = &self.view {
            parts.push(format!("view={}", encode(view)));
        }
        parts.join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ordered_by_last_use_wants_it() {
        for (query, wants) in [
            ("", false),
            ("info=1", true),
            ("sort=last-used", true),
            ("sort=last-used&dir=desc&info=0", true),
            ("sort=name", false),
        ] {
            assert_eq!(ListState::parse(query).wants_last_use(), wants, "{query}");
        }
    }

    #[test]
    fn a_name_stays_with_what_it_was_given_to() {
        let named = |view: Option<&str>, search: &str| ListState {
            search: search.to_owned(),
            view: view.map(str::to_owned),
            ..ListState::default()
        };
        let present = named(Some("Tens"), "a");
        assert_eq!(present.clone().named_after(&present), present);
        assert_eq!(named(Some("Tens"), "b").named_after(&present), named(None, "b"));
        let other = named(Some("Others"), "b");
        assert_eq!(other.clone().named_after(&present), other, "another view is gone to");
        assert_eq!(named(None, "a").named_after(&present), named(None, "a"));
    }
}
