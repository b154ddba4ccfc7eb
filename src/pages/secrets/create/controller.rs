//! Creates a secret: holds the input, starts the create and follows it.

use contract::{SecretText, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::model::create_flow::{self, Command};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::resource::{SecretResource, ValueChoice, ValuePart};
use strongroom_core::model::write_outcome::{Done, WriteState};
use strongroom_core::route::Route;

use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::use_navigation;
use crate::browser::tasks;
use crate::components::draft::{Drafting, RestoredDraft, Typed, value_of};
use crate::components::value_input::ValueHandle;
use crate::store::writes::{Watch, use_writes};

type Creating = create_flow::Creating<SecretResource>;
type Intent = create_flow::Intent<SecretResource>;

/// The state of the form and its actions. A handle.
#[derive(Clone, Copy)]
pub struct Creator {
    pub state: RwSignal<Creating>,
    /// The value, which exists only in its text field.
    pub value: ValueHandle,
    pub drafting: Drafting,
    workspace: StoredValue<WorkspaceId>,
    watch: Watch,
}

/// The name of the form in the draft store.
pub fn draft_name(workspace: &WorkspaceId) -> String {
    format!("new/{}", workspace.as_str())
}

impl Creator {
    pub fn new(workspace: WorkspaceId, restored: Option<RestoredDraft<SecretResource>>) -> Self {
        let value = value_of(restored.as_ref());
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let form = restored.map(|restored| restored.draft.form).unwrap_or_default();
        let state = RwSignal::new(Creating::of(form, part(value)));
        let clock = use_clock();
        let form = draft_name(&workspace);
        let drafting = Drafting::new(form, kept_at, value, move || typed(state, value, clock));
        let navigation = use_navigation();
        let creator = Self {
            state,
            value,
            drafting,
            workspace: StoredValue::new(workspace.clone()),
            watch: use_writes().watch(),
        };
        tasks::follow(move || {
            let Some(write) = creator.watch.state().get() else { return };
            let created = match &write {
                WriteState::Done(Done::Saved { metadata, .. }) => Some(metadata.id.clone()),
                _ => None,
            };
            creator.act(Intent::Write(write));
            if let Some(id) = created {
                creator.drafting.finish();
                navigation.redirect(&Route::Secret(workspace.clone(), id).to_path());
            }
        });
        creator
    }

    pub fn workspace(self) -> WorkspaceId {
        self.workspace.get_value()
    }

    /// Applies an intent and runs its command.
    pub fn act(self, intent: Intent) {
        let is_typing = matches!(intent, Intent::Typed(_) | Intent::ChangedPart(_) | Intent::Discarded);
        let mut command = None;
        self.state.update(|state| command = state.apply(intent));
        if is_typing {
            self.drafting.changed();
        }
        match command {
            Some(Command::Create(fields)) => {
                let value = self.value.take();
                self.watch.create(self.workspace(), fields, value, self.drafting.sent());
            }
            Some(Command::LookAgain) => self.watch.look_again(),
            None => {}
        }
    }

    /// The text field of the value has changed.
    pub fn value_changed(self) {
        self.act(Intent::ChangedPart(part(self.value)));
    }

    /// Discards everything typed.
    pub fn discard(self) {
        if self.state.with_untracked(Creating::is_busy) {
            return;
        }
        let _ = self.value.place(&SecretText::new(""));
        self.act(Intent::Discarded);
    }
}

/// A new secret has a value or none; there is no choice as in an edit.
fn part(value: ValueHandle) -> ValuePart {
    ValuePart {
        choice: ValueChoice::Keep,
        bytes: value.byte_count(),
    }
}

/// The input, if it is worth saving as a draft.
fn typed(state: RwSignal<Creating>, value: ValueHandle, clock: Clock) -> Typed {
    let Some(text) = value.take() else {
        return Typed::Unreadable;
    };
    let draft = state.with_untracked(|state| {
        state.is_dirty().then(|| Draft::<SecretResource> {
            before: None,
            form: state.form.clone(),
            part: state.part,
            is_value_hidden: !value.was_shown(),
            kept_at: clock.now(),
        })
    });
    draft.map_or(Typed::Nothing, |draft| Typed::Something(draft.to_bytes(Some(&text))))
}
