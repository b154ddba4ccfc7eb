//! Edits a secret: holds the input, starts the save and follows it.

use contract::{SecretId, SecretText, Timestamp, ValueChange, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::model::draft::Draft;
use strongroom_core::model::metadata_form::FormInput;
use strongroom_core::model::replace_value;
use strongroom_core::model::resource::{SecretResource, ValueChoice, ValuePart};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::Version;
use strongroom_core::route::Route;

use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::use_navigation;
use crate::components::draft::{Drafting, RestoredDraft, Typed, value_of};
use crate::components::value_input::ValueHandle;
use crate::pages::secrets::saving::{Editing, Intent, Saving, saving};

/// The state of the form and its actions. A handle.
#[derive(Clone, Copy)]
pub struct Editor {
    pub state: RwSignal<Editing>,
    /// The new value, which exists only in its text field.
    pub value: ValueHandle,
    pub drafting: Drafting,
    subject: StoredValue<(WorkspaceId, SecretId)>,
    saving: Saving,
}

/// The name of the form in the draft store.
pub fn draft_name(workspace: &WorkspaceId, id: &SecretId) -> String {
    format!("edit/{}/{}", workspace.as_str(), id.as_str())
}

/// The name of the form that only replaces the value.
pub fn value_draft_name(workspace: &WorkspaceId, id: &SecretId) -> String {
    format!("replace/{}/{}", workspace.as_str(), id.as_str())
}

impl Editor {
    /// For all fields. Leads to the secret once it is saved.
    pub fn new(workspace: WorkspaceId, secret: &SecretFacts, restored: Option<RestoredDraft<SecretResource>>) -> Self {
        let form = draft_name(&workspace, secret.id());
        let value = value_of(restored.as_ref());
        let server = Version::from(&secret.metadata);
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let editing = match restored.map(|restored| restored.draft) {
            Some(draft) => {
                let before = draft.before.unwrap_or_else(|| server.clone());
                let part = ValuePart {
                    bytes: value.byte_count(),
                    ..draft.part
                };
                Editing::restored(server, before, draft.form, part)
            }
            None => Editing::of(server),
        };
        let navigation = use_navigation();
        let address = Route::Secret(workspace.clone(), secret.id().clone()).to_path();
        let subject = (workspace, secret.id().clone());
        Self::of(subject, editing, value, (form, kept_at), move || navigation.redirect(&address))
    }

    /// For the value alone.
    pub fn of_value(
        workspace: WorkspaceId,
        secret: &SecretFacts,
        restored: Option<RestoredDraft<SecretResource>>,
        on_saved: impl Fn() + 'static,
    ) -> Self {
        let form = value_draft_name(&workspace, secret.id());
        let value = value_of(restored.as_ref());
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let before = restored.and_then(|restored| restored.draft.before);
        let editing = replace_value::editing(Version::from(&secret.metadata), before, value.byte_count());
        let subject = (workspace, secret.id().clone());
        Self::of(subject, editing, value, (form, kept_at), on_saved)
    }

    /// `draft`: its name, and when the one was stored that the form starts with.
    fn of(
        (workspace, id): (WorkspaceId, SecretId),
        editing: Editing,
        value: ValueHandle,
        (form, kept_at): (String, Option<Timestamp>),
        on_saved: impl Fn() + 'static,
    ) -> Self {
        let subject = StoredValue::new((workspace.clone(), id.clone()));
        let saving = saving(workspace, id, editing);
        let (state, clock) = (saving.state, use_clock());
        let drafting = Drafting::new(form, kept_at, Some(value), move || typed(state, value, clock));
        saving.follow(move || {
            drafting.finish();
            on_saved();
        });
        Self {
            state,
            value,
            drafting,
            subject,
            saving,
        }
    }

    /// The user has chosen what to do with the value.
    pub fn choose(self, choice: ValueChoice) {
        let bytes = self.value.byte_count();
        self.act(Intent::ChangedPart(ValuePart { choice, bytes }));
    }

    /// Splits a name that was typed with its value.
    pub fn split_name(self, name: String, value: &SecretText) {
        let _ = self.value.place(value);
        self.choose(ValueChoice::Replace);
        self.act(Intent::Typed(FormInput::Name(name)));
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
        self.saving.act(intent, || self.drafting.sent());
        if is_typing {
            self.drafting.changed();
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
    let draft = state.with_untracked(|state| Draft::of_edit(state, !value.was_shown(), clock.now()));
    draft.map_or(Typed::Nothing, |draft| Typed::Something(draft.to_bytes(Some(&text))))
}
