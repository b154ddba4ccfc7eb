//! The workspaces of this session, whose names and statuses are used all over the console.

use std::collections::BTreeMap;

use contract::calls::WorkspaceQuery;
use contract::json;
use contract::{Cursor, Failure, Operation, Page, Workspace, WorkspaceId, WorkspaceStatus, calls};
use leptos::prelude::*;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::reading::{Command, LIMIT, State};

use crate::api::client::{Incoming, decoded};
use crate::api::session::{self, Session};
use crate::browser::storage::{Name, Storage};
use crate::browser::tasks;
use crate::store::account::account;
use crate::store::page_reader::{Event, PageReader, perform};
use crate::store::read_limit::ReadLimit;

/// Data younger than this, in milliseconds, is not reloaded for a view.
const FRESH: Instant = 5_000;

/// The loaded workspaces, and the status of loading them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// In the server's order.
    pub items: Vec<Workspace>,
    pub state: State<Failure>,
}

/// The workspaces of this session.
#[derive(Clone, Copy)]
pub struct Workspaces {
    session: Session,
    limit: ReadLimit,
    storage: Storage,
    known: RwSignal<Known>,
    /// Names by id, also of workspaces that could not be loaded this time: an id means nothing to a person.
    names: RwSignal<BTreeMap<String, String>>,
    inner: StoredValue<Inner, LocalStorage>,
}

#[derive(Default)]
struct Inner {
    reader: PageReader,
    /// The pages of a reload; they replace the loaded workspaces once complete.
    next: Option<Vec<Workspace>>,
    read_at: Option<Instant>,
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
            known: RwSignal::new(Known::default()),
            names,
            inner: StoredValue::new_local(Inner::default()),
        };
        let account = account(session);
        let mut is_other = false;
        tasks::follow(move || {
            let is_there = account.with(Option::is_some);
            if std::mem::replace(&mut is_other, true) {
                workspaces.names.set(BTreeMap::new());
                storage.remove(Name::Workspaces);
            }
            workspaces.inner.update_value(|inner| {
                inner.reader.abort();
                *inner = Inner::default();
            });
            workspaces.known.set(Known::default());
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
                workspaces.refresh_if_old();
            }
        });
        workspaces
    }

    /// The loaded workspaces, and the status of loading them.
    #[must_use]
    pub fn known(self) -> ReadSignal<Known> {
        self.known.read_only()
    }

    /// All loaded workspaces.
    #[must_use]
    pub fn all(&self) -> Vec<Workspace> {
        self.known.with(|known| known.items.clone())
    }

    /// A loaded workspace.
    #[must_use]
    pub fn find(&self, id: &WorkspaceId) -> Option<Workspace> {
        self.known
            .with(|known| known.items.iter().find(|it| it.metadata.id == *id).cloned())
    }

    /// Whether a workspace is not among those of the profile: it is archived, or the profile is not a member. False while
    /// not all are loaded.
    #[must_use]
    pub fn is_missing(&self, id: &WorkspaceId) -> bool {
        self.known.with(|known| {
            known.state == State::Complete && known.items.iter().all(|workspace| workspace.metadata.id != *id)
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

    /// A workspace was created or changed by this console.
    pub fn put(self, workspace: Workspace) {
        self.remember(std::iter::once(&workspace));
        self.change(move |items| add(items, vec![workspace.clone()]));
    }

    /// A workspace was archived by this console.
    pub fn archived(self, id: &WorkspaceId) {
        self.change(move |items| {
            for workspace in items.iter_mut().filter(|workspace| workspace.metadata.id == *id) {
                workspace.status = WorkspaceStatus::Archived;
            }
        });
    }

    /// Changes the loaded workspaces, and those that a reload has read so far.
    fn change(self, change: impl Fn(&mut Vec<Workspace>)) {
        self.known.update(|known| change(&mut known.items));
        self.inner.update_value(|inner| {
            if let Some(next) = &mut inner.next {
                change(next);
            }
        });
    }

    /// Reloads them for a view, unless they are loading or were just loaded. Old data stays until then.
    pub fn refresh_if_old(self) {
        let is_old = self.inner.with_value(|inner| match inner.reader.reading.state() {
            State::Idle | State::Reading | State::Waiting(_) => false,
            _ => inner.read_at.is_none_or(|at| self.limit.now() - at > FRESH),
        });
        if is_old {
            self.refresh();
        }
    }

    fn refresh(self) {
        self.run(|inner| {
            inner.reader.abort();
            inner.next = inner.read_at.map(|_| Vec::new());
            Some(inner.reader.reading.begin())
        });
    }

    /// Retries the page that failed.
    pub fn retry(self) {
        self.run(|inner| match inner.reader.reading.state() {
            State::Failed(_) if inner.reader.has_lost_its_place() => Some(inner.reader.reading.begin()),
            State::Failed(_) => inner.reader.reading.resume(),
            _ => None,
        });
    }

    fn run(self, act: impl FnOnce(&mut Inner) -> Option<Command>) {
        if let Some(command) = self.inner.try_update_value(act).flatten() {
            self.perform(command);
        }
        let state = self.inner.with_value(|inner| inner.reader.reading.state().clone());
        if self.known.with_untracked(|known| known.state != state) {
            self.known.update(|known| known.state = state);
        }
    }

    fn perform(self, command: Command) {
        let session = self.session;
        let handle = perform(
            self.limit,
            command,
            move |wanted| {
                let cursor = wanted.cursor.clone().and_then(Cursor::new);
                Box::pin(session.read_once(calls::list_workspaces(wanted.limit, cursor.as_ref())))
            },
            Box::new(move |event| match event {
                Event::Answered(ticket, answer) => self.take(ticket, answer),
                Event::Waited(ticket) => self.run(|inner| inner.reader.waited(ticket)),
            }),
        );
        self.inner.update_value(|inner| inner.reader.remember(handle));
    }

    fn take(self, ticket: u64, answer: Result<Incoming, Failure>) {
        let is_wanted = self.inner.with_value(|inner| inner.reader.reading.is_wanted(ticket));
        if !is_wanted {
            return;
        }
        let page = answer.and_then(|answer| decoded::<Page<Workspace>>(Operation::ListWorkspaces, answer));
        self.run(|inner| match page {
            Ok(page) => {
                self.remember(page.items.iter());
                match &mut inner.next {
                    Some(next) => add(next, page.items),
                    None => self.known.update(|known| add(&mut known.items, page.items)),
                }
                let next = page.next_cursor.map(|cursor| cursor.as_str().to_owned());
                let command = inner.reader.page(ticket, next);
                if inner.reader.reading.state() == &State::Complete {
                    inner.read_at = Some(self.limit.now());
                    if let Some(items) = inner.next.take() {
                        self.known.update(|known| known.items = items);
                    }
                }
                command
            }
            Err(failure) => inner.reader.fail(ticket, failure, self.limit),
        });
    }
}

/// Adds a page and replaces duplicates: a create or delete between two pages may move an item into both.
fn add(items: &mut Vec<Workspace>, page: Vec<Workspace>) {
    for workspace in page {
        match items.iter_mut().find(|known| known.metadata.id == workspace.metadata.id) {
            Some(known) => *known = workspace,
            None => items.push(workspace),
        }
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
