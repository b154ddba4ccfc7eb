//! The secrets of a workspace, read page after page into columns, and what is on screen of them.

use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{Cause, Cursor, Failure, Kind, WorkspaceId, retry};
use futures::future::AbortHandle;
use leptos::prelude::*;
use listing::instant::Instant;
use listing::reading::{Command, Reading, Request, State};
use listing::{Changes, List, Order, PageError, Query, View};

use super::client::Incoming;
use super::session::Session;
use super::{clock, tasks};

/// How far the list is, for views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How the reading stands.
    pub state: State<Failure>,
    /// How many secrets are in the list.
    pub loaded: usize,
    /// How many of them are shown.
    pub shown: usize,
    /// Whether it is read again while what was read before is still shown.
    pub is_again: bool,
}

/// What the server is asked for: the whole of a list, of which the console shows what it shows.
type Key = (WorkspaceId, SecretQuery);

/// The secrets of a workspace. A handle.
#[derive(Clone, Copy)]
pub struct SecretList {
    session: Session,
    inner: StoredValue<Inner, LocalStorage>,
    progress: RwSignal<Progress>,
    /// Tells whenever rows that may be in sight say something else; how many are shown.
    shown: RwSignal<usize>,
}

struct Inner {
    key: Key,
    list: List,
    view: View,
    query: Query,
    order: Option<Order>,
    reading: Reading<Failure>,
    is_again: bool,
    under_way: Option<AbortHandle>,
}

impl SecretList {
    /// Begins to read. Ends when the view goes away.
    #[must_use]
    pub fn new(session: Session, workspace: WorkspaceId, query: SecretQuery) -> Self {
        let list = Self {
            session,
            inner: StoredValue::new_local(Inner::new((workspace, query))),
            progress: RwSignal::new(Progress {
                state: State::Idle,
                loaded: 0,
                shown: 0,
                is_again: false,
            }),
            shown: RwSignal::new(0),
        };
        on_cleanup(move || list.abort());
        list.run(|inner| Some(inner.reading.begin()));
        list
    }

    /// How far it is.
    #[must_use]
    pub fn progress(self) -> ReadSignal<Progress> {
        self.progress.read_only()
    }

    /// How many rows are shown. It tells, too, when they are as many as before and say something else.
    #[must_use]
    pub fn shown(self) -> ReadSignal<usize> {
        self.shown.read_only()
    }

    /// Looks at the list and at the rows that are shown, in their order.
    pub fn with<Answer>(self, look: impl FnOnce(&List, &[listing::Row]) -> Answer) -> Option<Answer> {
        self.inner.try_with_value(|inner| look(&inner.list, inner.view.rows()))
    }

    /// Shows what a filter leaves, in an order. Answered from what is here.
    pub fn show(self, query: Query, order: Option<Order>) {
        self.inner.try_update_value(|inner| {
            inner.query = query;
            inner.order = order;
            inner.view = View::new(&inner.list, inner.query.clone(), order, now());
        });
        self.tell();
    }

    /// Asks the server for something else: what was read before is no part of it.
    pub fn ask(self, workspace: WorkspaceId, query: SecretQuery) {
        self.abort();
        self.run(|inner| {
            let key = (workspace, query);
            if inner.key == key {
                return None;
            }
            let (query, order) = (std::mem::take(&mut inner.query), inner.order);
            *inner = Inner {
                reading: std::mem::take(&mut inner.reading),
                query,
                order,
                ..Inner::new(key)
            };
            inner.view = View::new(&inner.list, inner.query.clone(), order, now());
            Some(inner.reading.begin())
        });
    }

    /// Reads the same again. What was read stays and is merged by id.
    pub fn refresh(self) {
        self.abort();
        self.run(|inner| {
            inner.is_again = true;
            inner.list.begin_again();
            Some(inner.reading.begin())
        });
    }

    /// Stops reading; what was read stays.
    pub fn stop(self) {
        self.abort();
        self.run(|inner| {
            inner.reading.stop();
            None
        });
    }

    /// Goes on reading, or asks again for the page that failed.
    pub fn resume(self) {
        self.abort();
        self.run(|inner| inner.reading.resume());
    }

    fn abort(self) {
        let handle = self.inner.try_update_value(|inner| inner.under_way.take()).flatten();
        if let Some(handle) = handle {
            handle.abort();
        }
    }

    /// Does something to the reading, and then what follows from it.
    fn run(self, act: impl FnOnce(&mut Inner) -> Option<Command>) {
        let command = self.inner.try_update_value(act).flatten();
        self.tell();
        match command {
            Some(Command::Read(request)) => self.read(request),
            Some(Command::Wait { ticket, milliseconds }) => self.wait(ticket, milliseconds),
            None => {}
        }
    }

    fn read(self, request: Request) {
        let Some((workspace, query)) = self.inner.try_with_value(|inner| inner.key.clone()) else {
            return;
        };
        let cursor = request.cursor.clone().and_then(Cursor::new);
        let call = calls::list_secrets(&workspace, &query, request.limit, cursor.as_ref());
        let handle = tasks::spawn(async move {
            let answer = self.session.read_once(call).await;
            self.run(|inner| inner.take(request.ticket, answer));
        });
        self.inner.try_update_value(|inner| inner.under_way = Some(handle));
    }

    fn wait(self, ticket: u64, milliseconds: u64) {
        let handle = tasks::spawn(async move {
            gloo_timers::future::sleep(Duration::from_millis(milliseconds)).await;
            self.run(|inner| inner.reading.resume_after_wait(ticket));
        });
        self.inner.try_update_value(|inner| inner.under_way = Some(handle));
    }

    fn tell(self) {
        let progress = self.inner.try_with_value(|inner| Progress {
            state: inner.reading.state().clone(),
            loaded: inner.list.rows().count(),
            shown: inner.view.rows().len(),
            is_again: inner.is_again,
        });
        if let Some(progress) = progress {
            let shown = progress.shown;
            let _ = self.progress.try_update(|known| {
                let is_new = *known != progress;
                *known = progress;
                is_new
            });
            let _ = self.shown.try_set(shown);
        }
    }
}

impl Inner {
    fn new(key: Key) -> Self {
        Self {
            key,
            list: List::default(),
            view: View::default(),
            query: Query::default(),
            order: None,
            reading: Reading::default(),
            is_again: false,
            under_way: None,
        }
    }

    /// Takes an answer in.
    fn take(&mut self, ticket: u64, answer: Result<Incoming, Failure>) -> Option<Command> {
        if !self.reading.is_wanted(ticket) {
            return None;
        }
        let failure = match answer {
            Ok(answer) => match self.list.page(&answer.body) {
                Ok((next, changes)) => {
                    self.show(&changes);
                    let command = self.reading.page(ticket, next);
                    if self.reading.state() == &State::Complete {
                        let changes = self.list.complete();
                        self.is_again = false;
                        self.show(&changes);
                    }
                    return command;
                }
                Err(error) => undecodable(&answer, &error),
            },
            Err(failure) => failure,
        };
        let wait = patience(&failure);
        self.reading.fail(ticket, failure, wait)
    }

    fn show(&mut self, changes: &Changes) {
        self.view.update(&self.list, changes, now());
    }
}

/// How long a failure asks to wait before going on by itself, in milliseconds: only what says so, and not for long.
fn patience(failure: &Failure) -> Option<u64> {
    let is_busy = failure.kind() == Kind::RateLimited || failure.http() == Some(503);
    let asked = failure
        .retry_after
        .filter(|wait| is_busy && *wait <= retry::LONGEST_WAIT)?;
    u64::try_from(asked.as_millis()).ok()
}

fn undecodable(answer: &Incoming, error: &PageError) -> Failure {
    let cause = Cause::Undecodable {
        http: answer.status,
        detail: error.to_string(),
    };
    Failure {
        request_id: answer.request_id.clone(),
        ..Failure::new(contract::Operation::ListSecrets, cause)
    }
}

fn now() -> Instant {
    clock::now().timestamp_millis()
}
