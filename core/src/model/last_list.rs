//! The list that the user was at last.

use contract::WorkspaceId;

use crate::route::{ListState, Route};

/// The list that the user was at last, with its filter and order. Views below it lead back to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastList(Option<(WorkspaceId, ListState)>);

impl LastList {
    /// The last list after the user went to this route. Forgotten when another account may connect.
    #[must_use]
    pub fn after(self, route: &Route) -> Self {
        match route {
            Route::Secrets(workspace, state) => Self(Some((workspace.clone(), state.clone()))),
            Route::Connect { .. } => Self(None),
            _ => self,
        }
    }

    /// The list of a workspace as the user left it; in its default state if it is not the last one.
    #[must_use]
    pub fn of(&self, workspace: &WorkspaceId) -> Route {
        match &self.0 {
            Some((known, state)) if known == workspace => Route::Secrets(known.clone(), state.clone()),
            _ => Route::secrets(workspace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_below_a_list_leads_back_to_it() {
        let workspace = WorkspaceId::parse("w-1").unwrap();
        let other = WorkspaceId::parse("w-2").unwrap();
        let list = "/workspaces/w-1/secrets?q=env%3Dprod&sort=created&dir=desc";
        let mut last = LastList::default();
        assert_eq!(last.of(&workspace), Route::secrets(&workspace));
        for address in [
            list,
            "/workspaces/w-1/secrets/s-1",
            "/workspaces/w-1/secrets/s-1/edit",
            "/workspaces/w-1/secrets/new",
            "/workspaces/w-1",
            "/workspaces",
            "/nowhere",
        ] {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            last = last.after(&Route::parse(path, query));
            assert_eq!(last.of(&workspace).to_path(), list, "from {address}");
            assert_eq!(last.of(&other), Route::secrets(&other), "a filter belongs to its list");
        }
        last = last.after(&Route::Connect { next: None });
        assert_eq!(last.of(&workspace), Route::secrets(&workspace));
    }
}
