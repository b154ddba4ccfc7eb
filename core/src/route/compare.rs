//! The state of the comparison of workspaces, in the address.

use contract::WorkspaceId;

use crate::route::query::{encode, parameter};

/// The fewest workspaces that can be compared.
pub const FEWEST: usize = 2;

/// The most workspaces that can be compared.
pub const MOST: usize = 12;

/// What joins secrets of several workspaces to one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum CompareBy {
    /// Their name.
    #[default]
    Name,
    /// Their external ID.
    ExternalId,
    /// Their bundle and their name.
    Bundle,
}

impl CompareBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Name, Self::ExternalId, Self::Bundle];

    /// As it is in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ExternalId => "externalId",
            Self::Bundle => "bundle",
        }
    }
}

/// Which lines are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CompareShow {
    /// All.
    #[default]
    All,
    /// Those that are missing in a workspace.
    Missing,
    /// Those whose secrets differ.
    Differs,
    /// Those that only this workspace has.
    Only(WorkspaceId),
}

impl CompareShow {
    fn parse(text: &str) -> Self {
        match text {
            "missing" => Self::Missing,
            "differs" => Self::Differs,
            _ => {
                let id = text.strip_prefix("only:").and_then(|id| WorkspaceId::parse(id).ok());
                id.map_or(Self::All, Self::Only)
            }
        }
    }
}

/// The state of the comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompareState {
    /// `in`: the workspaces, in the order of the columns; none twice, and at most [`MOST`].
    pub workspaces: Vec<WorkspaceId>,
    /// `by`: what joins secrets.
    pub by: CompareBy,
    /// `show`: which lines are shown.
    pub show: CompareShow,
    /// `q`: a part of a name.
    pub search: String,
}

impl CompareState {
    /// Parses a query string. What is unknown is ignored.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut workspaces = Vec::new();
        for id in parameter(query, "in").unwrap_or_default().split(',') {
            if let Ok(id) = WorkspaceId::parse(id)
                && !workspaces.contains(&id)
                && workspaces.len() < MOST
            {
                workspaces.push(id);
            }
        }
        let by = parameter(query, "by").unwrap_or_default();
        Self {
            workspaces,
            by: CompareBy::ALL
                .into_iter()
                .find(|known| known.as_str() == by)
                .unwrap_or_default(),
            show: CompareShow::parse(&parameter(query, "show").unwrap_or_default()),
            search: parameter(query, "q").unwrap_or_default(),
        }
    }

    /// The query string, without what is the default.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.workspaces.is_empty() {
            let ids: Vec<String> = self.workspaces.iter().map(|id| encode(id.as_str())).collect();
            parts.push(format!("in={}", ids.join(",")));
        }
        if self.by != CompareBy::Name {
            parts.push(format!("by={}", self.by.as_str()));
        }
        match &self.show {
            CompareShow::All => {}
            CompareShow::Missing => parts.push("show=missing".to_owned()),
            CompareShow::Differs => parts.push("show=differs".to_owned()),
            CompareShow::Only(id) => parts.push(format!("show=only:{}", encode(id.as_str()))),
        }
        if !self.search.is_empty() {
            parts.push(format!("q={}", encode(&self.search)));
        }
        parts.join("&")
    }

    /// With a workspace added as the last column, or removed.
    #[must_use]
    pub fn with_workspace(mut self, id: &WorkspaceId, is_wanted: bool) -> Self {
        let is_chosen = self.workspaces.contains(id);
        if is_wanted && !is_chosen && self.workspaces.len() < MOST {
            self.workspaces.push(id.clone());
        } else if !is_wanted {
            self.workspaces.retain(|known| known != id);
            if self.show == CompareShow::Only(id.clone()) {
                self.show = CompareShow::All;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(ids: &[&str]) -> Vec<WorkspaceId> {
        ids.iter().map(|id| WorkspaceId::parse(*id).unwrap()).collect()
    }

    #[test]
    fn what_it_does_not_understand_is_left_out() {
        let state = CompareState::parse("in=a,,a,b&by=colour&show=everything&x=1");
        assert_eq!(state.workspaces, ids(&["a", "b"]), "each once");
        assert_eq!((state.by, state.show), (CompareBy::Name, CompareShow::All));
        let many: Vec<String> = (0..20).map(|number| format!("w{number}")).collect();
        let state = CompareState::parse(&format!("in={}", many.join(",")));
        assert_eq!(state.workspaces.len(), MOST);
    }

    #[test]
    fn a_workspace_is_added_last_and_removed_with_its_filter() {
        let state = CompareState::parse("in=a,b&show=only:b");
        let more = state.clone().with_workspace(&ids(&["c"])[0], true);
        assert_eq!(more.to_query(), "in=a,b,c&show=only:b");
        assert_eq!(more.clone().with_workspace(&ids(&["c"])[0], true), more);
        assert_eq!(state.with_workspace(&ids(&["b"])[0], false).to_query(), "in=a");
    }

    proptest! {
        #[test]
        fn any_state_round_trips(
            names in proptest::collection::btree_set("[a-zA-Z0-9_% &=:]{1,6}", 0..=MOST), by in 0..3_usize, show in 0..4,
            search in any::<String>(),
        ) {
            let workspaces: Vec<WorkspaceId> = names.iter().filter_map(|id| WorkspaceId::parse(id.as_str()).ok()).collect();
            let show = match (show, workspaces.first()) {
                (1, _) => CompareShow::Missing,
                (2, _) => CompareShow::Differs,
                (3, Some(id)) => CompareShow::Only(id.clone()),
                _ => CompareShow::All,
            };
            let state = CompareState { workspaces, by: CompareBy::ALL[by], show, search };
            prop_assert_eq!(CompareState::parse(&state.to_query()), state);
        }
    }
}
