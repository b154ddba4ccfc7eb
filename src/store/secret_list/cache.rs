//! What a list of secrets consists of, without anything that tells views.

use contract::calls::SecretQuery;
use contract::{Cause, Failure, Kind, Method, ResourceMetadata, WorkspaceId, retry};
use futures::future::AbortHandle;
use strongroom_core::list::instant::{Instant, NEVER};
use strongroom_core::list::reading::{Command, Reading, State};
use strongroom_core::list::{Changes, Creator, Facts, List, Order, PageError, Query, Row, Selection, Things, View};

use crate::api::client::Incoming;
use crate::browser::clock::Clock;
use crate::store::kept::Done;

/// Which of two readings: of all secrets, or of what the server found for a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    Found,
}

/// A reading and what it asks for.
#[derive(Default)]
pub struct Source {
    pub query: SecretQuery,
    pub reading: Reading<Failure>,
    pub under_way: Option<AbortHandle>,
    /// How often the page that comes next was tried in vain.
    pub tried: u32,
    /// How long the last wait was, or is, in milliseconds.
    pub wait: u64,
}

impl Source {
    pub fn abort(&mut self) {
        if let Some(handle) = self.under_way.take() {
            handle.abort();
        }
    }
}

pub struct Inner {
    pub clock: Clock,
    pub workspace: WorkspaceId,
    pub list: List,
    pub view: View,
    pub query: Query,
    pub order: Option<Order>,
    /// Counts the filters and orders that were shown.
    pub choice: u32,
    pub selection: Selection,
    pub all: Source,
    /// What the server is asked for besides, while not all is here.
    pub found: Option<Source>,
    pub is_again: bool,
    /// What is here stands in another order than the server was asked for since.
    pub is_other_order: bool,
    /// The reading went on when the view was left, and does again when one comes back.
    pub was_reading: bool,
    /// Secrets that were taken away before the server has said that they are gone: id and row.
    taken: Vec<(String, Row)>,
    /// What stands for rows in the page.
    pub things: Things,
    /// When all of it was last read.
    pub read_at: Option<Instant>,
}

impl Inner {
    pub fn new(clock: Clock, workspace: WorkspaceId, query: SecretQuery) -> Self {
        Self {
            clock,
            workspace,
            list: List::default(),
            view: View::default(),
            query: Query::default(),
            order: None,
            choice: 0,
            selection: Selection::default(),
            all: Source {
                query,
                ..Source::default()
            },
            found: None,
            is_again: false,
            is_other_order: false,
            was_reading: false,
            taken: Vec::new(),
            things: Things::default(),
            read_at: None,
        }
    }

    pub fn now(&self) -> Instant {
        self.clock.now().timestamp_millis()
    }

    pub fn source(&mut self, which: Which) -> Option<&mut Source> {
        match which {
            Which::All => Some(&mut self.all),
            Which::Found => self.found.as_mut(),
        }
    }

    pub fn is_complete(&self) -> bool {
        self.all.reading.state() == &State::Complete
    }

    /// Reads from the first page; what is here stays until all is read, and is merged.
    pub fn begin(&mut self) -> Command {
        // Now and not when a reading ends: whatever is on screen has been drawn with the present numbers.
        self.compact();
        self.is_again = self.list.rows().count() > 0;
        if self.is_again {
            self.list.begin_again();
        }
        for (id, _) in &self.taken {
            // The server may not have heard of it yet, and would bring it once more.
            self.list.remove(id);
        }
        self.all.reading.begin()
    }

    /// Asks for something else. Returns whether that has to be read: without last use, all is here already.
    pub fn ask(&mut self, query: SecretQuery) -> bool {
        let mut without_info = query.clone();
        without_info.include_info = self.all.query.include_info;
        let is_less = !query.include_info && without_info == self.all.query;
        self.is_other_order |= query.order != self.all.query.order;
        self.all.query = query;
        !(is_less && self.is_complete())
    }

    /// The view goes away: nothing waits for an answer here any more. What was taken away is here until the server has
    /// said that it is gone, which the next list is told.
    pub fn leave(&mut self) {
        self.found = None;
        self.was_reading = matches!(self.all.reading.state(), State::Reading | State::Waiting(_));
        self.all.reading.stop();
        for (_, row) in std::mem::take(&mut self.taken) {
            let changes = self.list.restore(row);
            self.follow(&changes);
        }
    }

    /// Takes an answer in.
    pub fn take(&mut self, which: Which, ticket: u64, answer: Result<Incoming, Failure>) -> Option<Command> {
        if !self.source(which)?.reading.is_wanted(ticket) {
            return None;
        }
        let failure = match answer {
            Ok(answer) => {
                let page = match which {
                    Which::All => self.list.page(&answer.body),
                    Which::Found => self.list.found(&answer.body),
                };
                match page {
                    Ok((next, changes)) => {
                        self.follow(&changes);
                        let source = self.source(which)?;
                        source.tried = 0;
                        let command = source.reading.page(ticket, next);
                        if which == Which::All && self.is_complete() {
                            self.complete();
                        }
                        return command;
                    }
                    Err(error) => undecodable(&answer, &error),
                }
            }
            Err(failure) => failure,
        };
        let random = self.clock.random();
        let source = self.source(which)?;
        source.tried += 1;
        let wait = patience(&failure, source.tried, random);
        source.wait = wait.unwrap_or_default();
        if wait.is_none() {
            // Whoever asks for it again has patience again.
            source.tried = 0;
        }
        source.reading.fail(ticket, failure, wait)
    }

    fn complete(&mut self) {
        let changes = self.list.complete();
        self.is_again = false;
        self.read_at = Some(self.now());
        self.follow(&changes);
        // From now on everything is answered from here.
        if let Some(mut found) = self.found.take() {
            found.abort();
        }
        if std::mem::take(&mut self.is_other_order) || changes.is_reordered {
            self.rebuild();
        } else {
            // Time has passed since rows were filtered that say what they said: what was used in the last hour may no
            // longer have been.
            self.filter();
        }
    }

    /// Gives back what secrets were before they changed. Costs a pass over everything, so not for a few.
    fn compact(&mut self) {
        const AT_LEAST: usize = 4096;
        let taken: Vec<Row> = self.taken.iter().map(|(_, row)| *row).collect();
        let Some(moves) = self.list.compact(AT_LEAST, &taken) else {
            return;
        };
        self.view.renumber(&moves);
        self.selection.renumber(&moves);
        for (_, row) in &mut self.taken {
            *row = moves.of(*row).unwrap_or(*row);
        }
        self.things.renumber(moves);
    }

    pub fn follow(&mut self, changes: &Changes) {
        self.view.update(&self.list, changes, self.now());
        self.selection.follow(self.list.rows(), &changes.removed);
    }

    /// Shows what the present filter leaves, in the present order.
    pub fn filter(&mut self) {
        self.view.show(&self.list, self.query.clone(), self.order, self.now());
    }

    /// The same where rows stand in another order than before.
    fn rebuild(&mut self) {
        self.view = View::new(&self.list, self.query.clone(), self.order, self.now());
    }

    /// Takes in what was done on other views.
    pub fn take_done(&mut self, done: Vec<Done>) {
        for done in done {
            let changes = match done {
                Done::Put(metadata) => put(&mut self.list, &metadata),
                Done::Deleted(id) => {
                    self.taken.retain(|(taken, _)| taken != id.as_str());
                    self.list.remove(id.as_str())
                }
            };
            self.follow(&changes);
        }
        // Time has passed, too: what was used in the last days may no longer have been.
        self.filter();
    }

    /// Takes a secret away before the server has said that it is gone.
    pub fn take_out(&mut self, id: &str) {
        let Some(row) = self.list.rows().find(id) else { return };
        let changes = self.list.remove(id);
        self.taken.push((id.to_owned(), row));
        self.follow(&changes);
    }

    /// The server has said that this one is not gone: it is where it was.
    pub fn put_back(&mut self, id: &str) {
        let Some(at) = self.taken.iter().position(|(taken, _)| taken == id) else {
            return;
        };
        let (_, row) = self.taken.swap_remove(at);
        let changes = self.list.restore(row);
        self.follow(&changes);
    }
}

/// A secret that was just written here, as a row. What the list knew of its use and its maker is still so: writing is no
/// use, and another hand makes no other maker.
fn put(list: &mut List, metadata: &ResourceMetadata) -> Changes {
    let labels: Vec<(&str, &str)> = metadata
        .labels
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    let instant = |at: &Option<contract::Timestamp>| at.map_or(NEVER, |at| at.timestamp_millis());
    let known = list.rows().find(metadata.id.as_str());
    let (used, has_info) = known.map_or((NEVER, false), |row| (list.rows().used(row), list.rows().has_info(row)));
    let maker = known.map(|row| list.rows().creator(row)).unwrap_or_default();
    let [id, name, email, kind] = [maker.id, maker.name, maker.email, maker.kind].map(str::to_owned);
    let own = metadata.profile_id.as_ref().map(|id| id.as_str()).unwrap_or_default();
    let creator = Creator {
        id: if id.is_empty() { own } else { &id },
        name: &name,
        email: &email,
        kind: &kind,
    };
    list.put(&Facts {
        id: metadata.id.as_str(),
        name: &metadata.name,
        external_id: metadata.external_id.as_deref().unwrap_or_default(),
        labels: &labels,
        bundle: metadata.bundle_key.as_deref().unwrap_or_default(),
        created: instant(&metadata.created_at),
        updated: instant(&metadata.updated_at),
        creator,
        used,
        has_info,
    })
}

/// How long to wait before the page is asked for again by itself, in milliseconds: as often as the server asks for
/// patience, and a few times where nobody says so but it can help (api.md, Transport).
fn patience(failure: &Failure, tried: u32, random: f64) -> Option<u64> {
    let is_busy = failure.kind() == Kind::RateLimited || failure.http() == Some(503);
    let asked = failure
        .retry_after
        .filter(|wait| is_busy && *wait <= retry::LONGEST_WAIT);
    let wait = asked.or_else(|| retry::Policy::default().wait(Method::Get, failure, tried, random))?;
    u64::try_from(wait.as_millis()).ok()
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

