//! Creates, updates, archives and changes of members. The app owns them, not the page: a page starts a write and watches
//! it, and the write continues after the page is left. When it is done, what the app has loaded is updated, its draft is
//! deleted and a notice is posted.
//!
//! `secret`, `workspace` and `member` have the calls of each kind of write, how it is looked up, and what it updates.
//! The value of a create or an update is only in the request, or in the future that sends it; never in a record.

mod bulk;
mod create_many;
mod look_up;
mod member;
mod run;
mod secret;
mod workspace;

pub use crate::store::writes::run::{BulkError, BulkItem, LostCreate, NewSecret, RunId, RunState, Stage};

use contract::{Call, Cause, Failure, MetadataFields, Operation, Timestamp};
use futures::channel::oneshot;
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::model::server_names::ServerNames;
use strongroom_core::model::write_outcome::{
    Done, Failed, LookedUp, Seen, Sent, Version, WriteState, pause_before_look,
};

use crate::browser::published::Published;
use crate::browser::tasks::memo;
use crate::api::session::{Session, State};
use crate::browser::clock::Clock;
use crate::browser::tasks;
use crate::store::account::Account;
use crate::store::drafts::SentDraft;
use crate::store::notices::Notices;
use crate::store::secret_lists::SecretLists;
use crate::store::workspaces::Workspaces;
use crate::store::writes::look_up::Looked;
use crate::store::writes::run::Run;

/// All writes of this page. A handle.
#[derive(Clone, Copy)]
pub struct Writes {
    session: Session,
    notices: Notices,
    lists: SecretLists,
    workspaces: Workspaces,
    clock: Clock,
    records: RwSignal<Vec<Record>>,
    runs: RwSignal<Vec<Run>>,
    /// Whether runs are stopped at the end of the session. Set up with the first run, so that its code is loaded with
    /// it.
    are_runs_stopped: StoredValue<bool>,
    /// What this server makes of names, learned from its answers.
    names: Published<ServerNames>,
    last: StoredValue<u64>,
}

/// The id of a write of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteId(u64);

/// One write. Its state is with the view that watches it, so that what each kind of write can come to is loaded with
/// that view.
struct Record {
    id: WriteId,
    account: Option<Account>,
    /// Whether its outcome is open.
    is_pending: bool,
    /// Whether it was sent and its answer is awaited.
    is_sent: bool,
    /// Whether a view shows it. Otherwise a failure is posted as a notice.
    is_watched: bool,
    task: Option<AbortHandle>,
    /// Requests another look-up, if the last one failed.
    again: Option<oneshot::Sender<()>>,
}

impl Writes {
    #[must_use]
    pub fn new(
        session: Session,
        notices: Notices,
        lists: SecretLists,
        workspaces: Workspaces,
        clock: Clock,
    ) -> Self {
        let writes = Self {
            session,
            notices,
            lists,
            workspaces,
            clock,
            records: RwSignal::new(Vec::new()),
            runs: RwSignal::new(Vec::new()),
            are_runs_stopped: StoredValue::new(false),
            names: Published::new(ServerNames::default()),
            last: StoredValue::new(0),
        };
        session.hooks().on_end(move |_| writes.end());
        writes
    }

    /// A handle with which a view starts and follows its writes.
    #[must_use]
    pub fn watch<Fields: Watched>(self) -> Watch<Fields> {
        let id = RwSignal::new(None::<WriteId>);
        let known = RwSignal::new(None::<WriteState<Fields>>);
        let state = memo(move |_| {
            let id = id.get()?;
            let is_recorded = self.records.with(|records| records.iter().any(|record| record.id == id));
            if is_recorded { known.get() } else { None }
        });
        let watch = Watch {
            writes: self,
            id,
            known,
            state,
            first_sent: StoredValue::new(None),
        };
        on_cleanup(move || watch.release());
        watch
    }

    /// What this server makes of the names of secrets.
    #[must_use]
    pub fn names(self) -> ReadSignal<ServerNames> {
        self.names.read_only()
    }

    /// An answer shows what the server made of a name.
    fn learn_name(self, sent: &str, saved: &str) {
        let Some(known) = self.names.try_get_untracked() else { return };
        let learned = known.learn(sent, saved);
        if learned != known {
            let _ = self.names.try_set(learned);
        }
    }

    /// Whether closing the page could interrupt a write.
    #[must_use]
    pub fn is_any_pending(self) -> bool {
        let is_pending = |records: &Vec<Record>| records.iter().any(|record| record.is_pending);
        self.records.with_untracked(is_pending) || self.runs.with_untracked(|runs| runs.iter().any(Run::is_running))
    }

    /// Whether there are runs for the notices. Tracked.
    #[must_use]
    pub fn has_runs(self) -> bool {
        self.runs.with(|runs| runs.iter().any(|run| !run.is_watched))
    }

    /// Cancels all deletes that wait.
    pub fn cancel_waiting(self) {
        self.runs.update(|runs| {
            runs.retain(|run| {
                if let Some(countdown) = &run.countdown {
                    countdown.abort();
                }
                run.wait.is_none()
            });
        });
        self.lists.clear_pending_deletes();
    }

    /// The session has ended: unsent writes are cancelled, and records are dropped because they name secrets. A pending
    /// write still deletes its draft when it is done.
    fn end(self) {
        // The next session may be one with another server.
        self.names.set(ServerNames::default());
        self.records.update(|records| {
            for record in records.drain(..) {
                if let Some(task) = record.task.filter(|_| !record.is_sent) {
                    task.abort();
                }
            }
        });
    }

    fn next_id(self) -> u64 {
        self.last.update_value(|last| *last += 1);
        self.last.get_value()
    }

    fn account(self) -> Option<Account> {
        self.session.state().with_untracked(|state| {
            let connection = state.connection()?;
            let profile = connection.profile.as_ref().map(|profile| profile.metadata.id.clone());
            Some((connection.base.to_string(), profile))
        })
    }

    /// Whether writes of `account` may be shown now.
    fn is_shown_to(self, account: Option<&Account>) -> bool {
        let is_open = self.session.state().with_untracked(State::is_open);
        let is_same = match (account, self.account()) {
            (Some((base, profile)), Some(now)) => {
                *base == now.0 && (profile.is_none() || *profile == now.1)
            }
            _ => false,
        };
        is_open && is_same
    }

    /// Changes a record; `None` if the session has ended since.
    fn change<Answer>(self, id: WriteId, change: impl FnOnce(&mut Record) -> Answer) -> Option<Answer> {
        let mut answer = None;
        self.records.update(|records| {
            answer = records.iter_mut().find(|record| record.id == id).map(change);
        });
        answer
    }

    fn remove(self, id: WriteId) {
        self.records.update(|records| records.retain(|record| record.id != id));
    }

    /// A create that is sent now. `first_at`: when it was sent first, if it is sent again.
    fn as_sent<Fields>(self, fields: Fields, names: ServerNames, first_at: Option<Timestamp>) -> Sent<Fields> {
        let at = self.clock.now();
        Sent {
            fields,
            at,
            first_at: first_at.unwrap_or(at),
            by: self.account().and_then(|account| account.1),
            names,
        }
    }

    /// Looks once, and again after pauses while the write is not visible yet.
    async fn look<Made, Fields>(
        self,
        failure: &Failure,
        look: impl AsyncFn(&Failure) -> Result<Looked<Made, Fields>, Failure>,
        tell: impl Fn(bool),
    ) -> Result<Made, Result<Seen<Fields>, Failure>> {
        tell(false);
        let mut looks = 0;
        loop {
            let seen = match look(failure).await.map_err(Err)? {
                Looked::Done(made) => return Ok(made),
                Looked::Seen(seen) => seen,
            };
            looks += 1;
            let pause = pause_before_look(failure, looks).filter(|_| seen.is_nothing());
            let Some(pause) = pause else {
                return Err(Ok(seen));
            };
            tell(true);
            self.clock.sleep(pause).await;
        }
    }
}

/// The fields of what is written, as the state of a write holds them.
pub trait Watched: std::fmt::Debug + Clone + PartialEq + Send + Sync + 'static {}

impl<Fields: std::fmt::Debug + Clone + PartialEq + Send + Sync + 'static> Watched for Fields {}

/// A write under way, for the future that carries it out. A handle.
struct Writing<Fields: Watched> {
    writes: Writes,
    id: WriteId,
    known: RwSignal<Option<WriteState<Fields>>>,
    words: fn() -> WriteWords,
}

impl<Fields: Watched> Clone for Writing<Fields> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Fields: Watched> Copy for Writing<Fields> {}

/// A write that was carried out.
struct Carried {
    done: Done,
    /// What the notice says.
    notice: String,
    /// Updates what the app has loaded.
    update: Box<dyn FnOnce(Writes)>,
}

impl<Fields: Watched> Writing<Fields> {
    fn set(self, state: WriteState<Fields>) {
        let is_watched = self.writes.change(self.id, |record| {
            record.is_pending = state.is_pending();
            record.is_sent = state == WriteState::Running { is_sent: true };
            record.is_watched
        });
        if is_watched == Some(true) {
            let _ = self.known.try_set(Some(state));
        }
    }

    /// Reads what is to be changed, and goes on only if it is still the version that was edited.
    async fn read_unchanged<Answer: contract::Answer>(
        self,
        call: Call<Answer>,
        version: impl Fn(&Answer) -> Version<Fields>,
        before: &Version<Fields>,
    ) -> Result<Answer, Failed<Fields>> {
        let read = self.writes.session.send(call).await.map_err(Failed::NotSent)?;
        let now = version(&read);
        if now.differs_from(before) {
            return Err(Failed::Conflict(now));
        }
        Ok(read)
    }

    /// Sends the write, and looks it up if its failure leaves the outcome open. Returns what was made, and whether it was
    /// looked up.
    async fn send<Answer: contract::Answer, Made>(
        self,
        call: Call<Answer>,
        made: impl FnOnce(Answer) -> Made,
        is_open: fn(&Failure) -> bool,
        look: impl AsyncFn(&Failure) -> Result<Looked<Made, Fields>, Failure>,
    ) -> Result<(Made, bool), Failed<Fields>> {
        self.set(WriteState::Running { is_sent: true });
        match self.writes.session.send(call).await {
            Ok(answer) => Ok((made(answer), false)),
            Err(failure) if is_open(&failure) => Ok((self.look_up(failure, look).await?, true)),
            Err(failure) => Err(Failed::Refused(failure)),
        }
    }

    /// Looks a write up until its outcome is known. If the server cannot be reached, or the write is not visible yet, the
    /// view shows that and requests the next look-up.
    async fn look_up<Made>(
        self,
        failure: Failure,
        look: impl AsyncFn(&Failure) -> Result<Looked<Made, Fields>, Failure>,
    ) -> Result<Made, Failed<Fields>> {
        loop {
            let tell = |is_not_yet_visible| {
                let failure = failure.clone();
                self.set(WriteState::Unknown {
                    failure,
                    is_not_yet_visible,
                });
            };
            let seen = match self.writes.look(&failure, &look, tell).await {
                Ok(made) => return Ok(made),
                Err(seen) => seen,
            };
            let looked_up = LookedUp {
                failure: failure.clone(),
                seen,
            };
            let can_look_again = looked_up.seen.is_err() || looked_up.may_still_arrive();
            let failed = Failed::LookedUp(looked_up);
            if !can_look_again {
                return Err(failed);
            }
            let (ask, asked) = oneshot::channel();
            self.writes.change(self.id, |record| record.again = Some(ask));
            self.fail(failed.clone());
            if asked.await.is_err() {
                // No view watches it any more.
                return Err(failed);
            }
        }
    }

    /// Ends a write. After the end of its session there is no record; then only the draft is deleted.
    fn finish(self, result: Result<Carried, Failed<Fields>>, draft: &SentDraft) {
        let writes = self.writes;
        match result {
            Ok(Carried { done, notice, update }) => {
                draft.delete();
                let known = writes.change(self.id, |record| record.account.clone());
                let Some(account) = known else { return };
                if writes.is_shown_to(account.as_ref()) {
                    writes.notices.of_this_session().done(notice);
                    update(writes);
                }
                self.settle(WriteState::Done(done));
            }
            Err(failed) => self.fail(failed),
        }
    }

    fn fail(self, failed: Failed<Fields>) {
        let writes = self.writes;
        let known = writes.change(self.id, |record| (record.account.clone(), record.is_watched));
        let Some((account, is_watched)) = known else { return };
        if !is_watched && writes.is_shown_to(account.as_ref()) {
            let explanation = Explanation {
                can_retry: false,
                ..explained(&failed, (self.words)())
            };
            writes.notices.of_this_session().failed_because(explanation, || {});
        }
        self.settle(WriteState::Failed(failed));
    }

    /// A watched write is shown by its view; the others have been posted as notices.
    fn settle(self, state: WriteState<Fields>) {
        match self.writes.change(self.id, |record| record.is_watched) {
            Some(true) => self.set(state),
            Some(false) => self.writes.remove(self.id),
            None => {}
        }
    }
}

/// The latest write of a view, while the view is mounted. A handle.
pub struct Watch<Fields: Watched = MetadataFields> {
    writes: Writes,
    id: RwSignal<Option<WriteId>>,
    known: RwSignal<Option<WriteState<Fields>>>,
    state: Memo<Option<WriteState<Fields>>>,
    /// When a create was sent first whose outcome is unknown.
    first_sent: StoredValue<Option<Timestamp>>,
}

impl<Fields: Watched> Clone for Watch<Fields> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Fields: Watched> Copy for Watch<Fields> {}

impl<Fields: Watched> Watch<Fields> {
    /// Retries the look-up, if the server could not be reached or the write is not visible yet.
    pub fn look_again(self) {
        let id = self.id.get_untracked();
        let ask = id.and_then(|id| self.writes.change(id, |record| record.again.take()));
        if let Some(Some(ask)) = ask {
            // The write waits for it; if the write has ended, so has its record.
            let _ = ask.send(());
        }
    }

    /// When a create that is about to be sent was sent first: earlier, if the last attempt may have arrived.
    fn first_sent(self) -> Option<Timestamp> {
        let is_open = self.known.with_untracked(|known| match known {
            Some(WriteState::Failed(Failed::LookedUp(looked_up))) => !looked_up.is_not_done(),
            _ => false,
        });
        let now = self.writes.clock.now();
        self.first_sent.update_value(|first| *first = first.filter(|_| is_open).or(Some(now)));
        self.first_sent.get_value()
    }

    /// The state of the write; `None` before the first one and after the end of the session.
    #[must_use]
    pub fn state(self) -> Memo<Option<WriteState<Fields>>> {
        self.state
    }

    /// Starts a write and follows it. `is_sent`: whether it is sent at once. `words`: what is said of it if nobody watches
    /// it any more. `draft` is deleted once it is done.
    fn start(
        self,
        is_sent: bool,
        words: fn() -> WriteWords,
        draft: SentDraft,
        write: impl AsyncFnOnce(Writing<Fields>) -> Result<Carried, Failed<Fields>> + 'static,
    ) {
        self.release();
        let Self { writes, known, .. } = self;
        let id = WriteId(writes.next_id());
        writes.records.update(|records| {
            records.push(Record {
                id,
                account: writes.account(),
                is_pending: true,
                is_sent,
                is_watched: true,
                task: None,
                again: None,
            });
        });
        known.set(Some(WriteState::Running { is_sent }));
        self.id.set(Some(id));
        let writing = Writing {
            writes,
            id,
            known,
            words,
        };
        let task = tasks::spawn(async move {
            let result = write(writing).await;
            writing.finish(result, &draft);
        });
        writes.change(id, |record| record.task = Some(task));
    }

    /// The view is unmounted or starts another write. A pending one continues.
    fn release(self) {
        let Some(id) = self.id.get_untracked() else { return };
        let is_pending = self.writes.change(id, |record| {
            record.is_watched = false;
            record.is_pending
        });
        if is_pending == Some(false) {
            self.writes.remove(id);
        }
    }
}

/// The message about a failed write, for a notice.
fn explained<Fields>(failed: &Failed<Fields>, words: WriteWords) -> Explanation {
    let (failure, instead) = match failed {
        Failed::NotSent(failure) | Failed::Refused(failure) => (failure.clone(), None),
        Failed::Conflict(_) => (conflict(words.operation), Some(words.changed)),
        Failed::LookedUp(looked_up) => {
            let instead = match &looked_up.seen {
                Ok(Seen::Nothing | Seen::Unchanged(_)) if looked_up.may_still_arrive() => Some(words.still_nothing),
                Ok(Seen::Nothing | Seen::Unchanged(_)) => Some(words.nothing),
                Ok(Seen::Changed(_)) => Some(words.changed),
                Ok(Seen::Similar { .. } | Seen::ValueUnknown(_)) | Err(_) => None,
            };
            (looked_up.failure.clone(), instead)
        }
    };
    let mut explanation = explain(&failure);
    if let Some(reason) = instead {
        reason.clone_into(&mut explanation.reason);
    }
    explanation
}

/// The failure that the server would return for an update of an outdated version.
fn conflict(operation: Operation) -> Failure {
    let cause = Cause::Refused {
        http: 409,
        status: None,
    };
    Failure::new(operation, cause)
}

/// The writes of the app.
///
/// # Panics
///
/// If no app provides them. A programming error, caught by the first test.
#[must_use]
pub fn use_writes() -> Writes {
    expect_context()
}
