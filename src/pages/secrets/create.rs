//! `/workspaces/{workspaceId}/secrets/new`.

mod controller;
mod import;

use std::sync::Arc;

use contract::{Failure, FieldPath, SecretId, SecretText, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::create_flow::Intent;
use strongroom_core::model::write_outcome::Seen;
use strongroom_core::route::{Prefill, Route};

use crate::browser::tasks::memo;
use crate::browser::{page, secret_textarea, tasks};
use crate::components::breadcrumbs::{Breadcrumbs, list_address, steps};
use crate::components::draft::{DraftNote, WithDraft};
use crate::components::error_note::FailureNote;
use crate::components::messages::saved_as;
use crate::components::metadata_fields::{MetadataInputs, other_violations};
use crate::components::name_split::name_split;
use crate::components::permission::{explained_in, why_not_send, why_not_with_key};
use crate::components::unknown_outcome::UnknownOutcome;
use crate::components::value_input::ValueInput;
use crate::pages::secrets::create::controller::{Creator, PastedInto, draft_name};
use crate::pages::secrets::create::import::Import;
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::erased::{dynamic, handle_click, handle_submit, moving_flag};
use crate::ui::heading::Heading;

/// The form for a new secret.
#[component]
pub fn NewSecretPage(
    workspace: WorkspaceId,
    /// What to begin with. A draft of the same form has precedence.
    prefill: Prefill,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let reason = why_not_with_key();
    let named = workspace.clone();
    let trail = Signal::derive(move || steps(&workspaces.name(&named), &named, true));
    let draft = draft_name(&workspace, &prefill.fields());
    let form = Arc::new(move |restored| {
        let creator = Creator::new(workspace.clone(), restored, prefill.fields());
        view! { <NewForm creator /> }.into_any()
    });
    view! {
        <Breadcrumbs steps=trail />
        <div class="form-page">
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
    let refusal = why_not_send(&workspace);
    let state = creator.state;
    let is_importing = creator.is_importing;
    let import = StoredValue::new(None::<Import>);
    let submit = move || {
        let is_allowed = refusal.with_untracked(Option::is_none);
        if !is_importing.get_untracked() {
            if is_allowed {
                creator.create(false);
            }
        } else if is_allowed && let Some(import) = import.get_value() {
            import.start();
        }
        request_animation_frame(page::focus_first_invalid);
    };
    let on_submit = handle_submit(submit);
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
    // After the heading, which takes the focus when the view opens.
    request_animation_frame(|| page::start_at("name"));
    let on_paste: Box<dyn FnMut(web_sys::ClipboardEvent) + Send> = Box::new(move |event| {
        let is_free = !event.default_prevented() && !is_busy.get_untracked();
        let into = page::target_id(&event).and_then(|id| match id.as_str() {
            "name" => Some(PastedInto::Name),
            "value" => Some(PastedInto::Value),
            _ => None,
        });
        if is_free
            && let (Some(into), Some(text)) = (into, secret_textarea::pasted(&event))
            && creator.take_paste(into, &text)
        {
            event.prevent_default();
        }
    });
    let pasted = move || {
        let shown = is_importing.get().then(|| {
            let back = Callback::new(move |()| {
                is_importing.set(false);
                request_animation_frame(|| page::focus_id("name"));
            });
            let (handle, view) = import::show(creator.workspace(), creator.take_pasted(), refusal, back);
            import.set_value(Some(handle));
            tasks::follow(move || {
                if handle.is_done() {
                    creator.end_import();
                }
            });
            request_animation_frame(|| page::focus_first(".import input"));
            view
        });
        if shown.is_none() {
            import.set_value(None);
        }
        shown
    };
    view! {
        <form class="form" aria-label=words::common().new_secret on:submit=on_submit on:paste=on_paste novalidate>
            <div class="form" hidden=moving_flag(move || is_importing.get())>
                <OneSecret creator is_busy refusal />
            </div>
            {dynamic(pasted)}
        </form>
    }
    .into_any()
}

#[component]
fn OneSecret(creator: Creator, is_busy: Signal<bool>, refusal: Signal<Option<String>>) -> impl IntoView {
    let workspace = creator.workspace();
    let list = list_address(&workspace);
    let lists = use_secret_lists();
    let state = creator.state;
    let known = workspace.clone();
    let learned = use_writes().names();
    let warn_of_name = Callback::new(move |name: String| {
        let names = lists.server_names(&workspace, learned.get_untracked());
        let taken = lists.taken_name(&workspace, &name, names).filter(|_| !name.is_empty());
        let exists = taken.map(|taken| fill(words::create().exists, &[("name", &taken)]));
        saved_as(names, &name).into_iter().chain(exists).collect()
    });
    let value_error =
        Signal::derive(move || state.with(|state| state.form.violation(FieldPath::Value).map(str::to_owned)));
    // Not derived: each field would have a copy of all labels.
    let form = memo(move |_| state.with(|state| state.form.clone()));
    let creating_in = creator.workspace();
    let failure = memo(move |_| {
        let explain = |failure: &Failure| explained_in(&creating_in, failure);
        state.with(|state| state.refusal().map(explain))
    });
    let split = move || {
        let note = move || {
            let undo = handle_click(move |_| {
                creator.undo_split();
                page::focus_id("name");
            });
            view! {
                <p class="field-hint">
                    {words::create().split}" · "
                    <button type="button" class="link" on:click=undo>{words::common().undo}</button>
                </p>
            }
        };
        view! {
            <div role="status">{dynamic(move || creator.is_split.get().then(note))}</div>
            {name_split(form.into(), creator.is_held.into(), move |name, value| creator.split_name(name, value))}
        }
    };
    let another = move |_| {
        creator.create(true);
        request_animation_frame(page::focus_first_invalid);
    };
    view! {
        <DraftNote
            drafting=creator.drafting
            can_discard=Signal::derive(move || !is_busy.get())
            on_discard=move |()| creator.discard()
        />
        <p class="muted">{words::create().paste_hint}</p>
        // Inert while it is being sent.
        <div class="form" inert=moving_flag(move || is_busy.get())>
            <MetadataInputs
                known_labels=move |()| lists.labels_in_use(&known)
                external_id_hint=words::metadata().external_id_hint
                form
                on_input=move |input| creator.typed(input)
                warn_of_name
                name_note=split
            >
                <ValueInput
                    id="value"
                    label=words::fields().value
                    value=creator.value
                    on_change=move |()| creator.value_changed()
                    error=value_error
                    is_optional=true
                    is_away=creator.is_importing
                    take_text=Callback::new(move |text: SecretText| creator.take_paste(PastedInto::Value, &text))
                />
            </MetadataInputs>
        </div>
        {dynamic(move || failure.get().map(|explanation| view! { <FailureNote explanation /> }))}
        <UnknownOutcome
            write=Signal::derive(move || state.with(|state| state.write.clone()))
            words=WriteWords::create_secret()
            on_look_again=move |()| creator.act(Intent::AskedToLook)
            actions=Arc::new(move |seen| open_similar(&creator.workspace(), seen))
        />
        {dynamic(move || state.with(|state| other_violations(&state.form, FieldPath::Value)))}
        <div class="actions form-footer">
            <SubmitButton is_busy=is_busy refusal=refusal>
                {dynamic(move || if is_busy.get() { words::create().creating } else { words::create().title })}
            </SubmitButton>
            <Button is_busy=is_busy refusal=refusal on_click=another>{words::create().another}</Button>
            <a href=list class="button">{words::common().cancel}</a>
        </div>
    }
    .into_any()
}

/// A link to the secret that this create may have produced.
fn open_similar(workspace: &WorkspaceId, seen: Option<&Seen>) -> AnyView {
    let Some(Seen::Similar { found, .. }) = seen else {
        return ().into_any();
    };
    let Ok(id) = SecretId::parse(found.id.as_str()) else {
        return ().into_any();
    };
    let address = Route::Secret(workspace.clone(), id).to_path();
    view! { <a href=address class="button">{words::common().open_secret}</a> }.into_any()
}
