//! Edits a secret: holds the input, starts the save and follows it.

use contract::{SecretId, SecretText, ValueChange, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::model::draft::Draft;
use strongroom_core::model::edit_flow::{self, Command};
use strongroom_core::model::resource::{SecretResource, ValueChoice, ValuePart};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{Version, WriteState};
use strongroom_core::route::Route;

use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::use_navigation;
use crate::browser::tasks;
use crate::components::draft::{Drafting, RestoredDraft, Typed, value_of};
use crate::components::value_input::ValueHandle;
use crate::store::writes::{Watch, use_writes};

type Editing = edit_flow::Editing<SecretResource>;
type Intent = edit_flow::Intent<SecretResource>;

/// The state of the form and its actions. A handle.
#[derive(Clone, Copy)]
pub struct Editor {
    pub state: RwSignal<Editing>,
    /// The new value, which exists only in its text field.
    pub value: ValueHandle,
    pub drafting: Drafting,
    subject: StoredValue<(WorkspaceId, SecretId)>,
    watch: Watch,
}

/// The name of the form in the draft store.
pub fn draft_name(workspace: &WorkspaceId, id: &SecretId) -> String {
    format!("edit/{}/{}", workspace.as_str(), id.as_str())
}

impl Editor {
    pub fn new(workspace: WorkspaceId, secret: &SecretFacts, restored: Option<RestoredDraft<SecretResource>>) -> Self {
        let id = secret.id().clone();
        let value = value_of(restored.as_ref());
        let server = Version::from(&secret.metadata);
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let state = RwSignal::new(match restored.map(|restored| restored.draft) {
            Some(draft) => {
                let before = draft.before.unwrap_or_else(|| server.clone());
                let part = ValuePart {
                    bytes: value.byte_count(),
                    ..draft.part
                };
                Editing::restored(server, before, draft.form, part)
            }
            None => Editing::of(server),
        });
        let clock = use_clock();
        let form = draft_name(&workspace, &id);
        let drafting = Drafting::new(form, kept_at, value, move || typed(state, value, clock));
        let navigation = use_navigation();
        let editor = Self {
            state,
            value,
            drafting,
            subject: StoredValue::new((workspace, id)),
            watch: use_writes().watch(),
        };
        tasks::follow(move || {
            let Some(write) = editor.watch.state().get() else { return };
            let is_saved = matches!(write, WriteState::Done(_));
            editor.act(Intent::Write(write));
            if is_saved {
                editor.drafting.finish();
                navigation.redirect(&editor.address());
            }
        });
        editor
    }

    pub fn is_replacing(self) -> bool {
        self.state.with_untracked(|state| state.part.choice == ValueChoice::Replace)
    }

    /// The user has chosen what to do with the value.
    pub fn choose(self, choice: ValueChoice) {
        let bytes = self.value.byte_count();
        self.act(Intent::ChangedPart(ValuePart { choice, bytes }));
    }

    /// The text field of the value has changed.
    pub fn value_changed(self) {
        self.choose(self.state.with_untracked(|state| state.part.choice));
    }

    /// The workspace and the secret.
    pub fn subject(self) -> (WorkspaceId, SecretId) {
        self.subject.get_value()
    }

    /// The address of the secret.
    pub fn address(self) -> String {
        let (workspace, id) = self.subject();
        Route::Secret(workspace, id).to_path()
    }

    /// Applies an intent and runs its command.
    pub fn act(self, intent: Intent) {
        let is_typing = matches!(
            intent,
            Intent::Typed(_) | Intent::ChangedPart(_) | Intent::TookPicks | Intent::Discarded
        );
        let mut command = None;
        self.state.update(|state| command = state.apply(intent));
        if is_typing {
            self.drafting.changed();
        }
        match command {
            Some(Command::Save(save)) => {
                let (workspace, id) = self.subject();
                self.watch.update(workspace, id, *save, self.drafting.sent());
            }
            Some(Command::LookAgain) => self.watch.look_again(),
            None => {}
        }
    }

    /// Saves the reviewed changes. The value is taken from its text field now.
    pub fn save(self) {
        let value = match self.state.with_untracked(|state| state.part.choice) {
            ValueChoice::Replace => self.value.take().map_or(ValueChange::Keep, ValueChange::Replace),
            ValueChoice::Clear => ValueChange::Clear,
            ValueChoice::Keep => ValueChange::Keep,
        };
        self.act(Intent::AskedToSave(value));
    }

    /// Discards the input and shows the server's version.
    pub fn discard(self) {
        if self.state.with_untracked(Editing::is_busy) {
            return;
        }
        let _ = self.value.place(&SecretText::new(""));
        self.act(Intent::Discarded);
    }
}

/// The input, if it is worth saving as a draft. A typed value that is not going to be sent stays in its field, and
/// therefore in the draft.
fn typed(state: RwSignal<Editing>, value: ValueHandle, clock: Clock) -> Typed {
    let Some(text) = value.take() else {
        return Typed::Unreadable;
    };
    let draft = state.with_untracked(|state| {
        state.is_dirty().then(|| Draft::<SecretResource> {
            before: Some(state.before.clone()),
            form: state.form.clone(),
            part: state.part,
            is_value_hidden: !value.was_shown(),
            kept_at: clock.now(),
        })
    });
    draft.map_or(Typed::Nothing, |draft| Typed::Something(draft.to_bytes(Some(&text))))
}
