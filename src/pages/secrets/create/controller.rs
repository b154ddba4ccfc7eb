//! Creates a secret: holds the input, starts the create and follows it.

use contract::{MetadataFields, SecretId, SecretText, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::model::create_flow::{self, Command};
use strongroom_core::model::dotenv::{self, EnvEntry, EnvFile};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::metadata_form::{FormInput, MetadataForm};
use strongroom_core::model::resource::{SecretResource, ValueChoice, ValuePart};
use strongroom_core::model::write_outcome::{Done, WriteState};
use strongroom_core::route::Route;

use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::use_navigation;
use crate::browser::{page, secret_textarea, tasks};
use crate::components::draft::{Drafting, RestoredDraft, Typed, value_of};
use crate::components::name_split::is_assigned;
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
    /// Whether the last paste was split into name and value, which can be undone.
    pub is_split: RwSignal<bool>,
    /// Whether several secrets were pasted, which are shown instead of the form.
    pub is_importing: RwSignal<bool>,
    workspace: StoredValue<WorkspaceId>,
    watch: Watch,
    /// Whether the form is used again after the create.
    is_another_wanted: StoredValue<bool>,
    /// Whether a create was held because the name looks like a name with its value; the next one is sent.
    pub is_held: RwSignal<bool>,
    before_split: StoredValue<Option<BeforeSplit>, LocalStorage>,
    pasted: StoredValue<Pasted, LocalStorage>,
}

/// The field that was pasted into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastedInto {
    Name,
    Value,
}

/// The form before a paste was split.
struct BeforeSplit {
    name: String,
    value: SecretText,
}

/// Several secrets as pasted, until their view takes them.
#[derive(Default)]
pub struct Pasted {
    pub entries: Vec<EnvEntry>,
    /// The numbers of the lines that are not read.
    pub skipped: Vec<usize>,
}

/// The name of the form in the draft store. A form that begins with a name has a draft of its own: that of another secret would
/// take its place.
pub fn draft_name(workspace: &WorkspaceId, begin: &MetadataFields) -> String {
    let form = format!("new/{}", workspace.as_str());
    if begin.name.is_empty() {
        form
    } else {
        format!("{form}/{}", begin.name)
    }
}

impl Creator {
    pub fn new(
        workspace: WorkspaceId,
        restored: Option<RestoredDraft<SecretResource>>,
        begin: MetadataFields,
    ) -> Self {
        let value = value_of(restored.as_ref());
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let pasted = restored.as_ref().and_then(pasted_before).unwrap_or_default();
        let name = draft_name(&workspace, &begin);
        // Not the form of an existing secret: nothing in it is known to the server.
        let begun = || {
            let begin = begin.clone();
            let labels = begin.labels.into_iter().collect();
            MetadataForm::of_draft(begin.name, begin.external_id.unwrap_or_default(), labels)
        };
        let form = restored.map_or_else(begun, |restored| restored.draft.form);
        let state = RwSignal::new(Creating::of(form, part(value)).begun_with(begin));
        let clock = use_clock();
        let drafting = Drafting::new(name, kept_at, Some(value), move || typed(state, value, clock));
        let navigation = use_navigation();
        let creator = Self {
            state,
            value,
            drafting,
            is_split: RwSignal::new(false),
            is_importing: RwSignal::new(!pasted.entries.is_empty()),
            workspace: StoredValue::new(workspace.clone()),
            watch: use_writes().watch(),
            is_another_wanted: StoredValue::new(false),
            is_held: RwSignal::new(false),
            before_split: StoredValue::new_local(None),
            pasted: StoredValue::new_local(pasted),
        };
        tasks::follow(move || {
            let Some(write) = creator.watch.state().get() else { return };
            let created = match &write {
                WriteState::Done(Done::Saved { id, .. }) => SecretId::parse(id.as_str()).ok(),
                _ => None,
            };
            creator.act(Intent::Write(write));
            let Some(id) = created else { return };
            if creator.is_another_wanted.get_value() {
                creator.drafting.start_over();
                creator.clear();
                request_animation_frame(|| page::focus_id("name"));
            } else {
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

    /// Creates the secret. `is_another_wanted`: then empties the form for another one.
    pub fn create(self, is_another_wanted: bool) {
        self.is_another_wanted.set_value(is_another_wanted);
        // A value in the name would be read by everybody who may list secrets. Asked once.
        if !self.is_held.get_untracked() && self.state.with_untracked(|state| is_assigned(&state.form)) {
            self.is_held.set(true);
            page::focus_id("name");
            return;
        }
        self.act(Intent::AskedToCreate {
            is_part_fine: true,
        });
    }

    /// The user has changed a field.
    pub fn typed(self, input: FormInput) {
        self.forget_split();
        if matches!(input, FormInput::Name(_)) {
            self.is_held.set(false);
        }
        self.act(Intent::Typed(input));
    }

    /// The text field of the value has changed.
    pub fn value_changed(self) {
        self.forget_split();
        self.act(Intent::ChangedPart(part(self.value)));
    }

    /// Splits a paste from a .env file: one assignment into name and value, several into a list of secrets. Returns
    /// whether it did; otherwise the paste is text like any other.
    pub fn take_paste(self, into: PastedInto, text: &SecretText) -> bool {
        let name = self.state.with_untracked(|state| state.form.name.clone());
        let is_empty = self.value.byte_count() == 0;
        let read = secret_textarea::inspect(text, |text| match into {
            PastedInto::Name => dotenv::pasted_as_name(text),
            PastedInto::Value if is_empty => dotenv::pasted_as_value(text),
            PastedInto::Value => None,
        });
        let Some(EnvFile { mut entries, skipped }) = read else {
            return false;
        };
        if entries.len() > 1 {
            // So that a draft has it, and who wants the whole text as one value finds it there.
            if is_empty {
                let _ = self.value.place(text);
                self.act(Intent::ChangedPart(part(self.value)));
            }
            self.pasted.set_value(Pasted { entries, skipped });
            self.is_importing.set(true);
            return true;
        }
        let is_for_this = |entry: &EnvEntry| into == PastedInto::Name || name.is_empty() || name == entry.name;
        let Some(entry) = entries.pop().filter(is_for_this) else {
            return false;
        };
        // Undo brings back what was pasted as a value, which may be one. A name is not put into a value's place.
        let value = match into {
            PastedInto::Name => self.value.take(),
            PastedInto::Value => Some(text.duplicate()),
        };
        let value = value.unwrap_or_else(|| SecretText::new(""));
        self.before_split.set_value(Some(BeforeSplit { name, value }));
        self.put(entry.name, &entry.value);
        self.is_split.set(true);
        true
    }

    /// Splits a name that was typed with its value.
    pub fn split_name(self, name: String, value: &SecretText) {
        let before = BeforeSplit {
            name: self.state.with_untracked(|state| state.form.name.clone()),
            value: self.value.take().unwrap_or_else(|| SecretText::new("")),
        };
        self.before_split.set_value(Some(before));
        self.put(name, value);
        self.is_held.set(false);
        self.is_split.set(true);
    }

    /// Undoes the last split.
    pub fn undo_split(self) {
        if let Some(before) = self.before_split.try_update_value(Option::take).flatten() {
            self.put(before.name, &before.value);
        }
        self.forget_split();
    }

    fn put(self, name: String, value: &SecretText) {
        let _ = self.value.place(value);
        self.act(Intent::ChangedPart(part(self.value)));
        self.act(Intent::Typed(FormInput::Name(name)));
    }

    fn forget_split(self) {
        self.is_split.set(false);
        self.before_split.set_value(None);
    }

    /// The secrets that were pasted, for the view that shows them.
    pub fn take_pasted(self) -> Pasted {
        self.pasted.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Discards everything typed.
    pub fn discard(self) {
        if !self.state.with_untracked(Creating::is_busy) {
            self.clear();
        }
    }

    /// All pasted secrets are created.
    pub fn end_import(self) {
        self.drafting.start_over();
        self.clear();
    }

    fn clear(self) {
        self.forget_split();
        let _ = self.value.place(&SecretText::new(""));
        self.act(Intent::Discarded);
    }
}

/// Several secrets that were pasted before a lock or a reload: the draft has their text as its value, and no name.
fn pasted_before(restored: &RestoredDraft<SecretResource>) -> Option<Pasted> {
    let text = restored.value().filter(|_| restored.draft.form.name.is_empty())?;
    let EnvFile { entries, skipped } = secret_textarea::inspect(text, dotenv::pasted_as_value)?;
    (entries.len() > 1).then_some(Pasted { entries, skipped })
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
    let draft = state.with_untracked(|state| Draft::of_new(state, !value.was_shown(), clock.now()));
    draft.map_or(Typed::Nothing, |draft| Typed::Something(draft.to_bytes(Some(&text))))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_begins_with_a_name_has_a_draft_of_its_own() {
        let workspace = WorkspaceId::parse("w-1").unwrap();
        let begin = |name: &str| MetadataFields {
            name: name.to_owned(),
            ..MetadataFields::default()
        };
        let names = ["", "ONE", "TWO"].map(|name| draft_name(&workspace, &begin(name)));
        assert_eq!(names, ["new/w-1", "new/w-1/ONE", "new/w-1/TWO"]);
    }
}
