//! Every address of the console, to and from text.
//!
//! An address never holds a key or a value: there is no field here that could.

mod columns;
mod compare;
mod list_state;
mod prefill;
mod query;
mod references;
mod search;
mod views;
mod workspaces;

pub use crate::route::columns::{Columns, Unmovable};
pub use crate::route::compare::{CompareBy, CompareShow, CompareState, FEWEST, MOST};
pub use crate::route::list_state::{Density, Direction, ListState};
pub use crate::route::prefill::Prefill;
pub use crate::route::references::{ReferencesState, Show};
pub use crate::route::search::SearchState;
pub use crate::route::views::{MOST_VIEWS, Views};
pub use crate::route::workspaces::{WorkspaceColumn, WorkspacesState};

use contract::{SecretId, WorkspaceId};

use crate::list::query::without_workspaces;
use crate::route::query::{decode, encode, parameter};

/// A route: what is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `/`: redirects to the workspaces.
    Home,
    /// `/connect`, with the route to continue to.
    Connect {
        /// The route that was requested without a session.
        next: Option<Box<Route>>,
    },
    /// `/workspaces`, with the state of the list.
    Workspaces(WorkspacesState),
    /// `/workspaces/{workspaceId}`
    Workspace(WorkspaceId),
    /// `/workspaces/{workspaceId}/secrets`, with the state of the list.
    Secrets(WorkspaceId, ListState),
    /// `/workspaces/{workspaceId}/secrets/new`, with what to begin with.
    NewSecret(WorkspaceId, Prefill),
    /// `/workspaces/{workspaceId}/secrets/{secretId}`
    Secret(WorkspaceId, SecretId),
    /// `/workspaces/{workspaceId}/secrets/{secretId}/edit`
    EditSecret(WorkspaceId, SecretId),
    /// `/workspaces/{workspaceId}/references`, with its filters.
    References(WorkspaceId, ReferencesState),
    /// `/search`: the secrets of several workspaces.
    Search(SearchState),
    /// `/workspaces/{workspaceId}/overview`; `/overview` of all workspaces.
    Overview(Option<WorkspaceId>),
    /// `/compare`, with its query string, which its view parses: [`CompareState`].
    Compare(String),
    /// `/workspaces/new`
    NewWorkspace,
    /// `/workspaces/{workspaceId}/edit`
    EditWorkspace(WorkspaceId),
    /// `/workspaces/{workspaceId}/members`
    Members(WorkspaceId),
    /// `/policy`: what this console may talk to.
    Policy,
    /// Anything else.
    Unknown,
}

impl Route {
    /// Parses an address: its path, and its query without the question mark, both as the browser reports them.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Self {
        let segments: Option<Vec<String>> = path.trim_matches('/').split('/').map(decode).collect();
        let Some(segments) = segments else { return Self::Unknown };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let parameter = |name: &str| parameter(query, name);
        match segments.as_slice() {
            [""] => Self::Home,
            ["connect"] => Self::Connect {
                next: parameter("next")
                    .and_then(|next| Self::parse_local(&next))
                    .map(Box::new),
            },
            ["workspaces"] => Self::Workspaces(WorkspacesState::parse(query)),
            ["search"] => Self::Search(SearchState::parse(query)),
            // A workspace with the id "new" could not be shown; ids are ULIDs in practice.
            ["workspaces", "new"] => Self::NewWorkspace,
            ["workspaces", workspace] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) => Self::Workspace(workspace),
                Err(_) => Self::Unknown,
            },
            ["overview"] => Self::Overview(None),
            ["workspaces", workspace, "overview"] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) => Self::Overview(Some(workspace)),
                Err(_) => Self::Unknown,
            },
            ["workspaces", workspace, "references"] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) => Self::References(workspace, ReferencesState::parse(query)),
                Err(_) => Self::Unknown,
            },
            ["workspaces", workspace, below @ ("edit" | "members")] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) if *below == "edit" => Self::EditWorkspace(workspace),
                Ok(workspace) => Self::Members(workspace),
                Err(_) => Self::Unknown,
            },
            ["workspaces", workspace, "secrets", rest @ ..] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) => Self::parse_secrets(workspace, rest, query),
                Err(_) => Self::Unknown,
            },
            ["policy"] => Self::Policy,
            ["compare"] => Self::Compare(query.to_owned()),
            _ => Self::Unknown,
        }
    }

    fn parse_secrets(workspace: WorkspaceId, rest: &[&str], query: &str) -> Self {
        match rest {
            [] => Self::Secrets(workspace, ListState::parse(query)),
            // A secret with the id "new" could not be shown; ids are ULIDs in practice.
            ["new"] => Self::NewSecret(workspace, Prefill::parse(query)),
            [secret] => match SecretId::parse(*secret) {
                Ok(secret) => Self::Secret(workspace, secret),
                Err(_) => Self::Unknown,
            },
            [secret, "edit"] => match SecretId::parse(*secret) {
                Ok(secret) => Self::EditSecret(workspace, secret),
                Err(_) => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    /// Parses the address of a link or of `next`. `None` for unknown addresses and for other sites.
    #[must_use]
    pub fn parse_local(address: &str) -> Option<Self> {
        if !address.starts_with('/') || address.starts_with("//") {
            return None;
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        match Self::parse(path, query) {
            Self::Unknown | Self::Connect { .. } => None,
            known => Some(known),
        }
    }

    /// The address as text, from the first slash.
    #[must_use]
    pub fn to_path(&self) -> String {
        match self {
            Self::Home | Self::Unknown => "/".to_owned(),
            Self::Connect { next: None } => "/connect".to_owned(),
            Self::Connect { next: Some(next) } => format!("/connect?next={}", encode(&next.to_path())),
            Self::Workspaces(state) => {
                let query = state.to_query();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/workspaces{mark}{query}")
            }
            Self::Workspace(workspace) => format!("/workspaces/{}", workspace.path_segment()),
            Self::Secrets(workspace, list) => {
                let query = list.to_query();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/workspaces/{}/secrets{mark}{query}", workspace.path_segment())
            }
            Self::NewSecret(workspace, prefill) => {
                format!(
                    "/workspaces/{}/secrets/new{}",
                    workspace.path_segment(),
                    prefill.to_query()
                )
            }
            Self::Compare(query) => {
                let mark = if query.is_empty() { "" } else { "?" };
                ["/compare", mark, query].concat()
            }
            Self::References(workspace, state) => {
                let query = state.to_query();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/workspaces/{}/references{mark}{query}", workspace.path_segment())
            }
            Self::Search(state) => {
                let query = state.to_query();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/search{mark}{query}")
            }
            Self::Overview(None) => "/overview".to_owned(),
            Self::Overview(Some(workspace)) => format!("/workspaces/{}/overview", workspace.path_segment()),
            Self::Policy => "/policy".to_owned(),
            Self::NewWorkspace => "/workspaces/new".to_owned(),
            Self::EditWorkspace(workspace) => format!("/workspaces/{}/edit", workspace.path_segment()),
            Self::Members(workspace) => format!("/workspaces/{}/members", workspace.path_segment()),
            Self::Secret(workspace, secret) => {
                format!(
                    "/workspaces/{}/secrets/{}",
                    workspace.path_segment(),
                    secret.path_segment()
                )
            }
            Self::EditSecret(workspace, secret) => {
                format!(
                    "/workspaces/{}/secrets/{}/edit",
                    workspace.path_segment(),
                    secret.path_segment()
                )
            }
        }
    }

    /// The list of workspaces in its default state.
    #[must_use]
    pub fn workspaces() -> Self {
        Self::Workspaces(WorkspacesState::default())
    }

    /// The list of a workspace in its default state.
    #[must_use]
    pub fn secrets(workspace: &WorkspaceId) -> Self {
        Self::Secrets(workspace.clone(), ListState::default())
    }

    /// Whether two routes share a view, so that navigating between them only changes its content: all states of one
    /// list share a view, and so do all filters of the references, and all comparisons.
    #[must_use]
    pub fn is_same_view(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Workspaces(_), Self::Workspaces(_)) => true,
            (Self::Secrets(one, _), Self::Secrets(another, _))
            | (Self::References(one, _), Self::References(another, _)) => one == another,
            (Self::Search(_), Self::Search(_)) => true,
            (Self::Compare(_), Self::Compare(_)) => true,
            _ => self == other,
        }
    }

    /// Where switching to another workspace leads: to its secrets, with the filter of the list or the search on screen, to
    /// its references, its overview or its members from those of another.
    #[must_use]
    pub fn in_workspace(&self, workspace: &WorkspaceId) -> Self {
        let workspace = workspace.clone();
        match self {
            Self::Secrets(_, list) => Self::Secrets(workspace, list.clone()),
            Self::References(_, state) => Self::References(workspace, state.clone()),
            Self::Search(state) => {
                let search = without_workspaces(&state.search);
                Self::Secrets(
                    workspace,
                    ListState {
                        search,
                        ..ListState::default()
                    },
                )
            }
            Self::Overview(_) => Self::Overview(Some(workspace)),
            Self::Home
            | Self::Connect { .. }
            | Self::Workspaces(_)
            | Self::Workspace(_)
            | Self::NewSecret(..)
            | Self::Secret(..)
            | Self::EditSecret(..)
            | Self::Compare(_)
            | Self::NewWorkspace
            | Self::EditWorkspace(_)
            | Self::Policy
            | Self::Unknown => Self::secrets(&workspace),
            Self::Members(_) => Self::Members(workspace),
        }
    }

    /// The route to edit what this route shows.
    #[must_use]
    pub fn edit(&self) -> Option<Self> {
        match self {
            Self::Secret(workspace, secret) => Some(Self::EditSecret(workspace.clone(), secret.clone())),
            Self::Workspace(workspace) => Some(Self::EditWorkspace(workspace.clone())),
            _ => None,
        }
    }

    /// Whether it shows a form that may hold input.
    #[must_use]
    pub fn is_form(&self) -> bool {
        matches!(
            self,
            Self::NewSecret(..) | Self::EditSecret(..) | Self::NewWorkspace | Self::EditWorkspace(_)
        )
    }

    /// The workspace of the route.
    #[must_use]
    pub fn workspace(&self) -> Option<&WorkspaceId> {
        match self {
            Self::Workspace(workspace)
            | Self::Secrets(workspace, _)
            | Self::NewSecret(workspace, _)
            | Self::References(workspace, _)
            | Self::Secret(workspace, _)
            | Self::EditSecret(workspace, _)
            | Self::EditWorkspace(workspace)
            | Self::Members(workspace) => Some(workspace),
            Self::Overview(workspace) => workspace.as_ref(),
            Self::Home
            | Self::Connect { .. }
            | Self::Workspaces(_)
            | Self::Compare(_)
            | Self::NewWorkspace
            | Self::Search(_)
            | Self::Policy
            | Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests;
