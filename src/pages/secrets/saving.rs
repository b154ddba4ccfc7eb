//! The edit of a secret and the write that saves it. Without a form, so that stories run on the host (`tests/flows`).

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::model::edit_flow::{self, Command};
use strongroom_core::model::resource::SecretResource;
use strongroom_core::model::write_outcome::WriteState;

use crate::browser::tasks;
use crate::store::drafts::SentDraft;
use crate::store::writes::{Watch, use_writes};

pub type Editing = edit_flow::Editing<SecretResource>;
pub type Intent = edit_flow::Intent<SecretResource>;

/// A handle.
#[derive(Clone, Copy)]
pub struct Saving {
    pub state: RwSignal<Editing>,
    subject: StoredValue<(WorkspaceId, SecretId)>,
    watch: Watch,
}

impl Saving {
    pub fn new(workspace: WorkspaceId, id: SecretId, editing: Editing) -> Self {
        Self {
            state: RwSignal::new(editing),
            subject: StoredValue::new((workspace, id)),
            watch: use_writes().watch(),
        }
    }

    /// Passes each state of the write to the edit. Calls `on_saved` once the server has saved.
    pub fn follow(self, on_saved: impl Fn() + 'static) {
        tasks::follow(move || {
            let Some(write) = self.watch.state().get() else { return };
            let is_saved = matches!(write, WriteState::Done(_));
            self.act(Intent::Write(write), SentDraft::default);
            if is_saved {
                on_saved();
            }
        });
    }

    /// The workspace and the secret.
    pub fn subject(self) -> (WorkspaceId, SecretId) {
        self.subject.get_value()
    }

    /// Applies an intent and runs its command. `draft` is what a save sends.
    pub fn act(self, intent: Intent, draft: impl FnOnce() -> SentDraft) {
        let mut command = None;
        self.state.update(|state| command = state.apply(intent));
        match command {
            Some(Command::Save(save)) => {
                let (workspace, id) = self.subject();
                self.watch.update(workspace, id, *save, draft());
            }
            Some(Command::LookAgain) => self.watch.look_again(),
            None => {}
        }
    }
}
