//! The secrets of a workspace, read page after page into columns, and what is on screen of them.

mod cache;
mod look;

use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{Cursor, Failure, WorkspaceId};
use futures::FutureExt as _;
use leptos::prelude::*;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::reading::{Command, Request, State};
use strongroom_core::list::{Order, Query, Row, Selection};

use crate::api::session::{self, Session};
use crate::browser::clock::{Clock, use_clock};
use crate::browser::tasks;
use crate::store::kept::{self, Preview};
use crate::store::secret_list::cache::{Inner, Which};

/// How far the list is, for views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// How the reading stands.
    pub state: State<Failure>,
    /// How long it waits before it goes on by itself, while it does, in milliseconds.
    pub wait: u64,
    /// How many secrets are in the list.
    pub loaded: usize,
    /// How many of them are shown.
    pub shown: usize,
    /// Whether it is read again while what was read before is still shown.
    pub is_again: bool,
    /// How far the server is with the present search, while it is asked besides because not all is here.
    pub found: Option<State<Failure>>,
    /// When all of it was last read, in milliseconds since 1970.
    pub read_at: Option<Instant>,
}

impl Progress {
    /// Whether what is shown is being read again at the moment.
    #[must_use]
    pub fn is_being_replaced(&self) -> bool {
        self.is_again && matches!(self.state, State::Reading | State::Waiting(_))
    }
}

/// After so many milliseconds a list that was left is read again when one comes back to it.
const FRESH: Instant = 5 * 60 * 1000;

/// The secrets of a workspace. A handle.
#[derive(Clone, Copy)]
pub struct SecretList {
    session: Session,
    clock: Clock,
    inner: StoredValue<Inner, LocalStorage>,
    progress: RwSignal<Progress>,
    /// Tells whenever rows that may be in sight say something else; how many are shown.
    shown: RwSignal<usize>,
    /// Tells whenever the selection is another one; how many secrets it holds.
    selected: RwSignal<usize>,
    /// How many of the selected are shown.
    selected_shown: RwSignal<usize>,
}

impl SecretList {
    /// The list that was left, where it is of this workspace, or a new one. Reading ends when the view goes away, and the
    /// list is kept for coming back.
    #[must_use]
    pub fn new(session: Session, workspace: WorkspaceId, query: SecretQuery) -> Self {
        let clock = use_clock();
        let kept = kept::take_list().and_then(|list| list.downcast::<Inner>().ok());
        let mut inner = match kept {
            Some(kept) if kept.workspace == workspace => *kept,
            _ => Inner::new(clock, workspace, query.clone()),
        };
        inner.take_done(kept::take_done(&inner.workspace));
        inner.selection.clear();
        let is_old = inner.read_at.is_some_and(|at| inner.now() - at > FRESH);
        let is_other = inner.all.query != query && inner.ask(query);
        let list = Self {
            session,
            clock,
            inner: StoredValue::new_local(inner),
            progress: RwSignal::new(Progress {
                state: State::Idle,
                wait: 0,
                loaded: 0,
                shown: 0,
                is_again: false,
                found: None,
                read_at: None,
            }),
            shown: RwSignal::new(0),
            selected: RwSignal::new(0),
            selected_shown: RwSignal::new(0),
        };
        let workspace = list.inner.with_value(|inner| inner.workspace.clone());
        let listening = kept::listen(&workspace, move |preview| match preview {
            Some(Preview::Hidden(id)) => list.take_out(id.as_str()),
            Some(Preview::Shown(id)) => list.put_back(id.as_str()),
            None => list.take_done(),
        });
        on_cleanup(move || {
            kept::stop_listening(listening);
            list.leave();
        });
        list.run(Which::All, |inner| {
            if is_old || is_other || inner.all.reading.state() == &State::Idle {
                Some(inner.begin())
            } else if std::mem::take(&mut inner.was_reading) {
                inner.all.reading.resume()
            } else {
                // The person stopped it, or it failed: only they let it go on.
                None
            }
        });
        list
    }

    /// The view goes away: nothing is asked for any more, and what is here is kept.
    fn leave(self) {
        self.abort(Which::Found);
        self.abort(Which::All);
        let left = self.inner.try_update_value(|inner| {
            inner.leave();
            let empty = Inner::new(inner.clock, inner.workspace.clone(), SecretQuery::default());
            std::mem::replace(inner, empty)
        });
        if let Some(left) = left
            && self.session.state().try_with_untracked(session::State::is_open) == Some(true)
        {
            kept::keep_list(Box::new(left));
        }
    }

    /// Something was done elsewhere that ended only now, when its view had been left.
    fn take_done(self) {
        self.inner.try_update_value(|inner| {
            let done = kept::take_done(&inner.workspace);
            inner.take_done(done);
        });
        self.tell();
    }

    /// Changes what is selected; the rows that are shown are handed in, in their order.
    pub fn select(self, change: impl FnOnce(&mut Selection, &[Row])) {
        self.inner
            .try_update_value(|inner| change(&mut inner.selection, inner.view.rows()));
        self.tell();
    }

    /// Shows what a filter leaves, in an order. Answered from what is here.
    pub fn show(self, query: Query, order: Option<Order>) {
        self.inner.try_update_value(|inner| {
            if inner.query != query || inner.order != order {
                inner.query = query;
                inner.order = order;
                inner.choice = inner.choice.wrapping_add(1);
                inner.filter();
            }
        });
        self.tell();
    }

    /// Asks the server for something else. What was read before stays, and is merged by id, until all is read.
    pub fn ask(self, query: SecretQuery) {
        let is_asked = self.inner.try_with_value(|inner| inner.all.query == query);
        if is_asked != Some(false) {
            return;
        }
        if self.inner.try_update_value(|inner| inner.ask(query)) == Some(true) {
            self.refresh();
        } else {
            self.tell();
        }
    }

    /// While not all is here, asks the server besides for what it can look for.
    pub fn search(self, query: Option<SecretQuery>) {
        let present = self.inner.try_with_value(|inner| {
            let present = inner.found.as_ref().map(|found| found.query.clone());
            (inner.is_complete(), inner.all.query.include_info, present)
        });
        let Some((is_complete, include_info, present)) = present else {
            return;
        };
        let query = query.filter(|_| !is_complete);
        // As much of each secret as the reading beside it brings: what is found must not know less.
        let query = query.map(|query| SecretQuery { include_info, ..query });
        if query == present {
            return;
        }
        self.abort(Which::Found);
        self.run(Which::Found, |inner| {
            inner.found = None;
            let query = query?;
            let found = inner.found.insert(cache::Source {
                query,
                ..cache::Source::default()
            });
            Some(found.reading.begin())
        });
    }

    /// Reads the same again. What was read stays and is merged by id.
    pub fn refresh(self) {
        self.abort(Which::All);
        self.run(Which::All, |inner| Some(inner.begin()));
    }

    /// Stops reading, and searching on the server; what was read stays.
    pub fn stop(self) {
        self.abort(Which::All);
        self.abort(Which::Found);
        self.run(Which::All, |inner| {
            inner.all.reading.stop();
            inner.found = None;
            None
        });
    }

    /// Goes on reading, or asks again for the page that failed.
    pub fn resume(self) {
        self.abort(Which::All);
        self.run(Which::All, |inner| inner.all.reading.resume());
    }

    /// Takes a secret away before the server has said that it is gone.
    pub fn take_out(self, id: &str) {
        self.inner.try_update_value(|inner| inner.take_out(id));
        self.tell();
    }

    /// Puts a secret back that was taken away too early.
    pub fn put_back(self, id: &str) {
        self.inner.try_update_value(|inner| inner.put_back(id));
        self.tell();
    }

    fn abort(self, which: Which) {
        self.inner.try_update_value(|inner| {
            if let Some(source) = inner.source(which) {
                source.abort();
            }
        });
    }

    /// Does something to a reading, and then what follows from it.
    fn run(self, which: Which, act: impl FnOnce(&mut Inner) -> Option<Command>) {
        let command = self.inner.try_update_value(act).flatten();
        // First of all, so that the server works while what has come is drawn.
        match command {
            Some(Command::Read(request)) => self.read(which, request),
            Some(Command::Wait { ticket, milliseconds }) => self.wait(which, ticket, milliseconds),
            None => {}
        }
        self.tell();
    }

    fn read(self, which: Which, request: Request) {
        let asked = self.inner.try_update_value(|inner| {
            let workspace = inner.workspace.clone();
            Some((workspace, inner.source(which)?.query.clone()))
        });
        let Some((workspace, query)) = asked.flatten() else {
            return;
        };
        let cursor = request.cursor.clone().and_then(Cursor::new);
        let call = calls::list_secrets(&workspace, &query, request.limit, cursor.as_ref());
        let mut answer = Box::pin(self.session.read_once(call));
        // The request is made now, and not when the views have done what they do next.
        let early = (&mut answer).now_or_never();
        let handle = tasks::spawn(async move {
            let answer = match early {
                Some(answer) => answer,
                None => answer.await,
            };
            self.run(which, |inner| inner.take(which, request.ticket, answer));
        });
        self.remember(which, handle);
    }

    fn wait(self, which: Which, ticket: u64, milliseconds: u64) {
        let handle = tasks::spawn(async move {
            self.clock.sleep(Duration::from_millis(milliseconds)).await;
            self.run(which, |inner| inner.source(which)?.reading.resume_after_wait(ticket));
        });
        self.remember(which, handle);
    }

    fn remember(self, which: Which, handle: futures::future::AbortHandle) {
        self.inner.try_update_value(|inner| {
            if let Some(source) = inner.source(which) {
                source.under_way = Some(handle);
            }
        });
    }

    fn tell(self) {
        let told = self.inner.try_with_value(|inner| {
            let progress = Progress {
                state: inner.all.reading.state().clone(),
                wait: inner.all.wait,
                loaded: inner.list.rows().count(),
                shown: inner.view.rows().len(),
                is_again: inner.is_again && inner.read_at.is_some(),
                found: inner.found.as_ref().map(|found| found.reading.state().clone()),
                read_at: inner.read_at,
            };
            let among = inner.selection.count_among(inner.view.rows());
            (progress, inner.selection.count(), among)
        });
        if let Some((progress, selected, among)) = told {
            let shown = progress.shown;
            let _ = self.progress.try_update(|known| {
                let is_new = *known != progress;
                *known = progress;
                is_new
            });
            let _ = self.selected_shown.try_set(among);
            let _ = self.selected.try_set(selected);
            let _ = self.shown.try_set(shown);
        }
    }
}

/// The labels of the list that was left, where it is of this workspace.
#[must_use]
pub fn labels_in_use(workspace: &WorkspaceId) -> Vec<(String, String)> {
    let of_list = |list: &dyn std::any::Any| {
        let list = list
            .downcast_ref::<Inner>()
            .filter(|list| list.workspace == *workspace)?;
        let pairs = list.list.rows().pairs_in_use();
        Some(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    };
    kept::look_at_list(of_list).flatten().unwrap_or_default()
}
