//! Deletes of many secrets. A run continues when the list is left, and stops when the session ends.

use contract::{Kind, SecretId, WorkspaceId, retry};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::jobs::bulk::Bulk;
use strongroom_core::list::LocalChange;
use strongroom_core::model::write_outcome::LookedUp;

use crate::browser::{intl, tasks};
use crate::store::writes::look_up::LookUp;
use crate::store::writes::Writes;
use crate::store::writes::run::{BulkError, BulkItem, Run, RunId, Work, first_failure};

/// The number of concurrent requests of a run.
const AT_ONCE: usize = 3;

impl Writes {
    /// Deletes these secrets, a few at a time.
    pub fn delete_many(self, workspace: WorkspaceId, items: Vec<BulkItem>) -> RunId {
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
                account,
                work: Bulk::new(items),
                is_watched: true,
                is_over: false,
            });
        });
        self.start_workers(id);
        id
    }

    /// The run of this workspace that continues without a dialog.
    #[must_use]
    pub fn run_in(self, workspace: &WorkspaceId) -> Option<RunId> {
        self.runs.with(|runs| {
            let run = runs.iter().find(|run| run.workspace == *workspace && !run.is_over && !run.is_watched);
            run.map(|run| run.id)
        })
    }

    /// Accesses a run, tracked.
    pub fn with_run<Answer>(self, id: RunId, look: impl FnOnce(&Work) -> Answer) -> Option<Answer> {
        self.runs.with(|runs| runs.iter().find(|run| run.id == id).map(|run| look(&run.work)))
    }

    /// Starts no more deletes. Pending ones finish.
    pub fn stop_run(self, id: RunId) {
        self.change_run(id, |run| run.work.stop());
        self.settle_run(id);
    }

    /// Retries the failed ones and continues with the rest.
    pub fn resume_run(self, id: RunId) {
        self.change_run(id, |run| run.work.resume());
        self.start_workers(id);
    }

    /// The dialog of the run is closed.
    pub fn release_run(self, id: RunId) {
        let is_running = self.change_run(id, |run| {
            run.is_watched = false;
            run.is_running()
        });
        if is_running == Some(false) {
            self.runs.update(|runs| runs.retain(|run| run.id != id));
        }
    }

    /// The session has ended: runs stop, and only their counts stay for the notice.
    fn end_runs(self) {
        let mut ended = Vec::new();
        self.runs.update(|runs| {
            for run in runs.iter_mut() {
                run.work.stop();
                run.work.redact(&BulkItem::default(), &BulkError::NotAddressable);
                run.is_watched = false;
                run.is_over = true;
                ended.push(run.id);
            }
        });
        // The end of a session also clears the notices; this one has to come later.
        drop(tasks::spawn(async move {
            for id in ended {
                self.settle_run(id);
            }
        }));
    }

    fn change_run<Answer>(self, id: RunId, change: impl FnOnce(&mut Run) -> Answer) -> Option<Answer> {
        let mut answer = None;
        self.runs.update(|runs| {
            answer = runs.iter_mut().find(|run| run.id == id).map(change);
        });
        answer
    }

    fn start_workers(self, id: RunId) {
        for _ in 0..AT_ONCE {
            drop(tasks::spawn(async move {
                while let Some((index, workspace, item)) = self.take_item(id) {
                    self.delete_item(id, index, &workspace, &item).await;
                }
                self.settle_run(id);
            }));
        }
    }

    fn take_item(self, id: RunId) -> Option<(usize, WorkspaceId, BulkItem)> {
        let taken = self.change_run(id, |run| {
            let index = run.work.take()?;
            let (item, _) = run.work.items().get(index)?;
            Some((index, run.workspace.clone(), item.clone()))
        });
        taken.flatten()
    }

    async fn delete_item(self, id: RunId, index: usize, workspace: &WorkspaceId, item: &BulkItem) {
        let Ok(secret) = SecretId::parse(item.id.as_str()) else {
            self.change_run(id, |run| run.work.end(index, Err(BulkError::NotAddressable)));
            return;
        };
        self.lists.hide(workspace, &secret);
        let result = match self.send_delete(workspace, &secret).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.is_outcome_unknown() => {
                let look_up = LookUp::Delete {
                    workspace: workspace.clone(),
                    secret: secret.clone(),
                };
                let looked = self.look(&failure, &look_up, |_| ()).await;
                looked.map(drop).map_err(|seen| BulkError::LookedUp(LookedUp { failure, seen }))
            }
            Err(failure) => Err(BulkError::Refused(failure)),
        };
        let known = self.change_run(id, |run| (run.is_over, run.account.clone()));
        let Some((is_over, account)) = known else { return };
        if !is_over && self.is_shown_to(account.as_ref()) {
            match &result {
                Ok(()) => self.lists.apply(workspace, &LocalChange::Deleted(secret)),
                Err(_) => self.lists.unhide(workspace, &secret),
            }
        }
        let refusal = match &result {
            Err(BulkError::Refused(failure)) => Some(failure),
            _ => None,
        };
        let is_unsent = is_over && refusal.is_some_and(|failure| failure.kind() == Kind::Unauthenticated);
        let wait = refusal.and_then(|failure| {
            let is_busy = failure.kind() == Kind::RateLimited;
            failure.retry_after.filter(|wait| is_busy && *wait <= retry::LONGEST_WAIT)
        });
        if is_unsent || wait.is_some() {
            // The server did nothing, so the item waits like the rest.
            self.change_run(id, |run| run.work.postpone(index));
        } else {
            self.change_run(id, |run| {
                let result = if run.is_over { result.map_err(|_| BulkError::NotAddressable) } else { result };
                run.work.end(index, result);
            });
        }
        if let Some(wait) = wait {
            self.clock.sleep(wait).await;
        }
    }

    /// Posts a notice about a finished run that no dialog shows.
    fn settle_run(self, id: RunId) {
        let ended = self.change_run(id, |run| {
            let is_told = !run.is_running() && !run.is_watched;
            is_told.then(|| (run.work.counts(), first_failure(&run.work), run.is_over, run.account.clone()))
        });
        let Some((counts, failure, is_over, account)) = ended.flatten() else {
            return;
        };
        self.runs.update(|runs| runs.retain(|run| run.id != id));
        let [all, done, failed, left] = [counts.all, counts.done, counts.failed, counts.left].map(intl::count);
        let gaps = [("all", all.as_str()), ("done", &done), ("failed", &failed), ("left", &left)];
        let is_complete = counts.failed + counts.left == 0;
        let sentence = if is_complete { words::bulk().done } else { words::bulk().ended };
        let text = fill(sentence, &gaps);
        if is_over {
            // Counts name nothing, so they may be shown in any session.
            self.notices.of_any_session().failed(text);
        } else if self.is_shown_to(account.as_ref()) {
            let notices = self.notices.of_this_session();
            match failure {
                _ if is_complete => notices.done(text),
                Some(failure) => notices.failed(format!("{text} {failure}")),
                None => notices.failed(text),
            }
        }
    }
}
