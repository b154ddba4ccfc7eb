//! Runs: deletes and label changes of one secret or many, and creates of many. A run belongs to the app: it continues when its view is left, and
//! stops when the session ends. A delete first waits, and can be undone until then.

use contract::{Failure, Kind, MetadataFields, SecretId, SecretUpdate, ValueChange, WorkspaceId, calls, retry};
use leptos::prelude::*;
use strongroom_core::jobs::bulk::Bulk;
use strongroom_core::jobs::label_change::{LabelChange, LabelEffect};
use strongroom_core::list::LocalChange;
use strongroom_core::model::write_outcome::{DeletedBy, LookedUp, Version};

use crate::browser::tasks;
use crate::store::writes::Writes;
use crate::store::writes::look_up::{self, SentUpdate};
use crate::store::writes::run::{BulkError, BulkItem, Outcome, Run, RunId, RunState, RunTask, SECOND, UNDO_SECONDS, Written};

/// The number of concurrent requests of a run.
const AT_ONCE: usize = 3;

/// How often in a row a run waits as the server asks before it stops.
const MOST_WAITS: u32 = 3;

impl Writes {
    /// Deletes these secrets in [`UNDO_SECONDS`]. Until then it can be undone, and nothing is sent. Secrets whose delete
    /// is under way already are left out; `None` if no other is left.
    pub fn delete_soon(self, workspace: WorkspaceId, mut items: Vec<BulkItem>) -> Option<RunId> {
        items.retain(|item| !self.is_deleting(&workspace, &item.id));
        if items.is_empty() {
            return None;
        }
        let id = self.add_run(workspace, RunTask::Delete, items, Some(UNDO_SECONDS));
        self.mark_open(id, true);
        let countdown = tasks::spawn(async move {
            for left in (1..UNDO_SECONDS).rev() {
                self.clock.sleep(SECOND).await;
                self.change_run(id, |run| run.wait = Some(left));
            }
            self.clock.sleep(SECOND).await;
            self.change_run(id, |run| {
                run.wait = None;
                run.countdown = None;
            });
            self.start_workers(id);
        });
        self.change_run(id, |run| run.countdown = Some(countdown));
        Some(id)
    }

    /// Like [`Self::delete_soon`], for the selected secrets of a list. An undo selects them again.
    pub fn delete_selected(self, workspace: WorkspaceId, items: Vec<BulkItem>) -> Option<RunId> {
        let run = self.delete_soon(workspace, items)?;
        self.change_run(run, |run| run.was_selected = true);
        Some(run)
    }

    /// Changes a label of these secrets, a few at a time.
    pub fn label_many(self, workspace: WorkspaceId, items: Vec<BulkItem>, change: LabelChange) -> RunId {
        let id = self.add_run(workspace, RunTask::Label(change), items, None);
        self.start_workers(id);
        id
    }

    /// Whether the delete of a secret waits or is under way.
    #[must_use]
    pub fn is_deleting(self, workspace: &WorkspaceId, id: &str) -> bool {
        let is_it = |run: &Run| run.workspace == *workspace && run.is_deleting(id);
        self.runs.with_untracked(|runs| runs.iter().any(is_it))
    }

    /// The runs to show to the present account, oldest first. Tracked.
    #[must_use]
    pub fn shown_runs(self) -> Vec<RunId> {
        self.session.state().track();
        self.runs.with(|runs| {
            let shown = runs.iter().filter(|run| !run.is_over && !run.is_watched && self.is_shown_to(run.account.as_ref()));
            shown.map(|run| run.id).collect()
        })
    }

    /// The state of a run, tracked; `None` once it is gone.
    #[must_use]
    pub fn run_state(self, id: RunId) -> Option<RunState> {
        self.with_run(id, Run::state)
    }

    /// Accesses a run, tracked.
    pub fn with_run<Answer>(self, id: RunId, look: impl FnOnce(&Run) -> Answer) -> Option<Answer> {
        self.runs.with(|runs| runs.iter().find(|run| run.id == id).map(look))
    }

    /// Undoes a delete that waits. Returns the workspace and the first secret that was spared; `None` if it is too late.
    pub fn undo_run(self, id: RunId) -> Option<(WorkspaceId, String)> {
        let spared = self.change_run(id, |run| {
            run.wait.take()?;
            if let Some(countdown) = run.countdown.take() {
                countdown.abort();
            }
            let ids: Vec<String> = run.work.items().iter().map(|(item, _)| item.id.clone()).collect();
            Some((run.workspace.clone(), ids, run.was_selected, run.undone()))
        });
        let (workspace, ids, was_selected, text) = spared.flatten()?;
        self.mark_open(id, false);
        if was_selected {
            self.lists.select(&workspace, &ids);
        }
        let first = ids.into_iter().next().unwrap_or_default();
        self.dismiss_run(id);
        self.notices.of_this_session().done(text);
        Some((workspace, first))
    }

    /// Starts no more writes. Pending ones finish.
    pub fn stop_run(self, id: RunId) {
        self.mark_open(id, false);
        self.change_run(id, |run| run.work.stop());
        self.settle_run(id);
    }

    /// Retries the failed ones and continues with the rest. Does not wait again.
    pub fn resume_run(self, id: RunId) {
        self.change_run(id, |run| run.work.resume());
        self.mark_open(id, true);
        self.start_workers(id);
    }

    /// Forgets a run that has ended.
    pub fn dismiss_run(self, id: RunId) {
        self.runs.update(|runs| runs.retain(|run| run.id != id));
    }

    pub(super) fn add_run(self, workspace: WorkspaceId, task: RunTask, items: Vec<BulkItem>, wait: Option<u32>) -> RunId {
        if !self.are_runs_stopped.get_value() {
            self.are_runs_stopped.set_value(true);
            self.session.hooks().on_end(move |_| self.end_runs());
        }
        let id = RunId(self.next_id());
        let account = self.account();
        self.runs.update(|runs| {
            runs.push(Run {
                id,
                workspace,
                places: Vec::new(),
                account,
                task,
                work: Bulk::new(items),
                wait,
                countdown: None,
                was_selected: false,
                is_watched: false,
                is_over: false,
            });
        });
        id
    }

    /// Marks the rows of the secrets that the run is yet to delete, or no longer.
    fn mark_open(self, id: RunId, is_marked: bool) {
        let open = self.change_run(id, |run| {
            (run.task == RunTask::Delete).then(|| (run.workspace.clone(), run.open_ids()))
        });
        if let Some(Some((workspace, ids))) = open {
            self.lists.mark_pending_deletes(&workspace, &ids, is_marked);
        }
    }

    /// The session has ended: what waits is undone, runs stop, and only their counts stay for the notice.
    fn end_runs(self) {
        let mut ended = Vec::new();
        self.runs.update(|runs| {
            for run in runs.iter_mut() {
                if let Some(countdown) = run.countdown.take() {
                    countdown.abort();
                }
                run.wait = None;
                run.work.stop();
                run.work.redact(&BulkItem::default(), &BulkError::NotAddressable);
                if let RunTask::Label(change) = &mut run.task {
                    *change = LabelChange::Remove { key: String::new() };
                }
                run.is_over = true;
                ended.push(run.id);
            }
        });
        self.lists.clear_pending_deletes();
        // The end of a session also clears the notices; this one has to come later.
        drop(tasks::spawn(async move {
            self.clock.sleep(SECOND).await;
            for id in ended {
                self.settle_run(id);
            }
        }));
    }

    pub(super) fn change_run<Answer>(self, id: RunId, change: impl FnOnce(&mut Run) -> Answer) -> Option<Answer> {
        let mut answer = None;
        self.runs.update(|runs| {
            answer = runs.iter_mut().find(|run| run.id == id).map(change);
        });
        answer
    }

    fn start_workers(self, id: RunId) {
        for _ in 0..AT_ONCE {
            drop(tasks::spawn(async move {
                let mut waits = 0;
                while let Some((index, workspace, task, item)) = self.take_item(id) {
                    let has_waited = self.write_item(id, index, (&workspace, &task, &item), waits).await;
                    waits = if has_waited { waits + 1 } else { 0 };
                }
                self.settle_run(id);
            }));
        }
    }

    pub(super) fn take_item(self, id: RunId) -> Option<(usize, WorkspaceId, RunTask, BulkItem)> {
        let taken = self.change_run(id, |run| {
            let index = run.work.take()?;
            let (item, _) = run.work.items().get(index)?;
            Some((index, run.place(index), run.task.clone(), item.clone()))
        });
        taken.flatten()
    }

    /// Returns whether the item waits with the rest, because the server asked to wait. `waits` is how often it did so in
    /// a row.
    async fn write_item(
        self,
        id: RunId,
        index: usize,
        (workspace, task, item): (&WorkspaceId, &RunTask, &BulkItem),
        waits: u32,
    ) -> bool {
        let Ok(secret) = SecretId::parse(item.id.as_str()) else {
            return self.end_item(id, index, Err(BulkError::NotAddressable), waits).await;
        };
        let written = match task {
            RunTask::Delete => self.delete_one(workspace, &secret).await,
            RunTask::Label(change) => self.label_one(workspace, &secret, item.label.as_deref(), change).await,
            // Their values are in a future of their own.
            RunTask::Create => return false,
        };
        self.end_item(id, index, written, waits).await
    }

    /// Records what became of an item, in the run and in its list. The rest as in [`Self::write_item`].
    pub(super) async fn end_item(self, id: RunId, index: usize, written: Written, waits: u32) -> bool {
        let known = self.change_run(id, |run| {
            let items = run.work.items();
            let secret = items.get(index).map(|(item, _)| item.id.clone()).unwrap_or_default();
            (run.is_over, run.account.clone(), items.len(), run.place(index), secret)
        });
        let Some((is_over, account, count, workspace, secret)) = known else {
            return false;
        };
        if !is_over && self.is_shown_to(account.as_ref()) {
            match (&written, SecretId::parse(secret.as_str())) {
                (Ok((_, change)), _) => self.lists.apply(&workspace, change),
                (Err(_), Ok(secret)) => self.lists.unhide(&workspace, &secret),
                (Err(_), Err(_)) => {}
            }
        }
        let failure = match &written {
            Err(BulkError::Refused(failure)) => Some(failure),
            _ => None,
        };
        let is_unsent = failure.is_some_and(|failure| {
            matches!(failure.kind(), Kind::Unauthenticated | Kind::SignedOut) && !failure.is_outcome_unknown()
        });
        let is_busy = failure.is_some_and(|failure| failure.kind() == Kind::RateLimited);
        // The client has already retried. Waiting longer only helps if other items follow.
        let busy = failure.filter(|_| count > 1 && waits < MOST_WAITS);
        let wait = busy.and_then(|failure| retry::Policy::default().asked_wait(failure, waits + 1, self.clock.random()));
        // The server did nothing, so the item waits like the rest.
        let is_postponed = is_unsent || wait.is_some();
        if !is_postponed {
            self.lists.mark_pending_deletes(&workspace, &[secret], false);
        }
        self.change_run(id, |run| match written {
            _ if is_postponed => run.work.postpone(index),
            Ok((outcome, change)) => {
                if let LocalChange::Put(metadata) = change
                    && !run.is_over
                {
                    run.work.change(index, |item| {
                        item.id = metadata.id.as_str().to_owned();
                        item.name.clone_from(&metadata.name);
                    });
                }
                run.work.end(index, Ok(outcome));
            }
            Err(_) if run.is_over => run.work.end(index, Err(BulkError::NotAddressable)),
            Err(error) => {
                if let BulkError::LabelChanged(theirs) = &error {
                    // A retry knows of it.
                    run.work.change(index, |item| item.label.clone_from(theirs));
                }
                run.work.end(index, Err(error));
            }
        });
        if is_unsent && !is_over || is_busy && wait.is_none() {
            // The rest would fail like this one.
            self.mark_open(id, false);
            self.change_run(id, |run| run.work.stop());
        }
        match wait {
            Some(wait) => {
                self.clock.sleep(wait).await;
                true
            }
            None => false,
        }
    }

    async fn delete_one(self, workspace: &WorkspaceId, secret: &SecretId) -> Written {
        self.lists.hide(workspace, secret);
        let by = match self.session.send(calls::delete_secret(workspace, secret)).await {
            Ok(contract::Nothing) => DeletedBy::Answer,
            // It is gone, as requested.
            Err(failure) if failure.kind() == Kind::NotFound => DeletedBy::SomeoneElse,
            Err(failure) if failure.is_outcome_unknown() => {
                let look = async |_: &Failure| look_up::deleted(self.session, workspace, secret).await;
                match self.look(&failure, look, |_| ()).await {
                    Ok(()) => DeletedBy::LookUp,
                    Err(seen) => return Err(BulkError::LookedUp(LookedUp { failure, seen })),
                }
            }
            Err(failure) => return Err(BulkError::Refused(failure)),
        };
        Ok((Outcome::Deleted(by), LocalChange::Deleted(secret.clone())))
    }

    /// Reads the secret and writes its labels, unless someone else has changed this label since it was listed.
    async fn label_one(
        self,
        workspace: &WorkspaceId,
        secret: &SecretId,
        listed: Option<&str>,
        change: &LabelChange,
    ) -> Written {
        let read = self.session.send(calls::read_secret(workspace, secret)).await;
        let metadata = read.map_err(BulkError::Refused)?.metadata;
        let before = Version::from(&metadata);
        let present = before.fields.labels.get(change.key()).map(String::as_str);
        let effect = change.effect(present);
        if effect != LabelEffect::Nothing && present != listed {
            return Err(BulkError::LabelChanged(present.map(str::to_owned)));
        }
        let after = MetadataFields {
            labels: change.apply(&before.fields.labels),
            ..before.fields.clone()
        };
        let Some(update) = SecretUpdate::between(&before.fields, &after, ValueChange::Keep) else {
            return Ok((Outcome::Labelled(effect), LocalChange::Put(Box::new(metadata))));
        };
        if after.is_shortened() {
            return Err(BulkError::Shortened);
        }
        let call = calls::update_secret(workspace, secret, &update);
        let metadata = match self.session.send(call).await {
            Ok(secret) => Box::new(secret.metadata),
            Err(failure) if failure.is_outcome_unknown() => {
                let update = SentUpdate::new(workspace.clone(), secret.clone(), (before, after), update, false);
                let look = async |_: &Failure| update.look(self.session).await;
                match self.look(&failure, look, |_| ()).await {
                    Ok(metadata) => metadata,
                    Err(seen) => return Err(BulkError::LookedUp(LookedUp { failure, seen })),
                }
            }
            Err(failure) => return Err(BulkError::Refused(failure)),
        };
        Ok((Outcome::Labelled(effect), LocalChange::Put(metadata)))
    }

    /// Posts a notice about a run that is done. One that is not stays, for the user to continue or dismiss.
    pub(super) fn settle_run(self, id: RunId) {
        let ended = self.change_run(id, |run| {
            let counts = run.work.counts();
            let is_done = counts.failed + counts.left == 0;
            let text = match counts.done + counts.failed {
                0 if run.is_over && run.task == RunTask::Delete => run.undone(),
                _ if is_done && !run.is_over => run.done(),
                _ => run.ended(),
            };
            // What a view shows needs no notice, unless the session is over and the view with it.
            let is_told = !run.is_watched || run.is_over;
            (is_told && !run.is_running()).then(|| (is_done, text, run.is_over, run.account.clone()))
        });
        let Some((is_done, text, is_over, account)) = ended.flatten() else {
            return;
        };
        let is_shown = self.is_shown_to(account.as_ref());
        if is_over {
            // Counts name nothing, so they may be shown in any session.
            self.notices.of_any_session().failed(text);
        } else if is_shown && is_done {
            self.notices.of_this_session().done(text);
        }
        if is_over || is_done || !is_shown {
            self.dismiss_run(id);
        }
    }
}
