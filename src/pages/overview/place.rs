//! What an overview is of, and where its links lead.

use contract::WorkspaceId;
use strongroom_core::route::{ListState, Route, SearchState};

/// What the overview is of: a workspace, or all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(pub Option<WorkspaceId>);

impl Place {
    pub fn is_of_all(&self) -> bool {
        self.0.is_none()
    }

    /// The address of the secrets that this search text finds.
    pub fn search(&self, query: &str) -> String {
        let route = match &self.0 {
            Some(workspace) => {
                let state = ListState {
                    search: query.to_owned(),
                    ..ListState::default()
                };
                Route::Secrets(workspace.clone(), state)
            }
            None => Route::Search(SearchState::of(query)),
        };
        route.to_path()
    }
}
