//! The workspaces of this session, whose names and statuses are used all over the console.

use std::collections::BTreeMap;
use std::rc::Rc;

use contract::calls::WorkspaceQuery;
use contract::json;
use contract::{Cursor, Failure, Operation, ProfileId, Workspace, WorkspaceId, WorkspaceStatus, calls};
use leptos::prelude::*;
use strongroom_core::model::workspace_table::name_key;
use strongroom_core::list::reading::{LIMIT, State};
use strongroom_core::model::permissions::AdminAccess;

use crate::api::session::{self, Session};
use crate::browser::storage::{Name, Storage};
use crate::browser::tasks;
use crate::store::account::account;
use crate::store::read_limit::ReadLimit;
use crate::store::workspace_reading::{Ask, Known, WorkspaceReading, add};

/// The workspaces of this session.
#[derive(Clone, Copy)]
pub struct Workspaces {
    session: Session,
    limit: ReadLimit,
    storage: Storage,
    /// Those of the profile.
    own: WorkspaceReading,
    /// Those that are known otherwise, by id: an admin sees archived ones and those of others.
    others: RwSignal<BTreeMap<String, Workspace>>,
    /// Names by id, also of workspaces that could not be loaded this time: an id means nothing to a person.
    names: RwSignal<BTreeMap<String, String>>,
    /// Names of people by the id of their profile, as far as members or people of the account were listed.
    people: RwSignal<BTreeMap<String, String>>,
}

impl Workspaces {
    /// Loads them whenever the account changes.
    #[must_use]
    pub fn new(session: Session, limit: ReadLimit, storage: Storage) -> Self {
        let stored = storage.read(Name::Workspaces).filter(|_| session.state().with_untracked(session::State::is_open));
        let names = RwSignal::new(stored.map(|names| read_names(&names)).unwrap_or_default());
        let workspaces = Self {
            session,
            limit,
            storage,
            own: WorkspaceReading::new(session, limit, Operation::ListWorkspaces, Rc::new(calls::list_workspaces)),
            others: RwSignal::new(BTreeMap::new()),
            names,
            people: RwSignal::new(BTreeMap::new()),
        };
        let account = account(session);
        let mut is_other = false;
        tasks::follow(move || {
            let is_there = account.with(Option::is_some);
            if std::mem::replace(&mut is_other, true) {
                workspaces.names.set(BTreeMap::new());
                storage.remove(Name::Workspaces);
            }
            workspaces.own.clear();
            workspaces.others.set(BTreeMap::new());
            workspaces.people.set(BTreeMap::new());
            if is_there {
                workspaces.refresh();
            }
        });
        tasks::follow(move || {
            let has_key = session
                .state()
                .with(|state| matches!(state, session::State::Connected(_)));
            if has_key {
                workspaces.retry();
            }
        });
        let mut is_later = false;
        tasks::follow(move || {
            session.unexplained_refusals().track();
            if std::mem::replace(&mut is_later, true) {
                // What is known of it may be the reason no longer.
                workspaces.others.set(BTreeMap::new());
                workspaces.refresh_if_old();
            }
        });
        tasks::follow(move || workspaces.own.known().with(|known| workspaces.remember(known.items.iter())));
        workspaces
    }

    /// The loaded workspaces, and the status of loading them.
    #[must_use]
    pub fn known(self) -> ReadSignal<Known> {
        self.own.known()
    }

    /// All loaded workspaces of the profile by name, the order of every view. Not kept in that order: connecting would load
    /// the tables of letter cases with the store.
    #[must_use]
    pub fn all(&self) -> Vec<Workspace> {
        let mut all = self.own.known().with(|known| known.items.clone());
        all.sort_by_cached_key(name_key);
        all
    }

    /// A loaded workspace.
    #[must_use]
    pub fn find(&self, id: &WorkspaceId) -> Option<Workspace> {
        let own = self.own.known().with(|known| known.items.iter().find(|it| it.metadata.id == *id).cloned());
        own.or_else(|| self.others.with(|others| others.get(id.as_str()).cloned()))
    }

    /// The status of a workspace, if it is known.
    #[must_use]
    pub fn status(&self, id: &WorkspaceId) -> Option<WorkspaceStatus> {
        self.find(id).map(|workspace| workspace.status)
    }

    /// Remembers workspaces that were loaded otherwise: by an admin, who sees archived ones and those of others.
    pub fn note(self, found: &[Workspace]) {
        self.remember(found.iter());
        let is_known = |others: &BTreeMap<String, Workspace>| {
            found.iter().all(|workspace| others.get(workspace.metadata.id.as_str()) == Some(workspace))
        };
        if !self.others.with_untracked(is_known) {
            self.others.update(|others| {
                others.extend(found.iter().map(|workspace| (workspace.metadata.id.to_string(), workspace.clone())));
            });
        }
    }

    /// Reads a workspace that is not among those of the profile, to tell an archived one from one of others. Only an admin
    /// learns it.
    pub fn look_up(self, id: &WorkspaceId) {
        if self.session.admin_access().get_untracked() == AdminAccess::Refused {
            return;
        }
        let call = calls::read_workspace(id);
        tasks::spawn_for_page(async move {
            if let Ok(workspace) = self.session.send(call).await {
                self.note(&[workspace]);
            }
        });
    }

    /// A further reading of workspaces, with the same limit.
    #[must_use]
    pub fn reading(self, operation: Operation, ask: Ask) -> WorkspaceReading {
        WorkspaceReading::new(self.session, self.limit, operation, ask)
    }

    /// Whether a workspace is not among those of the profile: it is archived, or the profile is not a member. False while
    /// not all are loaded.
    #[must_use]
    pub fn is_missing(&self, id: &WorkspaceId) -> bool {
        self.own.known().with(|known| {
            known.state == State::Complete && known.unreadable.is_empty() && known.items.iter().all(|workspace| workspace.metadata.id != *id)
        })
    }

    /// Reads one workspace with its totals. Any key may read those of its profile; the others, and archived ones, only an
    /// admin can read.
    ///
    /// # Errors
    ///
    /// Why it could not be read.
    pub async fn read(self, id: WorkspaceId) -> Result<Workspace, Failure> {
        let query = WorkspaceQuery {
            include_info: true,
            ..WorkspaceQuery::default()
        };
        let mut used: Vec<Cursor> = Vec::new();
        loop {
            let call = calls::list_workspaces_matching(&query, LIMIT, used.last());
            let page = self.session.send(call).await.map_err(|failure| Failure {
                operation: Operation::ReadWorkspace,
                ..failure
            })?;
            if let Some(found) = page.items.into_iter().find(|workspace| workspace.metadata.id == id) {
                return Ok(found);
            }
            match page.next_cursor {
                // A repeated cursor would loop forever.
                Some(next) if !used.contains(&next) => used.push(next),
                Some(_) | None => break,
            }
        }
        self.session.send(calls::read_workspace(&id)).await
    }

    /// The name of a workspace, or its id while the name is unknown.
    #[must_use]
    pub fn name(&self, id: &WorkspaceId) -> String {
        let name = self.names.with(|names| names.get(id.as_str()).cloned());
        name.unwrap_or_else(|| id.to_string())
    }

    /// Remembers the names of workspaces that were loaded.
    pub fn remember<'a>(self, workspaces: impl Iterator<Item = &'a Workspace>) {
        let mut names = self.names.get_untracked();
        for workspace in workspaces.filter(|workspace| !workspace.metadata.name.is_empty()) {
            names.insert(workspace.metadata.id.to_string(), workspace.metadata.name.clone());
        }
        if self.names.with_untracked(|known| *known == names) {
            return;
        }
        // For the next page of a session that outlives this one.
        if self.session.state().with_untracked(session::State::is_kept)
            && let Ok(text) = serde_json::to_string(&names)
        {
            self.storage.write(Name::Workspaces, &text);
        }
        self.names.set(names);
    }

    /// Remembers names of people that were listed, by the ids of their profiles.
    pub fn remember_people<'a>(self, people: impl Iterator<Item = (&'a ProfileId, &'a str)>) {
        let people: Vec<_> = people.map(|(id, name)| (id.to_string(), name.to_owned())).collect();
        if !people.is_empty() {
            self.people.update(|known| known.extend(people));
        }
    }

    /// The name of a person, if it was listed. Tracked.
    #[must_use]
    pub fn person(self, id: &ProfileId) -> Option<String> {
        self.people.with(|people| people.get(id.as_str()).cloned())
    }

    /// A workspace was created or changed by this console.
    pub fn put(self, workspace: Workspace) {
        self.note(std::slice::from_ref(&workspace));
        self.own.change(move |items| add(items, vec![workspace.clone()]));
    }

    /// A workspace was archived by this console.
    pub fn archived(self, id: &WorkspaceId) {
        let archive = |workspace: &mut Workspace| workspace.status = WorkspaceStatus::Archived;
        self.others.update(|others| {
            if let Some(workspace) = others.get_mut(id.as_str()) {
                archive(workspace);
            }
        });
        let id = id.clone();
        self.own.change(move |items| items.iter_mut().filter(|it| it.metadata.id == id).for_each(archive));
    }

    /// Reloads them for a view, unless they are loading or were just loaded. Old data stays until then.
    pub fn refresh_if_old(self) {
        self.own.read_if_old();
    }

    /// Reloads them. Old data stays until then.
    pub fn refresh(self) {
        self.own.read();
    }

    /// Retries the page that failed.
    pub fn retry(self) {
        self.own.retry();
    }
}

/// The workspaces of this session.
///
/// # Panics
///
/// If no app provides them. A programming error, caught by the first test.
#[must_use]
pub fn use_workspaces() -> Workspaces {
    expect_context::<Workspaces>()
}

/// The names of workspaces, as [`Workspaces::remember`] stored them.
fn read_names(text: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    // What can't be read is read from the server.
    let _ = json::whole(text.as_bytes(), |json| {
        json.object(&mut |json, id| {
            names.insert(id.into_owned(), json.text()?.into_owned());
            Ok(())
        })
    });
    names
}
