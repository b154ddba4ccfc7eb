//! Carries out what editing asks for: reads, saves, leaves.

use contract::{ResourceMetadata, SecretId, SecretText, ValueChange, WorkspaceId, WorkspaceSecret, calls};
use leptos::prelude::*;

use crate::domain::aftermath::{ValueSeen, Version};
use crate::domain::secret::SecretFacts;
use crate::pages::secrets::draft::Draft;
use crate::pages::secrets::drafting::{self, Drafting};
use crate::pages::secrets::edit_state::{Command, Editing, Intent, ValueChoice};
use crate::pages::secrets::value_input::ValueHandle;
use crate::route::Route;
use crate::text::{fill, secret_words as words};
use crate::ui::notices::{Notices, use_notices};
use crate::web::kept::{self, Done};
use crate::web::navigation::{Navigation, use_navigation};
use crate::web::session::{Session, use_session};
use crate::web::tasks;

/// What is edited, and what it takes to save it. A handle.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    pub(super) state: RwSignal<Editing>,
    /// The new value: in its text field and nowhere else.
    pub(super) value: ValueHandle,
    pub(super) drafting: Drafting,
    place: StoredValue<(WorkspaceId, SecretId)>,
    /// Whether the server returns values.
    is_readable: bool,
    session: Session,
    navigation: Navigation,
    notices: Notices,
}

impl Editor {
    pub(super) fn new(workspace: WorkspaceId, secret: &SecretFacts) -> Self {
        let id = secret.id().clone();
        let state = RwSignal::new(Editing::of(Version::from(&secret.metadata)));
        let value = ValueHandle::new();
        let drafting = Drafting::new(
            format!("edit/{}/{}", workspace.as_str(), id.as_str()),
            move || draft(state, value),
            move |draft, text| take_up(state, value, draft, text),
        );
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

    pub(super) fn is_replacing(self) -> bool {
        self.state.with_untracked(|state| state.choice == ValueChoice::Replace)
    }

    /// How many bytes the new value has; none where there is to be none.
    pub(super) fn new_value_bytes(self) -> Option<usize> {
        self.is_replacing().then(|| self.value.byte_count()).flatten()
    }

    /// Where the secret is, and its id.
    pub(super) fn place(self) -> (WorkspaceId, SecretId) {
        self.place.get_value()
    }

    /// Where the secret is shown.
    pub(super) fn address(self) -> String {
        let (workspace, id) = self.place();
        Route::Secret(workspace, id).to_path()
    }

    /// Does what was asked for or came back, and then what follows from it.
    pub(super) fn act(self, intent: Intent) {
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
            Some(Command::Look) => self.read(|editor, secret| match secret {
                Ok(secret) => editor.looked(&secret),
                Err(failure) => editor.act(Intent::LookFailed(failure)),
            }),
            Some(Command::Save(update)) => {
                let Some((workspace, id)) = self.place.try_get_value() else {
                    return;
                };
                let call = calls::update_secret(&workspace, &id, &update);
                drop(update);
                tasks::spawn_for_page(async move {
                    match self.session.send(call).await {
                        Ok(secret) => self.leave(&secret.metadata, words().saved),
                        Err(failure) => self.act(Intent::Failed(failure)),
                    }
                });
            }
            // Where it was looked for, its answer is at hand.
            Some(Command::Leave) | None => {}
        }
    }

    fn read(self, then: fn(Self, Result<WorkspaceSecret, contract::Failure>)) {
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
        if matches!(command, Some(Command::Leave)) {
            self.leave(&secret.metadata, words().saved_after_all);
        }
    }

    /// It is saved: the secret is shown, and nothing of what was typed is kept.
    fn leave(self, metadata: &ResourceMetadata, sentence: &'static str) {
        let _ = self.state.try_update(|state| state.apply(Intent::Saved));
        self.drafting.finish();
        let Some((workspace, _)) = self.place.try_get_value() else {
            return;
        };
        kept::note(&workspace, Done::Put(Box::new(metadata.clone())));
        self.notices.done(fill(sentence, &[("name", &metadata.name)]));
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
fn draft(state: RwSignal<Editing>, value: ValueHandle) -> Option<(Draft, Option<SecretText>)> {
    let is_replacing = state.try_with_untracked(|state| state.choice == ValueChoice::Replace)?;
    let text = is_replacing
        .then(|| value.take())
        .flatten()
        .filter(|text| !text.is_empty());
    let draft = state.try_with_untracked(|state| {
        state.is_dirty(text.is_some()).then(|| Draft {
            before: Some(state.before.clone()),
            form: state.form.clone(),
            choice: state.choice,
            kept_at: drafting::now(),
        })
    })??;
    Some((draft, text))
}

/// Takes a draft up: against the version that it was made from, so that what came after is seen before it is saved.
fn take_up(state: RwSignal<Editing>, value: ValueHandle, draft: Draft, text: Option<SecretText>) {
    let before = draft
        .before
        .unwrap_or_else(|| state.with_untracked(|state| state.before.clone()));
    let _ = state.try_update(|state| state.apply(Intent::Restored(Box::new((before, draft.form, draft.choice)))));
    if let Some(text) = text {
        // Its field comes into the page with the choice.
        request_animation_frame(move || {
            let _ = value.set(&text);
        });
    }
}
