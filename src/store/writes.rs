//! Creates, updates and deletes. The app owns them, not the page: a page starts a write and watches it, and the write
//! continues after the page is left. When it is done, lists are updated, its draft is deleted and a notice is posted.
//!
//! The value of a create or an update is only in the request, or in the future that sends it; never in a record.

mod bulk;
mod create_many;
mod look_up;
mod run;


pub use crate::store::writes::run::{BulkError, BulkItem, NewSecret, RunId, RunState, Stage};

use contract::{Cause, Failure, Kind, MetadataFields, Operation, SecretId, SecretText, WorkspaceId, calls};
use futures::channel::oneshot;
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::LocalChange;
use strongroom_core::model::edit_flow::Save;
use strongroom_core::model::resource::SecretResource;
use strongroom_core::model::server_names::ServerNames;
use strongroom_core::model::write_outcome::{
    Done, Failed, LookedUp, Seen, Sent, Version, WriteState, is_create_looked_up, pause_before_look,
};

use crate::api::session::{Session, State};
use crate::browser::clock::Clock;
use crate::browser::tasks;
use crate::store::account::Account;
use crate::store::drafts::SentDraft;
use crate::store::notices::Notices;
use crate::store::secret_lists::SecretLists;
use crate::store::writes::run::Run;
use crate::store::writes::look_up::{LookUp, Looked};

/// All writes of this page. A handle.
#[derive(Clone, Copy)]
pub struct Writes {
    session: Session,
    notices: Notices,
    lists: SecretLists,
    clock: Clock,
    records: RwSignal<Vec<Record>>,
    runs: RwSignal<Vec<Run>>,
    /// Whether runs are stopped at the end of the session. Set up with the first run, so that its code is loaded with
    /// it.
    are_runs_stopped: StoredValue<bool>,
    /// What this server makes of names, learned from its answers.
    names: RwSignal<ServerNames>,
    last: StoredValue<u64>,
}

/// The id of a write of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteId(u64);

/// One write.
struct Record {
    id: WriteId,
    subject: Subject,
    account: Option<Account>,
    state: WriteState,
    /// Whether a view shows it. Otherwise a failure is posted as a notice.
    is_watched: bool,
    task: Option<AbortHandle>,
    /// Requests another look-up, if the last one failed.
    again: Option<oneshot::Sender<()>>,
}

#[derive(Debug, Clone)]
struct Subject {
    workspace: WorkspaceId,
    /// `None` for a create.
    secret: Option<SecretId>,
}

impl Writes {
    #[must_use]
    pub fn new(session: Session, notices: Notices, lists: SecretLists, clock: Clock) -> Self {
        let writes = Self {
            session,
            notices,
            lists,
            clock,
            records: RwSignal::new(Vec::new()),
            runs: RwSignal::new(Vec::new()),
            are_runs_stopped: StoredValue::new(false),
            names: RwSignal::new(ServerNames::default()),
            last: StoredValue::new(0),
        };
        session.hooks().on_end(move |_| writes.end());
        writes
    }

    /// A handle with which a view starts and follows its writes.
    #[must_use]
    pub fn watch(self) -> Watch {
        let id = RwSignal::new(None::<WriteId>);
        let state = Memo::new(move |_| {
            let id = id.get()?;
            self.records.with(|records| {
                let record = records.iter().find(|record| record.id == id)?;
                Some(record.state.clone())
            })
        });
        let watch = Watch {
            writes: self,
            id,
            state,
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
        let is_pending = |records: &Vec<Record>| records.iter().any(|record| record.state.is_pending());
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
                let is_sent = record.state == WriteState::Running { is_sent: true };
                if let Some(task) = record.task.filter(|_| !is_sent) {
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

    fn start(
        self,
        subject: Subject,
        is_sent: bool,
        write: impl AsyncFnOnce(WriteId) + 'static,
    ) -> WriteId {
        let id = WriteId(self.next_id());
        self.records.update(|records| {
            records.push(Record {
                id,
                subject,
                account: self.account(),
                state: WriteState::Running { is_sent },
                is_watched: true,
                task: None,
                again: None,
            });
        });
        let task = tasks::spawn(async move { write(id).await });
        self.change(id, |record| record.task = Some(task));
        id
    }

    /// Changes a record; `None` if the session has ended since.
    fn change<Answer>(self, id: WriteId, change: impl FnOnce(&mut Record) -> Answer) -> Option<Answer> {
        let mut answer = None;
        self.records.update(|records| {
            answer = records.iter_mut().find(|record| record.id == id).map(change);
        });
        answer
    }

    fn set(self, id: WriteId, state: WriteState) {
        self.change(id, |record| record.state = state);
    }

    fn remove(self, id: WriteId) {
        self.records.update(|records| records.retain(|record| record.id != id));
    }

    fn create(
        self,
        workspace: WorkspaceId,
        fields: MetadataFields,
        value: Option<SecretText>,
        draft: SentDraft,
    ) -> WriteId {
        let call = calls::create_secret(&workspace, &fields, value.as_ref());
        drop(value);
        let subject = Subject {
            workspace: workspace.clone(),
            secret: None,
        };
        let sent = Sent {
            fields,
            at: self.clock.now(),
            by: self.account().and_then(|account| account.1),
            names: self.names.get_untracked(),
        };
        self.start(subject, true, async move |id| {
            let result = match self.session.send(call).await {
                Ok(secret) => {
                    self.learn_name(&sent.fields.name, &secret.metadata.name);
                    Ok(Done::Saved {
                        metadata: Box::new(secret.metadata),
                        is_looked_up: false,
                    })
                }
                Err(failure) if is_create_looked_up(&failure) => {
                    let look_up = LookUp::Create {
                        workspace,
                        sent,
                        is_refused: failure.kind() == Kind::Taken,
                    };
                    self.look_up(id, failure, &look_up).await
                }
                Err(failure) => Err(Failed::Refused(failure)),
            };
            self.finish(id, result, &draft);
        })
    }

    /// Reads the secret again and saves it if it is still the version that was edited.
    fn update(self, workspace: WorkspaceId, secret: SecretId, save: Save<SecretResource>, draft: SentDraft) -> WriteId {
        let Save { before, after, update } = save;
        let subject = Subject {
            workspace: workspace.clone(),
            secret: Some(secret.clone()),
        };
        self.start(subject, false, async move |id| {
            let read = match self.session.send(calls::read_secret(&workspace, &secret)).await {
                Ok(read) => read,
                Err(failure) => return self.finish(id, Err(Failed::NotSent(failure)), &draft),
            };
            let now = Version::from(&read.metadata);
            if now.differs_from(&before) {
                return self.finish(id, Err(Failed::Conflict(now)), &draft);
            }
            let call = calls::update_secret(&workspace, &secret, &update);
            self.set(id, WriteState::Running { is_sent: true });
            let new_name = (after.name != before.fields.name).then(|| after.name.clone());
            let look_up = LookUp::of_update(workspace, secret, (before, after), update, read.spec.value.is_some());
            let result = match self.session.send(call).await {
                Ok(secret) => {
                    if let Some(name) = new_name {
                        self.learn_name(&name, &secret.metadata.name);
                    }
                    Ok(Done::Saved {
                        metadata: Box::new(secret.metadata),
                        is_looked_up: false,
                    })
                }
                Err(failure) if failure.is_outcome_unknown() => self.look_up(id, failure, &look_up).await,
                Err(failure) => Err(Failed::Refused(failure)),
            };
            self.finish(id, result, &draft);
        })
    }

    /// Looks a write up until its outcome is known. If the server cannot be reached, or the write is not visible yet, the
    /// view shows that and requests the next look-up.
    async fn look_up(self, id: WriteId, failure: Failure, look_up: &LookUp) -> Result<Done, Failed> {
        loop {
            let tell = |is_not_yet_visible| {
                let failure = failure.clone();
                self.set(
                    id,
                    WriteState::Unknown {
                        failure,
                        is_not_yet_visible,
                    },
                );
            };
            let seen = match self.look(&failure, look_up, tell).await {
                Ok(done) => return Ok(done),
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
            self.change(id, |record| record.again = Some(ask));
            self.fail(id, failed.clone());
            if asked.await.is_err() {
                // No view watches it any more.
                return Err(failed);
            }
        }
    }

    /// Looks once, and again after pauses while the write is not visible yet.
    async fn look(
        self,
        failure: &Failure,
        look_up: &LookUp,
        tell: impl Fn(bool),
    ) -> Result<Done, Result<Seen, Failure>> {
        tell(false);
        let mut looks = 0;
        loop {
            let seen = match look_up.look(self.session).await.map_err(Err)? {
                Looked::Done(done) => return Ok(done),
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

    /// Ends a write. After the end of its session there is no record; then only the draft is deleted.
    fn finish(self, id: WriteId, result: Result<Done, Failed>, draft: &SentDraft) {
        match result {
            Ok(done) => {
                draft.delete();
                self.done(id, done);
            }
            Err(failed) => self.fail(id, failed),
        }
    }

    fn done(self, id: WriteId, done: Done) {
        let known = self.change(id, |record| (record.subject.clone(), record.account.clone()));
        let Some((subject, account)) = known else { return };
        // Deletes are runs.
        if let Done::Saved { metadata, is_looked_up } = &done
            && self.is_shown_to(account.as_ref())
        {
            let sentence = match (is_looked_up, &subject.secret) {
                (false, None) => words::create().created,
                (true, None) => words::create().created_after_all,
                (false, Some(_)) => words::edit().saved,
                (true, Some(_)) => words::edit().saved_after_all,
            };
            let text = fill(sentence, &[("name", &metadata.name)]);
            self.notices.of_this_session().done(text);
            self.lists.apply(&subject.workspace, &LocalChange::Put(metadata.clone()));
        }
        self.settle(id, WriteState::Done(done));
    }

    fn fail(self, id: WriteId, failed: Failed) {
        let known = self.change(id, |record| (record.account.clone(), record.is_watched));
        let Some((account, is_watched)) = known else { return };
        if !is_watched && self.is_shown_to(account.as_ref()) {
            let explanation = Explanation {
                can_retry: false,
                ..explained(&failed)
            };
            self.notices.of_this_session().failed_because(explanation, || {});
        }
        self.settle(id, WriteState::Failed(failed));
    }

    /// A watched write is shown by its view; the others have been posted as notices.
    fn settle(self, id: WriteId, state: WriteState) {
        match self.change(id, |record| record.is_watched) {
            Some(true) => self.set(id, state),
            Some(false) => self.remove(id),
            None => {}
        }
    }
}

/// The latest write of a view, while the view is mounted. A handle.
#[derive(Clone, Copy)]
pub struct Watch {
    writes: Writes,
    id: RwSignal<Option<WriteId>>,
    state: Memo<Option<WriteState>>,
}

impl Watch {
    /// Creates a secret. `draft` is deleted once that is done.
    pub fn create(self, workspace: WorkspaceId, fields: MetadataFields, value: Option<SecretText>, draft: SentDraft) {
        self.follow(self.writes.create(workspace, fields, value, draft));
    }

    /// Saves a secret if it is still the version that was edited. `draft` is deleted once that is done.
    pub fn update(self, workspace: WorkspaceId, secret: SecretId, save: Save<SecretResource>, draft: SentDraft) {
        self.follow(self.writes.update(workspace, secret, save, draft));
    }

    /// Retries the look-up, if the server could not be reached or the write is not visible yet.
    pub fn look_again(self) {
        let id = self.id.get_untracked();
        let ask = id.and_then(|id| self.writes.change(id, |record| record.again.take()));
        if let Some(Some(ask)) = ask {
            // The write waits for it; if the write has ended, so has its record.
            let _ = ask.send(());
        }
    }

    /// The state of the write; `None` before the first one and after the end of the session.
    #[must_use]
    pub fn state(self) -> Memo<Option<WriteState>> {
        self.state
    }

    fn follow(self, id: WriteId) {
        self.release();
        self.id.set(Some(id));
    }

    /// The view is unmounted or starts another write. A pending one continues.
    fn release(self) {
        let Some(id) = self.id.get_untracked() else { return };
        let is_pending = self.writes.change(id, |record| {
            record.is_watched = false;
            record.state.is_pending()
        });
        if is_pending == Some(false) {
            self.writes.remove(id);
        }
    }
}

/// The message about a failed write, for a notice.
fn explained(failed: &Failed) -> Explanation {
    let (failure, instead) = match failed {
        Failed::NotSent(failure) | Failed::Refused(failure) => (failure.clone(), None),
        Failed::Conflict(_) => (conflict(), Some(words::edit().compare_title)),
        Failed::LookedUp(looked_up) => {
            let LookedUp { failure, seen } = looked_up;
            let is_late = looked_up.may_still_arrive();
            let instead = match seen {
                Ok(Seen::Nothing) if is_late => Some(words::create().still_not_visible),
                Ok(Seen::Unchanged(_)) if is_late => Some(words::edit().lost_still_not_visible),
                Ok(Seen::Nothing) => Some(words::create().not_found),
                Ok(Seen::Unchanged(_)) => Some(words::edit().lost_not_done),
                Ok(Seen::Changed(_)) => Some(words::edit().compare_title),
                Ok(Seen::Similar { .. } | Seen::ValueUnknown(_)) | Err(_) => None,
            };
            (failure.clone(), instead)
        }
    };
    let mut explanation = explain(&failure);
    if let Some(reason) = instead {
        reason.clone_into(&mut explanation.reason);
    }
    explanation
}

/// The failure that the server would return for an update of an outdated version.
fn conflict() -> Failure {
    let cause = Cause::Refused {
        http: 409,
        status: None,
    };
    Failure::new(Operation::UpdateSecret, cause)
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
