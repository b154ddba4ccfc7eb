//! `/workspaces/{workspaceId}/secrets/new`.

mod controller;

use std::sync::Arc;

use contract::{FieldPath, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::create_flow::Intent;
use strongroom_core::model::write_outcome::Seen;
use strongroom_core::route::Route;

use crate::browser::{page, tasks};
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::draft::{DraftNote, WithDraft};
use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::components::metadata_fields::{MetadataInputs, other_violations};
use crate::components::permission::{why_not, why_not_send};
use crate::components::unknown_outcome::UnknownOutcome;
use crate::components::value_input::ValueInput;
use crate::pages::secrets::create::controller::{Creator, draft_name};
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::ui::button::SubmitButton;
use crate::ui::erased::{dynamic, handle_submit, moving_flag};
use crate::ui::heading::Heading;

/// The form for a new secret.
#[component]
pub fn NewSecretPage(
    workspace: WorkspaceId,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let reason = why_not(&workspace);
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, true));
    let draft = draft_name(&workspace);
    let form = Arc::new(move |restored| {
        let creator = Creator::new(workspace.clone(), restored);
        view! { <NewForm creator /> }.into_any()
    });
    view! {
        <Breadcrumbs steps=trail />
        <div class="narrow">
            <Heading text=words::common().new_secret.to_owned() />
            {dynamic(move || reason.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
            <WithDraft form=draft children=form />
        </div>
    }
    .into_any()
}

#[component]
fn NewForm(creator: Creator) -> impl IntoView {
    let workspace = creator.workspace();
    let list = Route::secrets(&workspace).to_path();
    let refusal = why_not_send(&workspace);
    let lists = use_secret_lists();
    let state = creator.state;
    let on_submit = handle_submit(move || {
        if refusal.with_untracked(Option::is_none) {
            creator.act(Intent::AskedToCreate {
                is_part_fine: !creator.value.is_too_long(),
            });
            request_animation_frame(page::focus_first_invalid);
        }
    });
    let was_busy = std::cell::Cell::new(false);
    let is_busy = Signal::derive(move || state.with(|state| state.is_busy()));
    tasks::follow(move || {
        // The focused field becomes inert during the request and would lose the focus to the body.
        let is_busy = is_busy.get();
        let is_first = !was_busy.replace(is_busy);
        if is_busy && is_first {
            page::focus_first("form.form button[type='submit']");
        } else if !is_busy && !is_first {
            request_animation_frame(page::focus_first_invalid);
        }
    });
    let value_error =
        Signal::derive(move || state.with(|state| state.form.violation(FieldPath::Value).map(str::to_owned)));
    let failure = move || state.with(|state| state.refusal().map(explained));
    view! {
        <form class="form" aria-label=words::common().new_secret on:submit=on_submit novalidate>
            <DraftNote
                drafting=creator.drafting
                can_discard=Signal::derive(move || !is_busy.get())
                on_discard=move |()| creator.discard()
            />
            // Inert while it is being sent.
            <div class="form" inert=moving_flag(move || is_busy.get())>
                <MetadataInputs
                    known_labels=move |()| lists.labels_in_use(&workspace)
                    form=Signal::derive(move || state.with(|state| state.form.clone()))
                    on_input=move |input| creator.act(Intent::Typed(input))
                />
                <ValueInput
                    id="value"
                    label=words::fields().value
                    value=creator.value
                    on_change=move |()| creator.value_changed()
                    error=value_error
                    is_optional=true
                />
            </div>
            {dynamic(move || failure().map(|explanation| view! { <FailureNote explanation /> }))}
            <UnknownOutcome
                write=Signal::derive(move || state.with(|state| state.write.clone()))
                on_look_again=move |()| creator.act(Intent::AskedToLook)
                actions=Arc::new(move |seen| open_similar(&creator.workspace(), seen))
            />
            {dynamic(move || state.with(|state| other_violations(&state.form, FieldPath::Value)))}
            <div class="actions">
                <SubmitButton is_busy=is_busy refusal=refusal>
                    {dynamic(move || if is_busy.get() { words::create().creating } else { words::create().title })}
                </SubmitButton>
                <a href=list class="button">{words::common().cancel}</a>
            </div>
        </form>
    }
    .into_any()
}

/// A link to the secret that this create may have produced.
fn open_similar(workspace: &WorkspaceId, seen: Option<&Seen>) -> AnyView {
    let Some(Seen::Similar { secret, .. }) = seen else {
        return ().into_any();
    };
    let address = Route::Secret(workspace.clone(), secret.id().clone()).to_path();
    view! { <a href=address class="button">{words::common().open_secret}</a> }.into_any()
}
