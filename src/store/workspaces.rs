//! The workspaces of this session, read once: their names and states are wanted all over the console.

use contract::{ProfileId, Workspace, WorkspaceId, calls};
use leptos::prelude::*;

use crate::api::session::{Session, State};
use crate::store::query::{Query, query};

/// As many as the server grants at once. A session with more finds the rest in the list of workspaces.
const LIMIT: u32 = 1000;

/// The workspaces of this session.
#[derive(Clone, Copy)]
pub struct Workspaces(Query<Vec<Workspace>>);

impl Workspaces {
    /// Reads them whenever there is a (new) session.
    #[must_use]
    pub fn of(session: Session) -> Self {
        // Who is connected may be told only after a while, and is no news then: the session is the same.
        type Server = Option<(String, Option<ProfileId>)>;
        let is_other = |old: Option<&Server>, new: Option<&Server>| match (old, new) {
            (Some(Some((old, None))), Some(Some((new, _)))) => old != new,
            _ => old != new,
        };
        let tell = move |_: Option<&Server>| match session.state().get() {
            // Names that are known stay known while a new key is asked for.
            State::Connected(connection) | State::Expired(connection) => {
                let profile = connection.profile.map(|profile| profile.metadata.id);
                Some((connection.base.to_string(), profile))
            }
            State::Absent | State::Locked(_) => None,
        };
        let server = Memo::new_with_compare(tell, is_other);
        let known = query(
            move || server.get(),
            move |server| async move {
                if server.is_none() {
                    return Ok(Vec::new());
                }
                session
                    .send(calls::list_workspaces(LIMIT, None))
                    .await
                    .map(|page| page.items)
            },
        );
        Self(known.again_with_key(session))
    }

    /// All that are known.
    #[must_use]
    pub fn all(&self) -> Vec<Workspace> {
        self.0.state().with(|state| state.data.clone().unwrap_or_default())
    }

    /// What is known of one.
    #[must_use]
    pub fn find(&self, id: &WorkspaceId) -> Option<Workspace> {
        self.0
            .state()
            .with(|state| state.data.as_ref()?.iter().find(|it| it.metadata.id == *id).cloned())
    }

    /// What to call one: its name, or its id while the name is not known.
    #[must_use]
    pub fn name(&self, id: &WorkspaceId) -> String {
        let name = self
            .find(id)
            .map(|workspace| workspace.metadata.name)
            .filter(|name| !name.is_empty());
        name.unwrap_or_else(|| id.to_string())
    }
}

/// The workspaces of this session.
///
/// # Panics
///
/// Where no app provides them: a fault of the program, found by its first test.
#[must_use]
pub fn use_workspaces() -> Workspaces {
    expect_context::<Workspaces>()
}
