//! The state of the list of workspaces, as stored in its address.

use crate::route::list_state::Direction;
use crate::route::query::{encode, parameter};

/// A column of the list of workspaces; the list can be sorted by each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkspaceColumn {
    /// The name.
    Name,
    /// The status.
    Status,
    /// The labels.
    Labels,
    /// When it was created.
    Created,
    /// The number of agents.
    Agents,
    /// The number of variations of agents.
    Variations,
    /// The number of tools that agents can use.
    Tools,
    /// The number of memory entries.
    Memory,
    /// The number of secrets that are loaded.
    Secrets,
}

impl WorkspaceColumn {
    /// Every column, in order.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Status,
        Self::Labels,
        Self::Created,
        Self::Agents,
        Self::Variations,
        Self::Tools,
        Self::Memory,
        Self::Secrets,
    ];

    /// The key of the column in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "status",
            Self::Labels => "labels",
            Self::Created => "created",
            Self::Agents => "agents",
            Self::Variations => "variations",
            Self::Tools => "tools",
            Self::Memory => "memory",
            Self::Secrets => "secrets",
        }
    }

    /// Whether it holds numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Agents | Self::Variations | Self::Tools | Self::Memory | Self::Secrets
        )
    }
}

/// The state of the list of workspaces, as stored in its query string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspacesState {
    /// `q`: the search text.
    pub search: String,
    /// `sort` and `dir`: the column that the list is sorted by; by name if absent.
    pub sort: Option<(WorkspaceColumn, Direction)>,
    /// `archived=1`: archived workspaces are listed too.
    pub archived: bool,
}

impl WorkspacesState {
    /// Parses a query string; unknown parts are ignored.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let sort = parameter(query, "sort");
        let column = WorkspaceColumn::ALL
            .into_iter()
            .find(|column| sort.as_deref() == Some(column.key()));
        let direction = match parameter(query, "dir").as_deref() {
            Some("desc") => Direction::Descending,
            _ => Direction::Ascending,
        };
        Self {
            search: parameter(query, "q").unwrap_or_default(),
            sort: column.map(|column| (column, direction)),
            archived: parameter(query, "archived").as_deref() == Some("1"),
        }
    }

    /// The query string without its question mark; empty for the default state.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        if let Some((column, direction)) = self.sort {
            parts.push(format!("sort={}&dir={}", column.key(), direction.as_str()));
        }
        if self.archived {
            parts.push("archived=1".to_owned());
        }
        parts.join("&")
    }

    /// The state after a press on the header of a column: sorted by it, then the other way round, then by name again.
    #[must_use]
    pub fn sorted_by(mut self, column: WorkspaceColumn) -> Self {
        let present = self.sort.unwrap_or((WorkspaceColumn::Name, Direction::Ascending));
        self.sort = match present {
            (sorted, Direction::Ascending) if sorted == column => Some((column, Direction::Descending)),
            (sorted, Direction::Descending) if sorted == column => None,
            _ => Some((column, Direction::Ascending)),
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_header_sorts_both_ways_and_then_not() {
        let start = WorkspacesState::default();
        let agents = start.clone().sorted_by(WorkspaceColumn::Agents);
        assert_eq!(agents.to_query(), "sort=agents&dir=asc");
        let reversed = agents.sorted_by(WorkspaceColumn::Agents);
        assert_eq!(reversed.to_query(), "sort=agents&dir=desc");
        assert_eq!(reversed.sorted_by(WorkspaceColumn::Agents), start);
        let by_name = start.sorted_by(WorkspaceColumn::Name);
        assert_eq!(by_name.to_query(), "sort=name&dir=desc", "it is sorted by name already");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            search in ".{0,20}",
            sort in proptest::option::of((proptest::sample::select(WorkspaceColumn::ALL.to_vec()), any::<bool>())),
            archived in any::<bool>(),
        ) {
            let direction = |is_descending| if is_descending { Direction::Descending } else { Direction::Ascending };
            let sort = sort.map(|(column, is_descending)| (column, direction(is_descending)));
            let state = WorkspacesState { search, sort, archived };
            prop_assert_eq!(WorkspacesState::parse(&state.to_query()), state);
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = WorkspacesState::parse(&text);
        }
    }
}
