//! A secret on its way out: asked about, waiting, being deleted.

use std::time::Duration;

use contract::{Failure, SecretId, WorkspaceId, calls};
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, secret_words as words};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::Route;

use crate::api::session::{Session, use_session};
use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::{Navigation, use_navigation};
use crate::browser::{keyboard, page, tasks};
use crate::components::delete_dialog::{AfterDelete, Hooks};
use crate::components::messages::explained;
use crate::components::notices::{Notices, use_notices};
use crate::store::kept::{self, Done};

/// For how many seconds it can be undone before anything is sent.
pub const SECONDS: u32 = 10;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The person is asked.
    Asking,
    /// It can be undone for so many more seconds.
    Waiting(u32),
    /// The server is asked to delete it.
    Sending,
}

/// Whether the secret was seen after a delete that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nobody had to look: the server said that it did not delete it.
    NotLooked,
    /// It is there still.
    There,
    /// It could not be looked for.
    Unreadable,
}

/// The deletion of one secret. A handle.
#[derive(Clone, Copy)]
pub struct Deletion {
    pub stage: RwSignal<Stage>,
    /// Why the last try failed, and whether the secret was seen then.
    pub failure: RwSignal<Option<(Failure, Seen)>>,
    what: StoredValue<(WorkspaceId, SecretId, String)>,
    is_confirmed: StoredValue<bool>,
    countdown: StoredValue<Option<AbortHandle>, LocalStorage>,
    after: AfterDelete,
    on_cancel: Callback<()>,
    session: Session,
    navigation: Navigation,
    notices: Notices,
    pub clock: Clock,
}

impl Deletion {
    pub fn new(workspace: WorkspaceId, secret: &SecretFacts, after: AfterDelete, on_cancel: Callback<()>) -> Self {
        let deletion = Self {
            stage: RwSignal::new(Stage::Asking),
            failure: RwSignal::new(None),
            what: StoredValue::new((workspace, secret.id().clone(), secret.metadata.name.clone())),
            is_confirmed: StoredValue::new(false),
            countdown: StoredValue::new_local(None),
            after,
            on_cancel,
            session: use_session(),
            navigation: use_navigation(),
            notices: use_notices(),
            clock: use_clock(),
        };
        let is_waiting = move || matches!(deletion.stage.try_get_untracked(), Some(Stage::Waiting(_)));
        deletion
            .navigation
            .guard_begun(move || is_waiting().then(|| fill(words().delete_leaving, &[("name", &deletion.name())])));
        page::ask_before_leaving(is_waiting);
        // Whoever is gone can't think better of it any more: then nothing is sent, and that is said.
        on_cleanup(move || {
            let name = deletion.name();
            if deletion.stop() && is_waiting() {
                deletion.tell_undone(&name);
            }
        });
        deletion
    }

    pub fn name(self) -> String {
        self.what
            .try_with_value(|(_, _, name)| name.clone())
            .unwrap_or_default()
    }

    pub fn is_confirmed(self) -> bool {
        self.is_confirmed.get_value()
    }

    pub fn cancel(self) {
        self.on_cancel.run(());
    }

    /// The person is sure: waits a while and sends it. Whoever has waited once does not wait again.
    pub fn confirm(self) {
        if self.is_confirmed.get_value() {
            self.send();
            return;
        }
        self.is_confirmed.set_value(true);
        self.stage.set(Stage::Waiting(SECONDS));
        let handle = tasks::spawn(async move {
            for left in (0..SECONDS).rev() {
                self.clock.sleep(Duration::from_secs(1)).await;
                if left > 0 {
                    let _ = self.stage.try_set(Stage::Waiting(left));
                }
            }
            self.send();
        });
        self.countdown.set_value(Some(handle));
    }

    /// The person has thought better of it.
    pub fn undo(self) {
        self.stop();
        self.tell_undone(&self.name());
        self.on_cancel.run(());
        self.focus_spared();
    }

    /// The button that had the focus goes: whoever uses the keyboard goes on from what was spared.
    fn focus_spared(self) {
        let row = self.what.try_with_value(|(_, id, _)| {
            let link = ["main tbody th a[href*='/secrets/", id.as_str(), "']"].concat();
            keyboard::find_all(&link).into_iter().next()
        });
        match (self.after, row.flatten()) {
            (AfterDelete::Stay(_), Some(row)) => page::focus(&row),
            // The list may show other rows by now.
            _ => page::focus_first(".heading"),
        }
    }

    fn tell_undone(self, name: &str) {
        self.notices.done(fill(words().delete_undone, &[("name", name)]));
    }

    /// Returns whether there was something to stop.
    fn stop(self) -> bool {
        let handle = self.countdown.try_update_value(Option::take).flatten();
        if let Some(handle) = &handle {
            handle.abort();
        }
        handle.is_some()
    }

    fn send(self) {
        let Some((workspace, id, name)) = self.what.try_get_value() else {
            return;
        };
        let _ = self.stage.try_set(Stage::Sending);
        let _ = self.failure.try_set(None);
        if let AfterDelete::Stay(Hooks { hide, .. }) = self.after {
            let _ = hide.try_run(());
        }
        tasks::spawn_for_page(async move {
            let sentence = match self.session.send(calls::delete_secret(&workspace, &id)).await {
                Ok(contract::Nothing) => Ok(words().deleted),
                Err(failure) if failure.http() == Some(404) => Ok(words().delete_gone),
                Err(failure) if failure.is_outcome_unknown() => self.look(&workspace, &id, failure).await,
                Err(failure) => Err((failure, Seen::NotLooked)),
            };
            match sentence {
                Ok(sentence) => {
                    self.notices.done(fill(sentence, &[("name", &name)]));
                    self.leave(workspace, id);
                }
                Err(failure) => {
                    if let AfterDelete::Stay(Hooks { show, .. }) = self.after {
                        let _ = show.try_run(());
                    }
                    // Where the view has gone, it is told all the same.
                    if let Some(Some((failure, _))) = self.failure.try_set(Some(failure)) {
                        self.notices.failed_late(explained(&failure));
                    }
                    let _ = self.stage.try_set(Stage::Asking);
                }
            }
        });
    }

    /// What became of a delete whose answer was lost: whether it is gone after all, or else the failure, and whether the
    /// secret is there.
    async fn look(
        self,
        workspace: &WorkspaceId,
        id: &SecretId,
        failure: Failure,
    ) -> Result<&'static str, (Failure, Seen)> {
        match self.session.send(calls::read_secret(workspace, id)).await {
            Ok(_) => Err((failure, Seen::There)),
            Err(read) if read.http() == Some(404) => Ok(words().delete_lost_gone),
            Err(_) => Err((failure, Seen::Unreadable)),
        }
    }

    fn leave(self, workspace: WorkspaceId, id: SecretId) {
        match self.after {
            AfterDelete::Leave => {
                kept::note(&workspace, Done::Deleted(id.clone()));
                let list = Route::secrets(&workspace).to_path();
                self.navigation
                    .replace_if_here(&Route::Secret(workspace, id).to_path(), &list);
            }
            AfterDelete::Stay(Hooks { done, .. }) => {
                if done.try_run(()).is_none() {
                    // The view is gone by now; the next list is told.
                    kept::note(&workspace, Done::Deleted(id));
                }
            }
        }
    }
}
