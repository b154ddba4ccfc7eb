//! Creates of several secrets, or of one in several workspaces, one after the other.

use contract::{Failure, WorkspaceId, calls};
use leptos::prelude::GetUntracked as _;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::LocalChange;
use strongroom_core::model::write_outcome::{LookedUp, is_create_looked_up};

use crate::browser::tasks;
use crate::store::writes::Writes;
use crate::store::writes::look_up;
use crate::store::writes::run::{BulkError, BulkItem, NewSecret, Outcome, RunId, RunTask, Written};

impl Writes {
    /// Creates these secrets in this order. The run is watched: its view shows what became of each until it calls
    /// [`Self::unwatch_run`]. The values are only in the future that sends them, so a run that has ended can't be resumed.
    pub fn create_many(self, workspace: WorkspaceId, secrets: Vec<NewSecret>) -> RunId {
        let item = |secret: &NewSecret| BulkItem {
            name: secret.fields.name.clone(),
            ..BulkItem::default()
        };
        let items = secrets.iter().map(item).collect();
        let id = self.add_run(workspace, RunTask::Create, items, None);
        self.change_run(id, |run| run.is_watched = true);
        drop(tasks::spawn(async move {
            let mut waits = 0;
            while let Some((index, workspace, ..)) = self.take_item(id) {
                let Some(secret) = secrets.get(index) else { break };
                let written = self.create_one(&workspace, secret).await;
                let has_waited = self.end_item(id, index, written, waits).await;
                waits = if has_waited { waits + 1 } else { 0 };
            }
            self.settle_run(id);
        }));
        id
    }

    /// Creates one secret in each of these workspaces, in this order, likewise. Names are those of the workspaces on screen.
    pub fn create_in_several(self, workspaces: Vec<(WorkspaceId, String)>, secret: NewSecret) -> Option<RunId> {
        let item = |(_, name): &(WorkspaceId, String)| BulkItem {
            name: fill(words::runs().in_workspace, &[("name", &secret.fields.name), ("workspace", name)]),
            ..BulkItem::default()
        };
        let items = workspaces.iter().map(item).collect();
        let places: Vec<WorkspaceId> = workspaces.into_iter().map(|(id, _)| id).collect();
        let id = self.add_run(places.first()?.clone(), RunTask::Create, items, None);
        self.change_run(id, |run| {
            run.is_watched = true;
            run.places = places;
        });
        drop(tasks::spawn(async move {
            let mut waits = 0;
            while let Some((index, workspace, ..)) = self.take_item(id) {
                let written = self.create_one(&workspace, &secret).await;
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

    /// Creates one, and looks for it if the response was lost.
    async fn create_one(self, workspace: &WorkspaceId, secret: &NewSecret) -> Written {
        let fields = secret.fields.clone();
        let call = calls::create_secret(workspace, &fields, secret.value.as_ref());
        let sent = self.as_sent(fields, self.names.get_untracked());
        let metadata = match self.session.send(call).await {
            Ok(secret) => {
                self.learn_name(&sent.fields.name, &secret.metadata.name);
                Box::new(secret.metadata)
            }
            Err(failure) if is_create_looked_up(&failure) => {
                let look = async |failure: &Failure| look_up::created(self.session, workspace, &sent, failure).await;
                match self.look(&failure, look, |_| ()).await {
                    Ok(metadata) => metadata,
                    Err(seen) => return Err(BulkError::LookedUp(LookedUp { failure, seen })),
                }
            }
            Err(failure) => return Err(BulkError::Refused(failure)),
        };
        Ok((Outcome::Created, LocalChange::Put(metadata)))
    }
}
