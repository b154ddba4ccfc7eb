//! Carries out what editing asks for: reads, saves, leaves.

use contract::{ResourceMetadata, SecretId, SecretText, ValueChange, WorkspaceId, WorkspaceSecret, calls};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, secret_words as words};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::edit_flow::{Command, Editing, Intent, Step, ValueChoice};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{ValueSeen, Version};
use strongroom_core::route::Route;

use crate::api::session::{Session, State, use_session};
use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::{Navigation, use_navigation};
use crate::browser::tasks;
use crate::components::draft::{Drafting, RestoredDraft, Typed, value_of};
use crate::components::messages::explained;
use crate::components::notices::{Notices, use_notices};
use crate::components::value_input::ValueHandle;
use crate::store::drafts::SentDraft;
use crate::store::kept::{self, Done};

/// What is edited, and what it takes to save it. A handle.
#[derive(Clone, Copy)]
pub struct Editor {
    pub state: RwSignal<Editing>,
    /// The new value: in its text field and nowhere else.
    pub value: ValueHandle,
    pub drafting: Drafting,
    place: StoredValue<(WorkspaceId, SecretId)>,
    /// Whether the server returns values.
    is_readable: bool,
    session: Session,
    navigation: Navigation,
    notices: Notices,
}

/// What the form is called in the draft store.
pub fn draft_name(workspace: &WorkspaceId, id: &SecretId) -> String {
    format!("edit/{}/{}", workspace.as_str(), id.as_str())
}

impl Editor {
    pub fn new(workspace: WorkspaceId, secret: &SecretFacts, restored: Option<RestoredDraft>) -> Self {
        let id = secret.id().clone();
        let value = value_of(restored.as_ref());
        let clock = use_clock();
        let state = RwSignal::new(Editing::of(Version::from(&secret.metadata)));
        let form = draft_name(&workspace, &id);
        let drafting = Drafting::new(form, restored.as_ref(), value, move || typed(state, value, clock));
        if let Some(RestoredDraft { draft, .. }) = restored {
            state.update(|state| {
                // With the version that it was made from, so that what came after is seen before it is saved.
                let before = draft.before.unwrap_or_else(|| state.before.clone());
                state.apply(Intent::Restored(Box::new((before, draft.form, draft.choice))));
            });
        }
        Self {
            state,
            value,
            drafting,
            place: StoredValue::new((workspace, id)),
            is_readable: secret.is_readable,
            session: use_session(),
            navigation: use_navigation(),
            notices: use_notices(),
        }
    }

    pub fn is_replacing(self) -> bool {
        self.state.with_untracked(|state| state.choice == ValueChoice::Replace)
    }

    /// How many bytes the new value has; none where there is to be none.
    pub fn new_value_bytes(self) -> Option<usize> {
        self.is_replacing().then(|| self.value.byte_count()).flatten()
    }

    /// Where the secret is, and its id.
    pub fn place(self) -> (WorkspaceId, SecretId) {
        self.place.get_value()
    }

    /// Where the secret is shown.
    pub fn address(self) -> String {
        let (workspace, id) = self.place();
        Route::Secret(workspace, id).to_path()
    }

    /// Does what was asked for or came back, and then what follows from it.
    pub fn act(self, intent: Intent) {
        let is_typing = matches!(
            intent,
            Intent::Typed(_) | Intent::TypedValue | Intent::Chose(_) | Intent::TookPicks { .. } | Intent::Discarded
        );
        let command = self.state.try_update(|state| state.apply(intent)).flatten();
        if is_typing {
            self.drafting.changed();
        }
        match command {
            Some(Command::Check) => self.read(|editor, secret| match secret {
                Ok(secret) => editor.act(Intent::Checked(version(&secret), editor.value_change())),
                Err(failure) => editor.act(Intent::CheckFailed(failure)),
            }),
            Some(Command::Look) => {
                let lost = self.state.try_with_untracked(|state| match &state.step {
                    Step::Looking(failure) => Some(failure.clone()),
                    _ => None,
                });
                self.read(move |editor, secret| match secret {
                    // Whoever has left is told that the answer was lost: the draft is still there.
                    _ if editor.is_gone() => {
                        if let Some(lost) = lost.flatten() {
                            editor.notices.failed_late(explained(&lost));
                        }
                    }
                    Ok(secret) => editor.looked(&secret),
                    Err(failure) => editor.act(Intent::LookFailed(failure)),
                });
            }
            Some(Command::Save(update)) => {
                let Some((workspace, id)) = self.place.try_get_value() else {
                    return;
                };
                let call = calls::update_secret(&workspace, &id, &update);
                let kept = self.drafting.sent();
                drop(update);
                tasks::spawn_for_page(async move {
                    match self.session.send(call).await {
                        Ok(secret) => self.leave(workspace, &secret.metadata, words().saved, &kept),
                        Err(failure) if self.is_gone() => {
                            self.notices.failed_late(explained(&failure));
                        }
                        Err(failure) => self.act(Intent::Failed(failure)),
                    }
                });
            }
            // Where it was looked for, its answer is at hand.
            Some(Command::Leave) | None => {}
        }
    }

    /// What was typed is given up for what the server has.
    pub fn discard(self) {
        if self.state.with_untracked(Editing::is_busy) {
            return;
        }
        let _ = self.value.place(&SecretText::new(""));
        self.act(Intent::Discarded);
    }

    /// Whether the view has gone. What comes after that is told all the same.
    fn is_gone(self) -> bool {
        self.place.try_get_value().is_none()
    }

    fn read(self, then: impl FnOnce(Self, Result<WorkspaceSecret, contract::Failure>) + 'static) {
        let Some((workspace, id)) = self.place.try_get_value() else {
            return;
        };
        tasks::spawn_for_page(async move {
            then(self, self.session.send(calls::read_secret(&workspace, &id)).await);
        });
    }

    fn looked(self, secret: &WorkspaceSecret) {
        let intent = Intent::Looked(version(secret), self.seen(secret));
        let command = self.state.try_update(|state| state.apply(intent)).flatten();
        if matches!(command, Some(Command::Leave))
            && let Some((workspace, _)) = self.place.try_get_value()
        {
            let kept = self.drafting.sent();
            self.leave(workspace, &secret.metadata, words().saved_after_all, &kept);
        }
    }

    /// It is saved: the secret is shown, and nothing of what was typed is kept.
    /// `kept`: where the draft is, whether the view is there or not.
    fn leave(self, workspace: WorkspaceId, metadata: &ResourceMetadata, sentence: &'static str, kept: &SentDraft) {
        let is_gone = self.is_gone();
        let _ = self.state.try_update(|state| state.apply(Intent::Saved));
        self.drafting.finish();
        kept.delete();
        // What was locked meanwhile holds no names.
        if self.session.state().try_with_untracked(State::is_open) == Some(true) {
            kept::note(&workspace, Done::Put(Box::new(metadata.clone())));
        }
        self.notices.done(fill(sentence, &[("name", &metadata.name)]));
        if is_gone {
            // Another form may stand at the address by now, with what was typed since.
            return;
        }
        let edit = Route::EditSecret(workspace.clone(), metadata.id.clone()).to_path();
        let here = Route::Secret(workspace, metadata.id.clone()).to_path();
        self.navigation.replace_if_here(&edit, &here);
    }

    /// What is to become of the value: taken out of its text field only now that it is sent.
    fn value_change(self) -> ValueChange {
        match self.state.try_with_untracked(|state| state.choice) {
            Some(ValueChoice::Replace) => self.value.take().map_or(ValueChange::Keep, ValueChange::Replace),
            Some(ValueChoice::Clear) => ValueChange::Clear,
            Some(ValueChoice::Keep) | None => ValueChange::Keep,
        }
    }

    /// Whether the server has the value that was sent, as far as it tells.
    fn seen(self, secret: &WorkspaceSecret) -> ValueSeen {
        let is_same = |sent: &SecretText, held: &SecretText| match sent.is_same(held) {
            true => ValueSeen::AsWanted,
            false => ValueSeen::Other,
        };
        match (self.value_change(), &secret.spec.value) {
            (ValueChange::Keep, _) => ValueSeen::Kept,
            (ValueChange::Replace(sent), Some(held)) => is_same(&sent, held),
            (ValueChange::Clear, Some(_)) => ValueSeen::Other,
            (ValueChange::Clear, None) if self.is_readable => ValueSeen::AsWanted,
            (ValueChange::Replace(_), None) if self.is_readable => ValueSeen::Other,
            (ValueChange::Replace(_) | ValueChange::Clear, None) => ValueSeen::Hidden,
        }
    }
}

fn version(secret: &WorkspaceSecret) -> Version {
    Version::from(&secret.metadata)
}

/// What is typed now, where it is worth keeping.
fn typed(state: RwSignal<Editing>, value: ValueHandle, clock: Clock) -> Typed {
    let text = match state.try_with_untracked(|state| state.choice) {
        // What was typed stays in its field while the value on the server is to be kept, or cleared, and so in the draft.
        Some(_) => match value.take() {
            Some(text) => Some(text).filter(|text| !text.is_empty()),
            None => return Typed::Unreadable,
        },
        None => return Typed::Nothing,
    };
    let draft = state.try_with_untracked(|state| {
        state.is_dirty(text.is_some()).then(|| Draft {
            before: Some(state.before.clone()),
            form: state.form.clone(),
            choice: state.choice,
            is_value_hidden: !value.was_shown(),
            kept_at: clock.now(),
        })
    });
    match draft.flatten() {
        Some(draft) => Typed::Something(Box::new(draft), text),
        None => Typed::Nothing,
    }
}
