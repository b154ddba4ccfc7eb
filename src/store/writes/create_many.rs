//! Creates of several secrets, or of one in several workspaces, one after the other.

use contract::{Failure, WorkspaceId, calls};
use leptos::prelude::GetUntracked as _;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::LocalChange;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{LookedUp, is_create_looked_up};

use crate::browser::tasks;
use crate::store::writes::Writes;
use crate::store::writes::look_up;
use crate::store::writes::run::{BulkError, BulkItem, LostCreate, NewSecret, Outcome, RunId, RunTask, Written};

impl Writes {
    /// Creates these secrets in this order. The run is watched: its view shows what became of each until it calls
    /// [`Self::unwatch_run`]. The values are only in the future that sends them, so a run that has ended can't be resumed.
    /// `lost`: for each, an earlier create that may have arrived. It is looked for before another one is sent.
    pub fn create_many(self, workspace: WorkspaceId, secrets: Vec<NewSecret>, lost: Vec<Option<LostCreate>>) -> RunId {
        let item = |(secret, lost): (&NewSecret, Option<LostCreate>)| BulkItem {
            name: secret.fields.name.clone(),
            lost,
            ..BulkItem::default()
        };
        let items = secrets.iter().zip(lost).map(item).collect();
        let id = self.add_run(workspace, RunTask::Create, items, None);
        self.change_run(id, |run| run.is_watched = true);
        drop(tasks::spawn(async move {
            let mut waits = 0;
            while let Some((index, workspace, _, item)) = self.take_item(id) {
                let Some(secret) = secrets.get(index) else { break };
                let written = self.create_one((id, index), &workspace, secret, item.lost).await;
                let has_waited = self.end_item(id, index, written, waits).await;
                waits = if has_waited { waits + 1 } else { 0 };
            }
            self.settle_run(id);
        }));
        id
    }

    /// Creates one secret in each of these workspaces, in this order, likewise. Names are those of the workspaces on screen.
    pub fn create_in_several(
        self,
        workspaces: Vec<(WorkspaceId, String)>,
        secret: NewSecret,
        lost: Vec<Option<LostCreate>>,
    ) -> Option<RunId> {
        let item = |((_, name), lost): (&(WorkspaceId, String), Option<LostCreate>)| BulkItem {
            name: fill(words::runs().in_workspace, &[("name", &secret.fields.name), ("workspace", name)]),
            lost,
            ..BulkItem::default()
        };
        let items = workspaces.iter().zip(lost).map(item).collect();
        let places: Vec<WorkspaceId> = workspaces.into_iter().map(|(id, _)| id).collect();
        let id = self.add_run(places.first()?.clone(), RunTask::Create, items, None);
        self.change_run(id, |run| {
            run.is_watched = true;
            run.places = places;
        });
        drop(tasks::spawn(async move {
            let mut waits = 0;
            while let Some((index, workspace, _, item)) = self.take_item(id) {
                let written = self.create_one((id, index), &workspace, &secret, item.lost).await;
                let has_waited = self.end_item(id, index, written, waits).await;
                waits = if has_waited { waits + 1 } else { 0 };
            }
            self.settle_run(id);
        }));
        Some(id)
    }

    /// The view of a run is gone. A run that goes on is shown among the notices.
    pub fn unwatch_run(self, id: RunId) {
        let is_told = self.change_run(id, |run| {
            run.is_watched = false;
            run.is_running() || run.is_over
        });
        if is_told == Some(false) {
            self.dismiss_run(id);
        }
    }

    /// Looks again for all secrets of a run whose creates may have arrived.
    pub fn look_for_all_created(self, id: RunId) {
        let lost = self.change_run(id, |run| run.may_be_created());
        for index in lost.unwrap_or_default() {
            self.look_for_created(id, index);
        }
    }

    /// Looks again for a secret whose create may have arrived.
    pub fn look_for_created(self, id: RunId, index: usize) {
        let lost = self.change_run(id, |run| {
            let (item, _) = run.work.items().get(index)?;
            let lost = item.lost.clone().filter(|_| !item.is_looked_for)?;
            let workspace = run.place(index);
            run.work.change(index, |item| item.is_looked_for = true);
            Some((workspace, lost))
        });
        let Some((workspace, lost)) = lost.flatten() else { return };
        drop(tasks::spawn(async move {
            let written = self.look_for(&workspace, &lost).await;
            // Not if the session has ended meanwhile.
            let is_known = self.change_run(id, |run| {
                run.work.change(index, |item| item.is_looked_for = false);
                !run.is_over && run.work.take_failed(index)
            });
            if is_known == Some(true) {
                self.end_item(id, index, written, 0).await;
                self.settle_run(id);
            }
        }));
    }

    async fn look_for(self, workspace: &WorkspaceId, lost: &LostCreate) -> Written {
        let look = async |failure: &Failure| look_up::created(self.session, workspace, &lost.sent, failure).await;
        match self.look(&lost.failure, look, |_| ()).await {
            Ok(metadata) => Ok((Outcome::Created, LocalChange::Put(metadata))),
            Err(seen) => Err(BulkError::LookedUp(LookedUp {
                failure: lost.failure.clone(),
                seen,
            })),
        }
    }

    /// Creates one, and looks for it if the response was lost. An earlier create of the same that may have arrived is
    /// looked for first.
    async fn create_one(
        self,
        (id, index): (RunId, usize),
        workspace: &WorkspaceId,
        secret: &NewSecret,
        lost: Option<LostCreate>,
    ) -> Written {
        let fields = secret.fields.clone();
        let lost = lost.filter(|lost| lost.sent.fields == fields);
        if let Some(lost) = &lost {
            match self.look_for(workspace, lost).await {
                Err(BulkError::LookedUp(LookedUp { seen: Ok(seen), .. })) if seen.is_nothing() => {}
                // Not as created: the value may have been changed since.
                Ok((_, LocalChange::Put(metadata))) => {
                    let made = SecretFacts { metadata: *metadata, info: None, is_readable: false };
                    return Err(BulkError::LookedUp(LookedUp {
                        failure: lost.failure.clone(),
                        seen: Ok(lost.sent.seen_of_earlier(&made)),
                    }));
                }
                failed => return failed,
            }
        }
        let first_at = lost.map(|lost| lost.sent.first_at);
        let call = calls::create_secret(workspace, &fields, secret.value.as_ref());
        let sent = self.as_sent(fields, self.names.get_untracked(), first_at);
        match self.session.send(call).await {
            Ok(secret) => {
                self.learn_name(&sent.fields.name, &secret.metadata.name);
                Ok((Outcome::Created, LocalChange::Put(Box::new(secret.metadata))))
            }
            Err(failure) if is_create_looked_up(&failure) => {
                let lost = LostCreate { sent, failure };
                let written = self.look_for(workspace, &lost).await;
                self.change_run(id, |run| {
                    if !run.is_over {
                        run.work.change(index, |item| item.lost = Some(lost));
                    }
                });
                written
            }
            Err(failure) => Err(BulkError::Refused(failure)),
        }
    }
}
