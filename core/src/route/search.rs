//! The search across workspaces, in the address.

use contract::WorkspaceId;

use crate::route::query::{encode, parameter};

/// The search across workspaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchState {
    /// `q`: the search text.
    pub search: String,
    /// `in`: the ids of the workspaces that are searched; all if there are none.
    pub workspaces: Vec<WorkspaceId>,
}

impl SearchState {
    /// A search in all workspaces.
    #[must_use]
    pub fn of(search: &str) -> Self {
        Self {
            search: search.to_owned(),
            workspaces: Vec::new(),
        }
    }

    /// Parses a query string. What is unknown is ignored.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut workspaces = Vec::new();
        for id in parameter(query, "in").unwrap_or_default().split(',') {
            if let Ok(id) = WorkspaceId::parse(id)
                && !workspaces.contains(&id)
            {
                workspaces.push(id);
            }
        }
        Self {
            search: parameter(query, "q").unwrap_or_default(),
            workspaces,
        }
    }

    /// The query string, without what is the default.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        if !self.workspaces.is_empty() {
            let ids: Vec<&str> = self.workspaces.iter().map(WorkspaceId::as_str).collect();
            parts.push(format!("in={}", encode(&ids.join(","))));
        }
        parts.join("&")
    }
}
