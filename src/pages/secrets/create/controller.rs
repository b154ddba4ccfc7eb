//! Carries out what creating asks for: sends, looks, leaves.

use contract::calls::{self, SecretQuery};
use contract::{Cursor, Failure, ProfileId, SecretFields, SecretText, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::create_flow::{Command, Creating, Intent, Step, pick};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::edit_flow::ValueChoice;
use strongroom_core::model::metadata_form::Form;
use strongroom_core::model::secret_facts::SecretFacts;
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

/// As many secrets are asked for at once when one is looked for.
const LIMIT: u32 = 100;

/// What is to be created, and what it takes. A handle.
#[derive(Clone, Copy)]
pub struct Creator {
    pub state: RwSignal<Creating>,
    /// The value: in its text field and nowhere else.
    pub value: ValueHandle,
    pub drafting: Drafting,
    workspace: StoredValue<WorkspaceId>,
    session: Session,
    navigation: Navigation,
    notices: Notices,
}

/// What the form is called in the draft store.
pub fn draft_name(workspace: &WorkspaceId) -> String {
    format!("new/{}", workspace.as_str())
}

impl Creator {
    pub fn new(workspace: WorkspaceId, restored: Option<RestoredDraft>) -> Self {
        let value = value_of(restored.as_ref());
        let clock = use_clock();
        let state = RwSignal::new(Creating::of(Form::default()));
        let form = draft_name(&workspace);
        let drafting = Drafting::new(form, restored.as_ref(), value, move || typed(state, value, clock));
        if let Some(restored) = restored {
            state.update(|state| state.form = restored.draft.form);
        }
        Self {
            state,
            value,
            drafting,
            workspace: StoredValue::new(workspace),
            session: use_session(),
            navigation: use_navigation(),
            notices: use_notices(),
        }
    }

    pub fn workspace(self) -> WorkspaceId {
        self.workspace.get_value()
    }

    /// Who is connected, as far as the server has told.
    pub fn profile(self) -> Option<ProfileId> {
        let state = self.session.state();
        state.with_untracked(|state| {
            let profile = state.connection()?.profile.as_ref()?;
            Some(profile.metadata.id.clone())
        })
    }

    /// Does what was asked for or came back, and then what follows from it.
    pub fn act(self, intent: Intent) {
        let is_typing = matches!(intent, Intent::Typed(_) | Intent::TypedValue | Intent::Discarded);
        let command = self.state.try_update(|state| state.apply(intent)).flatten();
        if is_typing {
            self.drafting.changed();
        }
        let (Some(command), Some(workspace)) = (command, self.workspace.try_get_value()) else {
            return;
        };
        match command {
            Command::Create(fields) => {
                let value = self.value.take();
                let kept = self.drafting.sent();
                let call = calls::create_secret(&workspace, &fields, value.as_ref());
                drop(value);
                tasks::spawn_for_page(async move {
                    match self.session.send(call).await.map(SecretFacts::from) {
                        Ok(secret) => self.leave(workspace, &secret, &kept),
                        Err(failure) if self.is_gone() => self.tell_late(&failure),
                        Err(failure) => self.act(Intent::Failed(failure)),
                    }
                });
            }
            Command::Look(fields) => {
                let lost = self.state.try_with_untracked(|state| match &state.step {
                    Step::Looking { failure, .. } => Some(failure.clone()),
                    _ => None,
                });
                tasks::spawn_for_page(async move {
                    let found = look(self.session, &workspace, &fields).await;
                    match lost.flatten().filter(|_| self.is_gone()) {
                        Some(lost) => self.tell_late(&lost),
                        None => self.act(Intent::Looked(Box::new(found))),
                    }
                });
            }
        }
    }

    /// Everything typed is given up.
    pub fn discard(self) {
        if self.state.with_untracked(Creating::is_busy) {
            return;
        }
        let _ = self.value.place(&SecretText::new(""));
        self.act(Intent::Discarded);
    }

    /// Whether the view has gone. What comes after that is told all the same.
    fn is_gone(self) -> bool {
        self.workspace.try_get_value().is_none()
    }

    fn tell_late(self, failure: &Failure) {
        self.notices.failed_late(explained(failure));
    }

    /// `kept`: where the draft is, whether the view is there or not.
    fn leave(self, workspace: WorkspaceId, secret: &SecretFacts, kept: &SentDraft) {
        let is_gone = self.is_gone();
        let _ = self.state.try_update(|state| state.apply(Intent::Created));
        self.drafting.finish();
        kept.delete();
        // What was locked meanwhile holds no names.
        if self.session.state().try_with_untracked(State::is_open) == Some(true) {
            kept::note(&workspace, Done::Put(Box::new(secret.metadata.clone())));
        }
        self.notices
            .done(fill(words().created, &[("name", &secret.metadata.name)]));
        if is_gone {
            // Another form may stand at the address by now, with what was typed since.
            return;
        }
        let new = Route::NewSecret(workspace.clone()).to_path();
        let here = Route::Secret(workspace, secret.id().clone()).to_path();
        self.navigation.replace_if_here(&new, &here);
    }

    /// The secret that was found is the one that was to be created: it is shown, and nothing of what was typed is kept.
    pub fn open(self, secret: &SecretFacts) {
        self.leave(self.workspace(), secret, &self.drafting.sent());
    }
}

/// What is typed now, where it is worth keeping.
fn typed(state: RwSignal<Creating>, value: ValueHandle, clock: Clock) -> Typed {
    let Some(text) = value.take() else {
        return Typed::Unreadable;
    };
    let text = Some(text).filter(|text| !text.is_empty());
    let draft = state.try_with_untracked(|state| {
        state.is_dirty(text.is_some()).then(|| Draft {
            before: None,
            form: state.form.clone(),
            choice: ValueChoice::Replace,
            is_value_hidden: !value.was_shown(),
            kept_at: clock.now(),
        })
    });
    match draft.flatten() {
        Some(draft) => Typed::Something(Box::new(draft), text),
        None => Typed::Nothing,
    }
}

/// The secret that has this name, or else this external ID.
async fn look(
    session: Session,
    workspace: &WorkspaceId,
    fields: &SecretFields,
) -> Result<Option<SecretFacts>, Failure> {
    let by_name = SecretQuery {
        prefix: Some(fields.name.clone()),
        include_info: true,
        ..SecretQuery::default()
    };
    if let Some(found) = search(session, workspace, by_name, fields).await? {
        return Ok(Some(found));
    }
    let Some(external_id) = fields.external_id.clone().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let by_external_id = SecretQuery {
        text: Some(external_id),
        include_info: true,
        ..SecretQuery::default()
    };
    search(session, workspace, by_external_id, fields).await
}

async fn search(
    session: Session,
    workspace: &WorkspaceId,
    query: SecretQuery,
    fields: &SecretFields,
) -> Result<Option<SecretFacts>, Failure> {
    let mut cursor: Option<Cursor> = None;
    let mut found = Vec::new();
    loop {
        let page = session
            .send(calls::list_secrets(workspace, &query, LIMIT, cursor.as_ref()))
            .await?;
        found.extend(page.items.into_iter().map(SecretFacts::from));
        if let Some(secret) = pick(found.iter(), fields) {
            return Ok(Some(secret.clone()));
        }
        // A server that gives the same cursor twice would lead round in a circle.
        if page.next_cursor.is_none() || page.next_cursor == cursor {
            return Ok(None);
        }
        cursor = page.next_cursor;
    }
}
