//! The edit of a resource and the write that saves it. Without a form, so that stories run on the host (`tests/flows`).

use std::rc::Rc;

use leptos::prelude::*;
use strongroom_core::model::edit_flow::{Command, Editing, Intent, Save};
use strongroom_core::model::resource::Resource;
use strongroom_core::model::write_outcome::WriteState;

use crate::browser::tasks;
use crate::store::drafts::SentDraft;
use crate::store::writes::{Watch, use_writes};

/// Starts the write of a save.
type Send<R> = Rc<dyn Fn(Watch<<R as Resource>::Fields>, Save<R>, SentDraft)>;

/// A handle.
pub struct Saving<R: Resource> {
    pub state: RwSignal<Editing<R>>,
    send: StoredValue<Send<R>, LocalStorage>,
    watch: Watch<R::Fields>,
}

impl<R: Resource> Clone for Saving<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Resource> Copy for Saving<R> {}

impl<R: Resource> Saving<R> {
    /// `send` starts the write.
    pub fn new(editing: Editing<R>, send: impl Fn(Watch<R::Fields>, Save<R>, SentDraft) + 'static) -> Self {
        Self {
            state: RwSignal::new(editing),
            send: StoredValue::new_local(Rc::new(send)),
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

    /// Applies an intent and runs its command. `draft` is what a save sends.
    pub fn act(self, intent: Intent<R>, draft: impl FnOnce() -> SentDraft) {
        let mut command = None;
        self.state.update(|state| command = state.apply(intent));
        match command {
            Some(Command::Save(save)) => {
                let send = self.send.get_value();
                send(self.watch, *save, draft());
            }
            Some(Command::LookAgain) => self.watch.look_again(),
            None => {}
        }
    }
}
