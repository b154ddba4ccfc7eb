//! The state of a delete: asking, waiting, sending.

use std::time::Duration;

use contract::{SecretId, WorkspaceId};
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{Failed, WriteState};
use strongroom_core::route::Route;

use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::use_navigation;
use crate::browser::{keyboard, page, tasks};
use crate::store::notices::{Notices, use_notices};
use crate::store::writes::{Watch, use_writes};

/// The seconds in which it can be undone, before anything is sent.
pub const SECONDS: u32 = 10;

/// The stage of a delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The user is asked to confirm.
    Asking,
    /// It can be undone for this many more seconds.
    Waiting(u32),
    /// The request is under way.
    Sending,
    /// The response was lost, and the secret still exists.
    NotYetVisible,
}

/// The delete of one secret. A handle.
#[derive(Clone, Copy)]
pub struct Deletion {
    subject: StoredValue<(WorkspaceId, SecretId, String)>,
    /// The seconds left to undo; `None` while it does not wait.
    seconds: RwSignal<Option<u32>>,
    is_confirmed: StoredValue<bool>,
    countdown: StoredValue<Option<AbortHandle>, LocalStorage>,
    watch: Watch,
    on_cancel: Callback<()>,
    notices: Notices,
    pub clock: Clock,
}

impl Deletion {
    pub fn new(workspace: WorkspaceId, secret: &SecretFacts, on_done: Callback<()>, on_cancel: Callback<()>) -> Self {
        let name = secret.metadata.name.clone();
        let deletion = Self {
            subject: StoredValue::new((workspace, secret.id().clone(), name.clone())),
            seconds: RwSignal::new(None),
            is_confirmed: StoredValue::new(false),
            countdown: StoredValue::new_local(None),
            watch: use_writes().watch(),
            on_cancel,
            notices: use_notices(),
            clock: use_clock(),
        };
        let is_waiting = move || deletion.seconds.get_untracked().is_some();
        use_navigation()
            .guard_begun(move || is_waiting().then(|| fill(words::delete().leaving, &[("name", &deletion.name())])));
        page::ask_before_leaving(is_waiting);
        // Leaving the page cancels a pending delete and shows a notice.
        on_cleanup(move || {
            if deletion.stop() {
                deletion.tell_undone(&name);
            }
        });
        tasks::follow(move || {
            if let Some(WriteState::Done(_)) = deletion.watch.state().get() {
                on_done.run(());
            }
        });
        deletion
    }

    pub fn stage(self) -> Stage {
        match (self.watch.state().get(), self.seconds.get()) {
            (_, Some(seconds)) => Stage::Waiting(seconds),
            (Some(WriteState::Running { .. } | WriteState::Unknown { is_not_yet_visible: false, .. }), _)
            | (Some(WriteState::Done(_)), _) => Stage::Sending,
            (Some(WriteState::Unknown { .. }), _) => Stage::NotYetVisible,
            (Some(WriteState::Failed(_)) | None, _) => Stage::Asking,
        }
    }

    /// Why the last try failed.
    pub fn failed(self) -> Option<Failed> {
        match self.watch.state().get() {
            Some(WriteState::Failed(failed)) => Some(failed),
            _ => None,
        }
    }

    pub fn name(self) -> String {
        self.subject.with_value(|(_, _, name)| name.clone())
    }

    pub fn is_confirmed(self) -> bool {
        self.is_confirmed.get_value()
    }

    pub fn cancel(self) {
        self.on_cancel.run(());
    }

    /// Confirms: waits, then sends. After a failure it does not wait again.
    pub fn confirm(self) {
        if self.is_confirmed.get_value() {
            self.send();
            return;
        }
        self.is_confirmed.set_value(true);
        self.seconds.set(Some(SECONDS));
        // Aborted with the view.
        let handle = tasks::spawn(async move {
            for left in (1..SECONDS).rev() {
                self.clock.sleep(Duration::from_secs(1)).await;
                self.seconds.set(Some(left));
            }
            self.clock.sleep(Duration::from_secs(1)).await;
            self.countdown.set_value(None);
            self.send();
        });
        self.countdown.set_value(Some(handle));
    }

    /// The user undoes the delete.
    pub fn undo(self) {
        self.stop();
        self.tell_undone(&self.name());
        self.on_cancel.run(());
        self.focus_spared();
    }

    /// The focused button is removed: focus the row of the secret, or the heading.
    fn focus_spared(self) {
        let row = self.subject.with_value(|(workspace, id, _)| {
            let address = Route::Secret(workspace.clone(), id.clone()).to_path();
            let link = format!("main tbody th a[href='{address}']");
            keyboard::find_all(&link).into_iter().next()
        });
        match row {
            Some(row) => page::focus(&row),
            None => page::focus_first(".heading"),
        }
    }

    fn tell_undone(self, name: &str) {
        self.notices.done(fill(words::delete().undone, &[("name", name)]));
    }

    /// Returns whether it was waiting.
    fn stop(self) -> bool {
        let mut handle = None;
        self.countdown.update_value(|countdown| handle = countdown.take());
        if let Some(handle) = &handle {
            handle.abort();
        }
        handle.is_some()
    }

    fn send(self) {
        self.seconds.set(None);
        let (workspace, id, name) = self.subject.get_value();
        self.watch.delete(workspace, id, name);
    }
}
