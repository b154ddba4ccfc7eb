//! Every address of the console, to and from text.
//!
//! An address never holds a key or a value: there is no field here that could.

use contract::calls::SortOrder;
use contract::{SecretId, WorkspaceId};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What the address bar says is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `/`: leads to the workspaces.
    Home,
    /// `/connect`, and where to go after.
    Connect {
        /// The address that was asked for without a session.
        next: Option<Box<Route>>,
    },
    /// `/workspaces`
    Workspaces,
    /// `/workspaces/{workspaceId}`
    Workspace(WorkspaceId),
    /// `/workspaces/{workspaceId}/secrets`, with the state of the list.
    Secrets(WorkspaceId, ListState),
    /// `/workspaces/{workspaceId}/secrets/new`
    NewSecret(WorkspaceId),
    /// `/workspaces/{workspaceId}/secrets/{secretId}`
    Secret(WorkspaceId, SecretId),
    /// `/workspaces/{workspaceId}/secrets/{secretId}/edit`
    EditSecret(WorkspaceId, SecretId),
    /// Anything else.
    Unknown,
}

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

impl Route {
    /// Reads an address: its path, and its query without the question mark, both as the browser has them.
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
            ["workspaces"] => Self::Workspaces,
            ["workspaces", workspace] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) => Self::Workspace(workspace),
                Err(_) => Self::Unknown,
            },
            ["workspaces", workspace, "secrets", rest @ ..] => match WorkspaceId::parse(*workspace) {
                Ok(workspace) => Self::parse_secrets(workspace, rest, query),
                Err(_) => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    fn parse_secrets(workspace: WorkspaceId, rest: &[&str], query: &str) -> Self {
        match rest {
            [] => Self::Secrets(workspace, ListState::parse(query)),
            // A secret whose id is "new" could not be shown; ids are ULIDs in practice.
            ["new"] => Self::NewSecret(workspace),
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

    /// Reads an address that came from outside, such as `next`: only a known one of this console, never another site.
    fn parse_local(address: &str) -> Option<Self> {
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
            Self::Workspaces => "/workspaces".to_owned(),
            Self::Workspace(workspace) => format!("/workspaces/{}", workspace.path_segment()),
            Self::Secrets(workspace, list) => {
                let query = list.to_query();
                let mark = if query.is_empty() { "" } else { "?" };
                format!("/workspaces/{}/secrets{mark}{query}", workspace.path_segment())
            }
            Self::NewSecret(workspace) => format!("/workspaces/{}/secrets/new", workspace.path_segment()),
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

    /// The list of a workspace in its first state.
    #[must_use]
    pub fn secrets(workspace: &WorkspaceId) -> Self {
        Self::Secrets(workspace.clone(), ListState::default())
    }

    /// Whether two addresses are the same view, so that moving between them only changes what it shows: the states of
    /// one list are one view.
    #[must_use]
    pub fn is_same_view(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Secrets(one, _), Self::Secrets(another, _)) => one == another,
            _ => self == other,
        }
    }

    /// The workspace that the view is about.
    #[must_use]
    pub fn workspace(&self) -> Option<&WorkspaceId> {
        match self {
            Self::Workspace(workspace)
            | Self::Secrets(workspace, _)
            | Self::NewSecret(workspace)
            | Self::Secret(workspace, _)
            | Self::EditSecret(workspace, _) => Some(workspace),
            Self::Home | Self::Connect { .. } | Self::Workspaces | Self::Unknown => None,
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

fn encode(text: &str) -> String {
    const PLAIN: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b':')
        .remove(b'/');
    utf8_percent_encode(text, PLAIN).to_string()
}

fn decode(segment: &str) -> Option<String> {
    percent_decode_str(segment)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// The first parameter of that name, with `+` read as a space, as forms write it.
fn parameter(query: &str, name: &str) -> Option<String> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if decode(key)? == name {
            decode(&value.replace('+', " "))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn workspace(id: &str) -> WorkspaceId {
        WorkspaceId::parse(id).unwrap()
    }

    fn secret(id: &str) -> SecretId {
        SecretId::parse(id).unwrap()
    }

    #[test]
    fn every_address_of_the_interface() {
        let list = ListState {
            search: "a b".to_owned(),
            order: Some(SortOrder::Descending),
            info: true,
            sort: Some((Column::Name, Direction::Descending)),
        };
        let next = Some(Box::new(Route::Secrets(workspace("w"), list.clone())));
        for (address, route) in [
            ("/", Route::Home),
            ("/connect", Route::Connect { next: None }),
            (
                "/connect?next=/workspaces/w/secrets%3Fq%3Da%2520b%26order%3Ddesc%26info%3D1%26sort%3Dname%26dir%3Ddesc",
                Route::Connect { next },
            ),
            ("/workspaces", Route::Workspaces),
            ("/workspaces/w%2F1", Route::Workspace(workspace("w/1"))),
            ("/workspaces/w/secrets", Route::secrets(&workspace("w"))),
            (
                "/workspaces/w/secrets?q=a%20b&order=desc&info=1&sort=name&dir=desc",
                Route::Secrets(workspace("w"), list),
            ),
            ("/workspaces/w/secrets/new", Route::NewSecret(workspace("w"))),
            (
                "/workspaces/w/secrets/s%3F",
                Route::Secret(workspace("w"), secret("s?")),
            ),
            (
                "/workspaces/w/secrets/s/edit",
                Route::EditSecret(workspace("w"), secret("s")),
            ),
        ] {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            assert_eq!(Route::parse(path, query), route, "{address}");
            assert_eq!(route.to_path(), address);
        }
    }

    #[test]
    fn what_is_not_an_address() {
        for path in [
            "/nowhere",
            "/workspaces/w/other",
            "/workspaces/w/secrets/s/edit/more",
            "/workspaces/%ff",
            "/connect/x",
        ] {
            assert_eq!(Route::parse(path, ""), Route::Unknown, "{path}");
        }
    }

    #[test]
    fn after_connecting_it_goes_nowhere_else() {
        for next in [
            "https://evil.example/",
            "//evil.example/workspaces",
            "/\\evil",
            "javascript:alert(1)",
            "/connect",
            "/nowhere",
        ] {
            let query = format!("next={}", encode(next));
            assert_eq!(
                Route::parse("/connect", &query),
                Route::Connect { next: None },
                "{next}"
            );
        }
    }

    #[test]
    fn what_a_list_does_not_understand_is_left_out() {
        let state = ListState::parse("q=x&order=up&info=yes&sort=size&dir=down&other=1");
        assert_eq!(
            state,
            ListState {
                search: "x".to_owned(),
                ..ListState::default()
            }
        );
        assert_eq!(ListState::parse("q=a+b%2B").search, "a b+");
    }

    fn list_states() -> impl Strategy<Value = ListState> {
        let orders = prop_oneof![
            Just(None),
            Just(Some(SortOrder::Ascending)),
            Just(Some(SortOrder::Descending))
        ];
        let directions = prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)];
        let sorts = proptest::option::of((proptest::sample::select(Column::ALL.to_vec()), directions));
        (any::<String>(), orders, any::<bool>(), sorts).prop_map(|(search, order, info, sort)| ListState {
            search,
            order,
            info,
            sort,
        })
    }

    proptest! {
        #[test]
        fn any_list_state_round_trips(state in list_states(), id in "[^/.][^/]{0,12}") {
            let Ok(id) = WorkspaceId::parse(id) else { return Ok(()) };
            let route = Route::Secrets(id, state);
            let address = route.to_path();
            let (path, query) = address.split_once('?').unwrap_or((&address, ""));
            prop_assert_eq!(Route::parse(path, query), route.clone());
            let connect = Route::Connect { next: Some(Box::new(route)) };
            let address = connect.to_path();
            let (path, query) = address.split_once('?').unwrap_or((&address, ""));
            prop_assert_eq!(Route::parse(path, query), connect);
        }

        #[test]
        fn parsing_never_panics(path in any::<String>(), query in any::<String>()) {
            let _ = Route::parse(&path, &query);
        }
    }
}
