//! The secrets of a workspace, read page by page into columns, and their filtered view.

use contract::calls::{self, SecretQuery};
use contract::{Cause, Cursor, Failure, Kind, Operation, SecretId, WorkspaceId};
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::list::instant::Instant;
use strongroom_core::list::reading::{Command, State};
use strongroom_core::list::completion::label_word;
use strongroom_core::list::decode::cursor_at_end;
use strongroom_core::list::find::{Finder, Fit, UNFIT};
use strongroom_core::list::{Arrangement, List, LoadedList, LocalChange, PageError, Query, Row, Rows, Selection, Unreadable};

use crate::api::client::Incoming;
use crate::api::session::Session;
use crate::browser::published::Published;
use crate::browser::tasks;
use crate::store::pending_deletes::PendingDeletes;
use crate::store::loaded_secrets::FoundSecret;
use crate::store::page_reader::{Event, PageReader, perform};
use crate::store::read_limit::ReadLimit;

/// The loading status of a list, for views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub state: State<Failure>,
    /// The remaining wait before it continues by itself, in milliseconds.
    pub wait: u64,
    /// The number of loaded secrets.
    pub loaded: usize,
    /// The number of secrets that pass the filter.
    pub shown: usize,
    /// Whether a complete list is shown while a newer reading is not complete.
    pub is_refresh: bool,
    /// Whether it is read anew because the server refused the cursor of the next page.
    pub is_restarted: bool,
    /// The status of the server-side search, which runs while the list is incomplete.
    pub found: Option<State<Failure>>,
    /// When the whole list was last read, in milliseconds since 1970.
    pub read_at: Option<Instant>,
    /// Whether the rows are sorted by name because no other order was chosen.
    pub is_by_name: bool,
    /// The secrets that were sent but can't be shown.
    pub unreadable: Unreadable,
}

impl Progress {
    /// Whether the list on screen is being refreshed.
    #[must_use]
    pub fn is_refreshing(&self) -> bool {
        self.is_refresh && matches!(self.state, State::Reading | State::Waiting(_))
    }

    /// Why the reading failed, if it did.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.state {
            State::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

/// A list that was closed longer ago than this, in milliseconds, is refreshed when it is opened.
const FRESH: Instant = 5 * 60 * 1000;

/// Which reading: all secrets, or the results of the server-side search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    Found,
}

/// A reading and its query.
#[derive(Default)]
struct Source {
    query: SecretQuery,
    reader: PageReader,
}

struct Inner {
    workspace: WorkspaceId,
    loaded: LoadedList,
    all: Source,
    /// The server-side search, while the list is incomplete.
    found: Option<Source>,
    /// The reading was pending when the list was closed: it continues when the list is opened.
    was_reading: bool,
    read_at: Option<Instant>,
    /// Whether the current reading is not the one of the list on screen.
    is_refresh: bool,
    /// Whether the current reading replaces one whose cursor was refused. It does so once.
    is_restarted: bool,
    /// Whether the last use is requested without the user asking for it.
    is_info_optional: bool,
}

/// The secrets of a workspace. A handle; [`crate::store::secret_lists::SecretLists`] owns its data.
#[derive(Clone, Copy)]
pub struct SecretList {
    session: Session,
    limit: ReadLimit,
    inner: StoredValue<Inner, LocalStorage>,
    pending_deletes: PendingDeletes,
    progress: Published<Progress>,
    shown: Published<usize>,
    selected: Published<usize>,
    selected_shown: Published<usize>,
}

impl SecretList {
    /// An empty list that is not being read.
    #[must_use]
    pub(super) fn new(session: Session, limit: ReadLimit, workspace: WorkspaceId, pending_deletes: PendingDeletes) -> Self {
        Self {
            session,
            limit,
            inner: StoredValue::new_local(Inner::new(workspace)),
            pending_deletes,
            progress: Published::new(Progress {
                state: State::Idle,
                wait: 0,
                loaded: 0,
                shown: 0,
                is_refresh: false,
                is_restarted: false,
                found: None,
                read_at: None,
                is_by_name: false,
                unreadable: Unreadable::default(),
            }),
            shown: Published::new(0),
            selected: Published::new(0),
            selected_shown: Published::new(0),
        }
    }

    #[must_use]
    pub fn progress(self) -> ReadSignal<Progress> {
        self.progress.read_only()
    }

    /// The number of rows that pass the filter. Also signals when their content changes but not their number.
    #[must_use]
    pub fn shown(self) -> ReadSignal<usize> {
        self.shown.read_only()
    }

    /// The number of selected secrets. Also signals when the selection changes but not its size.
    #[must_use]
    pub fn selected(self) -> ReadSignal<usize> {
        self.selected.read_only()
    }

    /// The number of selected secrets that pass the filter; signals like [`Self::selected`].
    #[must_use]
    pub fn selected_shown(self) -> ReadSignal<usize> {
        self.selected_shown.read_only()
    }

    /// Accesses the loaded list; `None` once it is dropped.
    pub fn with<Answer>(self, look: impl FnOnce(&LoadedList) -> Answer) -> Option<Answer> {
        self.inner.try_with_value(|inner| look(&inner.loaded))
    }

    /// Accesses the row at an index of the view.
    pub fn at<Answer>(self, index: usize, look: impl FnOnce(&LoadedList, Row) -> Answer) -> Option<Answer> {
        let answer = self.with(|loaded| {
            let row = *loaded.shown().get(index)?;
            Some(look(loaded, row))
        });
        answer.flatten()
    }

    /// Accesses the row of a secret.
    pub fn find<Answer>(self, id: &str, look: impl FnOnce(&Rows, Row) -> Answer) -> Option<Answer> {
        let answer = self.with(|loaded| {
            let rows = loaded.list().rows();
            rows.find(id).map(|row| look(rows, row))
        });
        answer.flatten()
    }

    /// The secrets that contain all words of a text, best first, with their rank.
    #[must_use]
    pub fn find_loaded(self, text: &str, limit: usize) -> Vec<(Fit, FoundSecret)> {
        let query = Query::of_words(text);
        if query.is_empty() {
            return Vec::new();
        }
        let now = self.limit.now();
        let found = self.inner.try_with_value(|inner| {
            let rows = inner.loaded.list().rows();
            let fits = Finder::new(&query, rows, now).fits(rows, 0, rows.end());
            let mut found: Vec<(Fit, Row)> = fits.into_iter().zip(0..).filter(|(fit, _)| *fit != UNFIT).collect();
            found.sort_unstable();
            let secret = |(fit, row): (Fit, Row)| {
                let id = rows.id(row);
                let name = match rows.name(row) {
                    "" => id,
                    name => name,
                };
                let secret = FoundSecret {
                    workspace: inner.workspace.clone(),
                    id: SecretId::parse(id).ok()?,
                    name: name.to_owned(),
                };
                Some((fit, secret))
            };
            found.into_iter().filter_map(secret).take(limit).collect()
        });
        found.unwrap_or_default()
    }

    /// The labels in use that contain a text, as on screen, and the condition to filter by each.
    #[must_use]
    pub fn labels_with(self, text: &str, limit: usize) -> Vec<(String, String)> {
        let wanted = text.trim().to_lowercase();
        let labels = |rows: &Rows| {
            let pairs = rows.pairs_in_use().map(|(key, value)| (format!("{key}={value}"), key, value));
            let pairs = pairs.filter(|(pair, ..)| pair.to_lowercase().contains(&wanted));
            let mut labels: Vec<_> = pairs.collect();
            labels.sort();
            let label = |(pair, key, value)| (pair, label_word(key, value, rows));
            labels.into_iter().take(limit).map(label).collect()
        };
        let is_any = !wanted.is_empty();
        let found = is_any.then(|| self.with(|loaded| labels(loaded.list().rows()))).flatten();
        found.unwrap_or_default()
    }

    /// The index of a secret in the view.
    #[must_use]
    pub fn index_of(self, id: &str) -> Option<usize> {
        let index = self.with(|loaded| {
            let wanted = loaded.list().rows().find(id)?;
            loaded.shown().iter().position(|row| *row == wanted)
        });
        index.flatten()
    }

    /// The secrets before and after a secret in the view.
    #[must_use]
    pub fn neighbours(self, id: &str) -> Option<(Option<SecretId>, Option<SecretId>)> {
        let index = self.index_of(id)?;
        let at = |index: Option<usize>| {
            let id = self.at(index?, |loaded, row| loaded.list().rows().id(row).to_owned())?;
            SecretId::parse(id).ok()
        };
        Some((at(index.checked_sub(1)), at(index.checked_add(1))))
    }

    /// The labels of its secrets.
    #[must_use]
    pub fn labels_in_use(self) -> Vec<(String, String)> {
        let labels = |list: &List| {
            let pairs = list.rows().pairs_in_use();
            pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
        };
        self.with(|loaded| labels(loaded.list())).unwrap_or_default()
    }

    /// What was last asked of the server.
    pub(super) fn query(self) -> Option<SecretQuery> {
        self.inner.try_with_value(|inner| inner.all.query.clone())
    }

    /// Opens the list for a view: reads it if it was not read, is outdated or has another query. With `is_shared`, it is on
    /// screen already: what is selected there stays so.
    pub(super) fn open(self, query: SecretQuery, is_shared: bool) {
        self.run(Which::All, |inner| {
            if !is_shared {
                inner.loaded.select(|selection, _| selection.clear());
            }
            inner.loaded.filter(self.limit.now());
            let is_old = inner.read_at.is_some_and(|at| self.limit.now() - at > FRESH);
            let is_other = inner.ask(query);
            if is_old || is_other || inner.all.reader.reading.state() == &State::Idle {
                Some(inner.begin())
            } else if std::mem::take(&mut inner.was_reading) {
                inner.all.reader.reading.resume()
            } else {
                // It was stopped or failed: only the user can resume it.
                None
            }
        });
    }

    /// The last view was unmounted: requests are aborted, and loaded data stays. Secrets hidden for a pending delete
    /// are shown again; the write that deletes them reports when they are gone.
    pub(super) fn close(self) {
        self.abort(Which::Found);
        self.abort(Which::All);
        self.inner.try_update_value(|inner| {
            inner.found = None;
            let reading = &mut inner.all.reader.reading;
            inner.was_reading = matches!(reading.state(), State::Reading | State::Waiting(_));
            reading.stop();
            inner.loaded.unhide_all(self.limit.now());
        });
    }

    /// Drops all data.
    pub(super) fn forget(self) {
        self.abort(Which::Found);
        self.abort(Which::All);
        self.inner.try_update_value(|inner| {
            let query = inner.all.query.clone();
            *inner = Inner::new(inner.workspace.clone());
            inner.all.query = query;
        });
        self.publish();
    }

    /// Changes the selection; the closure also gets the rows of the view, in order.
    pub fn select(self, change: impl FnOnce(&mut Selection, &[Row])) {
        self.update(|loaded| loaded.select(change));
    }

    /// Selects secrets by their ids, in addition to those that are selected.
    pub(super) fn select_ids(self, ids: &[String]) {
        self.update(|loaded| loaded.select_ids(ids));
    }

    /// Rows show the label with this key first, until another one is set.
    pub fn show_label_first(self, key: &str) {
        self.update(|loaded| loaded.show_first(key));
    }

    /// Sets the filter and the arrangement. Answered from loaded data.
    pub fn show(self, query: Query, arrangement: impl Into<Arrangement>) {
        self.update(|loaded| loaded.show(query, arrangement, self.limit.now()));
    }

    /// Nobody points at a row, so rows may move: a complete list is arranged by name, if nothing else was chosen.
    pub fn settle(self) {
        let settle = |inner: &mut Inner| inner.loaded.settle(self.limit.now());
        if self.inner.try_update_value(settle) == Some(true) {
            self.publish();
        }
    }

    /// Sets whether the last use is requested without the user asking for it. The list then does without, if the
    /// server's rate limit is reached.
    pub fn set_info_optional(self, is_optional: bool) {
        self.inner.try_update_value(|inner| inner.is_info_optional = is_optional);
    }

    /// Applies a change made by this console.
    pub fn apply(self, change: &LocalChange) {
        self.update(|loaded| loaded.apply(change, self.limit.now()));
    }

    /// Whether the delete of a secret waits or is under way.
    #[must_use]
    pub fn is_delete_pending(self, id: &str) -> bool {
        let is_it = self.inner.try_with_value(|inner| self.pending_deletes.has(&inner.workspace, id));
        is_it == Some(true)
    }

    /// Tells views to render the rows again, although the list has not changed.
    pub(super) fn redraw(self) {
        self.shown.try_update(|_| ());
    }

    /// Hides a secret whose delete is pending.
    pub fn hide(self, id: &str) {
        self.update(|loaded| {
            loaded.hide(id, self.limit.now());
        });
    }

    /// Shows a secret again, because it was not deleted.
    pub fn unhide(self, id: &str) {
        self.update(|loaded| loaded.unhide(id, self.limit.now()));
    }

    /// Sets how many tool sets refer to each secret, by name; `None` where that is not known.
    pub fn set_uses(self, count: &dyn Fn(&str) -> Option<u32>) {
        let now = self.limit.now();
        if self.inner.try_update_value(|inner| inner.loaded.set_uses(count, now)) == Some(true) {
            self.publish();
        }
    }

    fn update(self, act: impl FnOnce(&mut LoadedList)) {
        self.inner.try_update_value(|inner| act(&mut inner.loaded));
        self.publish();
    }

    /// For as long as the current view is mounted, follows two signals: the filter and order of the rows, and the
    /// server-side search while the list is incomplete.
    pub fn follow(self, shown: Signal<(Query, Arrangement)>, search: Signal<Option<SecretQuery>>) {
        tasks::follow(move || {
            let (query, arrangement) = shown.get();
            self.show(query, arrangement);
        });
        tasks::follow(move || self.search(search.get()));
    }

    /// Changes the query. Loaded data stays until the server has answered.
    pub(super) fn ask(self, query: SecretQuery) {
        if self.inner.try_update_value(|inner| inner.ask(query)) == Some(true) {
            self.refresh();
        }
    }

    /// Starts a server-side search, if the list is incomplete.
    pub fn search(self, query: Option<SecretQuery>) {
        let known = self.inner.try_with_value(|inner| inner.found_query(query.clone()) == inner.present_search());
        if known == Some(false) {
            self.search_anew(query);
        }
    }

    fn search_anew(self, query: Option<SecretQuery>) {
        self.abort(Which::Found);
        self.run(Which::Found, |inner| {
            let query = inner.found_query(query);
            inner.found = None;
            let reader = PageReader::default();
            let found = inner.found.insert(Source { query: query?, reader });
            Some(found.reader.reading.begin())
        });
    }

    /// Reads everything again. Loaded data stays until then.
    pub fn refresh(self) {
        self.abort(Which::All);
        self.run(Which::All, |inner| Some(inner.begin()));
        // The search results of the previous reading apply to this one, too.
        let search = self.inner.try_with_value(Inner::present_search).flatten();
        if search.is_some() {
            self.search_anew(search);
        }
    }

    /// Stops reading and searching.
    pub fn stop(self) {
        self.abort(Which::All);
        self.abort(Which::Found);
        self.run(Which::All, |inner| {
            inner.all.reader.reading.stop();
            inner.found = None;
            None
        });
    }

    /// Resumes reading, or retries the page that failed.
    pub fn resume(self) {
        self.limit.end_pause();
        self.abort(Which::All);
        self.run(Which::All, |inner| {
            if inner.all.reader.has_lost_its_place() {
                return Some(inner.begin());
            }
            inner.all.reader.reading.resume()
        });
    }

    /// Retries after connecting again, if the reading failed for a missing key.
    pub(super) fn resume_with_key(self) {
        let has_expired = |progress: &Progress| progress.failure().is_some_and(|failure| failure.http() == Some(401));
        if self.progress.try_with_untracked(has_expired) == Some(true) {
            self.resume();
        }
    }

    fn abort(self, which: Which) {
        self.inner.try_update_value(|inner| {
            if let Some(source) = inner.source(which) {
                source.reader.abort();
            }
        });
    }

    /// Changes a reading and runs what follows from it.
    fn run(self, which: Which, act: impl FnOnce(&mut Inner) -> Option<Command>) {
        let command = self.inner.try_update_value(act).flatten();
        if let Some(command) = command {
            // First, so that the server works while the page renders.
            self.perform(which, command);
        }
        self.publish();
    }

    /// Takes an answer and reads on. The next page is asked for first, so that the server works while this one is decoded.
    fn take_and_read_on(self, which: Which, ticket: u64, answer: Result<Incoming, Failure>) {
        let cursor = answer.as_ref().ok().and_then(|answer| cursor_at_end(&answer.body));
        let guess = cursor.and_then(|cursor| {
            let following = |inner: &mut Inner| inner.source(which)?.reader.reading.following(ticket, cursor);
            self.inner.try_update_value(following).flatten()
        });
        let ahead = guess.map(|request| (self.start(which, Command::Read(request.clone())), request));
        let take = |inner: &mut Inner| inner.take(which, ticket, answer, self.limit);
        let command = self.inner.try_update_value(take).flatten();
        match (command, ahead) {
            (Some(Command::Read(request)), Some((handle, asked))) if request == asked => self.remember(which, handle),
            (command, ahead) => {
                // No guess or a wrong one: the page named another cursor, was the last one, or could not be read.
                if let Some((Some(handle), _)) = ahead {
                    handle.abort();
                }
                if let Some(command) = command {
                    self.perform(which, command);
                }
            }
        }
        self.publish();
    }

    fn perform(self, which: Which, command: Command) {
        self.remember(which, self.start(which, command));
    }

    fn remember(self, which: Which, handle: Option<AbortHandle>) {
        self.inner.try_update_value(|inner| {
            if let (Some(source), Some(handle)) = (inner.source(which), handle) {
                source.reader.remember(handle);
            }
        });
    }

    fn start(self, which: Which, command: Command) -> Option<AbortHandle> {
        let asked = self.inner.try_update_value(|inner| {
            let workspace = inner.workspace.clone();
            Some((workspace, inner.source(which)?.query.clone()))
        });
        let (workspace, query) = asked.flatten()?;
        let session = self.session;
        Some(perform(
            self.limit,
            command,
            move |request| {
                let cursor = request.cursor.clone().and_then(Cursor::new);
                let call = calls::list_secrets(&workspace, &query, request.limit, cursor.as_ref());
                // Not a search beside it: the list itself is what a reload asks for.
                if cursor.is_none() && which == Which::All {
                    session.remember_first_page(&call.request);
                }
                Box::pin(session.read_once(call))
            },
            Box::new(move |event| match event {
                Event::Answered(ticket, answer) => self.take_and_read_on(which, ticket, answer),
                Event::Waited(ticket) => self.run(which, |inner| inner.source(which)?.reader.waited(ticket)),
            }),
        ))
    }

    fn publish(self) {
        let told = self.inner.try_with_value(|inner| {
            let loaded = &inner.loaded;
            let progress = Progress {
                state: inner.all.reader.reading.state().clone(),
                wait: inner.all.reader.wait,
                loaded: loaded.list().rows().count(),
                shown: loaded.shown().len(),
                is_refresh: inner.is_refresh,
                is_restarted: inner.is_restarted,
                found: inner.found.as_ref().map(|found| found.reader.reading.state().clone()),
                read_at: inner.read_at,
                is_by_name: loaded.is_by_name(),
                unreadable: loaded.list().unreadable().clone(),
            };
            let among = loaded.selection().count_among(loaded.shown());
            (progress, loaded.selection().count(), among)
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

impl Inner {
    fn new(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            loaded: LoadedList::default(),
            all: Source::default(),
            found: None,
            was_reading: false,
            read_at: None,
            is_refresh: false,
            is_restarted: false,
            is_info_optional: false,
        }
    }

    fn source(&mut self, which: Which) -> Option<&mut Source> {
        match which {
            Which::All => Some(&mut self.all),
            Which::Found => self.found.as_mut(),
        }
    }

    /// The current server-side search.
    fn present_search(&self) -> Option<SecretQuery> {
        self.found.as_ref().map(|found| found.query.clone())
    }

    /// The query of the server-side search: `None` if the list is complete. It requests the same details per secret as
    /// the reading beside it.
    fn found_query(&self, wanted: Option<SecretQuery>) -> Option<SecretQuery> {
        let include_info = self.all.query.include_info;
        let wanted = wanted.filter(|_| !self.loaded.is_complete());
        wanted.map(|query| SecretQuery { include_info, ..query })
    }

    fn begin(&mut self) -> Command {
        self.is_restarted = false;
        self.loaded.begin();
        self.is_refresh = self.loaded.is_complete();
        self.all.reader.reading.begin()
    }

    /// Changes the query. Returns whether a new reading is needed: not if only use and creators are dropped.
    fn ask(&mut self, query: SecretQuery) -> bool {
        if self.all.query == query {
            return false;
        }
        let mut without_info = query.clone();
        without_info.include_info = self.all.query.include_info;
        let is_less = !query.include_info && without_info == self.all.query;
        self.all.query = query;
        !(is_less && self.all.reader.reading.state() == &State::Complete)
    }

    /// The server's rate limit is reached: the list is read without the last use, unless the user asked for it. Returns
    /// whether that changes the query.
    fn spare_info(&mut self, limit: ReadLimit) -> bool {
        let is_spared = self.is_info_optional && self.all.query.include_info;
        if is_spared {
            self.all.query.include_info = false;
            limit.is_info_limited().set(true);
        }
        is_spared
    }

    /// Handles an answer.
    fn take(
        &mut self,
        which: Which,
        ticket: u64,
        answer: Result<Incoming, Failure>,
        limit: ReadLimit,
    ) -> Option<Command> {
        if !self.source(which)?.reader.reading.is_wanted(ticket) {
            return None;
        }
        let page = answer.and_then(|answer| {
            let page = match which {
                Which::All => self.loaded.page(&answer.body, limit.now()),
                Which::Found => self.loaded.found(&answer.body, limit.now()),
            };
            page.map_err(|error| undecodable(&answer, &error))
        });
        let next = match page {
            Ok(next) => next,
            Err(failure) => {
                let is_limited = which == Which::All && failure.kind() == Kind::RateLimited;
                let is_spared = is_limited && self.spare_info(limit);
                let command = self.source(which)?.reader.fail(ticket, failure, limit);
                if which == Which::All && self.all.reader.has_lost_its_place() && !self.is_restarted {
                    let command = self.begin();
                    self.is_restarted = true;
                    return Some(command);
                }
                // A cursor belongs to its query, so this one begins again, after the pause.
                return if is_spared { Some(self.begin()) } else { command };
            }
        };
        let command = self.source(which)?.reader.page(ticket, next);
        if which == Which::All && self.all.reader.reading.state() == &State::Complete {
            self.loaded.complete(limit.now());
            self.is_refresh = false;
            self.read_at = Some(limit.now());
            // From now on everything is answered from loaded data.
            if let Some(mut found) = self.found.take() {
                found.reader.abort();
            }
        }
        command
    }
}

fn undecodable(answer: &Incoming, error: &PageError) -> Failure {
    let cause = Cause::Undecodable {
        http: answer.status,
        detail: error.to_string(),
    };
    Failure {
        request_id: answer.request_id.clone(),
        ..Failure::new(Operation::ListSecrets, cause)
    }
}
