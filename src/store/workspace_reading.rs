//! A reading of workspaces, page by page.

use std::rc::Rc;

use contract::{Call, Cursor, Failure, Operation, Page, Workspace};
use leptos::prelude::*;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::reading::{Command, State};

use crate::api::client::{Incoming, decoded};
use crate::api::session::Session;
use crate::browser::published::Published;
use crate::store::page_reader::{Event, PageReader, perform};
use crate::store::read_limit::ReadLimit;

/// Data younger than this, in milliseconds, is not reloaded for a view.
const FRESH: Instant = 5_000;

/// The loaded workspaces, and the status of loading them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// In the server's order; views show them in that of [`Workspaces::all`](crate::store::workspaces::Workspaces::all).
    pub items: Vec<Workspace>,
    /// The names or ids of those that can't be read.
    pub unreadable: Vec<String>,
    pub state: State<Failure>,
}

/// The call for a page, by its limit and cursor.
pub type Ask = Rc<dyn Fn(u32, Option<&Cursor>) -> Call<Page<Workspace>>>;

/// A reading of workspaces. Loaded data stays while it is read again. A handle.
#[derive(Clone, Copy)]
pub struct WorkspaceReading {
    session: Session,
    limit: ReadLimit,
    known: Published<Known>,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    operation: Operation,
    ask: Ask,
    reader: PageReader,
    /// The pages of a reload; they replace the loaded workspaces once complete.
    next: Option<Known>,
    read_at: Option<Instant>,
}

impl WorkspaceReading {
    #[must_use]
    pub fn new(session: Session, limit: ReadLimit, operation: Operation, ask: Ask) -> Self {
        Self {
            session,
            limit,
            known: Published::new(Known::default()),
            inner: StoredValue::new_local(Inner {
                operation,
                ask,
                reader: PageReader::default(),
                next: None,
                read_at: None,
            }),
        }
    }

    /// The loaded workspaces, and the status of loading them.
    #[must_use]
    pub fn known(self) -> ReadSignal<Known> {
        self.known.read_only()
    }

    /// Aborts, and drops what is loaded.
    pub fn clear(self) {
        self.inner.try_update_value(|inner| {
            inner.reader.abort();
            inner.reader = PageReader::default();
            inner.next = None;
            inner.read_at = None;
        });
        let _ = self.known.try_set(Known::default());
    }

    /// Reads everything again.
    pub fn read(self) {
        self.run(|inner| {
            inner.reader.abort();
            inner.next = inner.read_at.map(|_| Known::default());
            Some(inner.reader.reading.begin())
        });
    }

    /// Reads everything again, unless it is being read or was just read.
    pub fn read_if_old(self) {
        let is_old = self.inner.with_value(|inner| match inner.reader.reading.state() {
            State::Idle | State::Reading | State::Waiting(_) => false,
            _ => inner.read_at.is_none_or(|at| self.limit.now() - at > FRESH),
        });
        if is_old {
            self.read();
        }
    }

    /// Changes the loaded workspaces, and those that a reload has read so far.
    pub fn change(self, change: impl Fn(&mut Vec<Workspace>)) {
        self.known.update(|known| change(&mut known.items));
        self.inner.update_value(|inner| {
            if let Some(next) = &mut inner.next {
                change(&mut next.items);
            }
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
        let state = self.inner.try_with_value(|inner| inner.reader.reading.state().clone());
        if let Some(state) = state
            && self.known.try_with_untracked(|known| known.state != state) == Some(true)
        {
            let _ = self.known.try_update(|known| known.state = state);
        }
    }

    fn perform(self, command: Command) {
        let session = self.session;
        let Some(ask) = self.inner.try_with_value(|inner| Rc::clone(&inner.ask)) else {
            return;
        };
        let handle = perform(
            self.limit,
            command,
            move |wanted| {
                let cursor = wanted.cursor.clone().and_then(Cursor::new);
                Box::pin(session.read_once(ask(wanted.limit, cursor.as_ref())))
            },
            Box::new(move |event| match event {
                Event::Answered(ticket, answer) => self.take(ticket, answer),
                Event::Waited(ticket) => self.run(|inner| inner.reader.waited(ticket)),
            }),
        );
        self.inner.try_update_value(|inner| inner.reader.remember(handle));
    }

    fn take(self, ticket: u64, answer: Result<Incoming, Failure>) {
        let wanted = self
            .inner
            .try_with_value(|inner| inner.reader.reading.is_wanted(ticket).then_some(inner.operation));
        let Some(Some(operation)) = wanted else { return };
        let page = answer.and_then(|answer| decoded::<Page<Workspace>>(operation, answer));
        self.run(|inner| match page {
            Ok(page) => {
                let Page { items, unreadable, next_cursor } = page;
                let take = |known: &mut Known| {
                    add(&mut known.items, items);
                    known.unreadable.extend(unreadable);
                };
                match &mut inner.next {
                    Some(next) => take(next),
                    None => {
                        let _ = self.known.try_update(take);
                    }
                }
                let next = next_cursor.map(|cursor| cursor.as_str().to_owned());
                let command = inner.reader.page(ticket, next);
                if inner.reader.reading.state() == &State::Complete {
                    inner.read_at = Some(self.limit.now());
                    if let Some(next) = inner.next.take() {
                        let _ = self.known.try_update(|known| {
                            known.items = next.items;
                            known.unreadable = next.unreadable;
                        });
                    }
                }
                command
            }
            Err(failure) => inner.reader.fail(ticket, failure, self.limit),
        });
    }
}

/// Adds a page and replaces duplicates: a create or delete between two pages may move an item into both.
pub fn add(items: &mut Vec<Workspace>, page: Vec<Workspace>) {
    for workspace in page {
        match items.iter_mut().find(|known| known.metadata.id == workspace.metadata.id) {
            Some(known) => *known = workspace,
            None => items.push(workspace),
        }
    }
}
