//! `/workspaces/{workspaceId}/secrets/{secretId}/edit`.

use contract::{FieldChange, FieldPath, SecretId, ValueChange, WorkspaceId, calls};
use leptos::prelude::*;
use std::sync::Arc;

use super::edit_state::{Command, Editing, Intent, Step, ValueChoice};
use super::fields::SecretFieldInputs;
use super::shared::{other_violations, steps, why_not};
use super::value_input::{ValueHandle, ValueInput};
use super::words::{change, explained};
use crate::domain::secret::SecretFacts;
use crate::route::Route;
use crate::text::{fill, words};
use crate::ui::breadcrumbs::Breadcrumbs;
use crate::ui::button::{Button, Rank, SubmitButton};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::erased::{When, dynamic, handle_submit, moving_flag};
use crate::ui::failure_note::FailureNote;
use crate::ui::heading::Heading;
use crate::ui::loaded::Loaded;
use crate::ui::notices::use_notices;
use crate::web::kept::{self, Done};
use crate::web::navigation::use_navigation;
use crate::web::query::query;
use crate::web::session::use_session;
use crate::web::workspaces::use_workspaces;
use crate::web::{page, tasks};

/// Reads a secret and lets it be edited.
#[component]
pub fn EditSecretPage(
    /// Where.
    workspace: WorkspaceId,
    /// Which.
    id: SecretId,
) -> impl IntoView {
    let words = words();
    let session = use_session();
    let workspaces = use_workspaces();
    let key = (workspace.clone(), id.clone());
    let secret = query(
        move || key.clone(),
        move |(workspace, id)| async move {
            session
                .send(calls::read_secret(&workspace, &id))
                .await
                .map(SecretFacts::from)
        },
    );
    let state = secret.state();
    let here = Route::Secret(workspace.clone(), id).to_path();
    let named = workspace.clone();
    let trail = Signal::derive(move || {
        let mut trail = steps(&workspaces.name(&named), &named, true);
        let name = state.with(|state| {
            state
                .data
                .as_ref()
                .map(|secret: &SecretFacts| secret.metadata.name.clone())
        });
        trail.push((name.unwrap_or_else(|| words.secret.to_owned()), here.clone()));
        trail
    });
    // Only another read makes another form: what is typed outlives everything else.
    let form = Arc::new(move |secret: &SecretFacts| {
        view! { <EditForm workspace=workspace.clone() secret=secret.clone() /> }.into_any()
    });
    view! {
        <Breadcrumbs steps=trail />
        <section class="narrow" aria-labelledby="edit-heading">
            <div id="edit-heading"><Heading text=words.edit_secret.to_owned() /></div>
            <Loaded remote=state explain=explained on_retry=move |()| secret.reload() children=form />
        </section>
    }
    .into_any()
}

#[component]
fn EditForm(workspace: WorkspaceId, secret: SecretFacts) -> impl IntoView {
    let words = words();
    let session = use_session();
    let navigation = use_navigation();
    let notices = use_notices();
    let state = RwSignal::new(Editing::of(&secret));
    let new_value = ValueHandle::new();
    let labels_of = workspace.clone();
    let refusal = why_not(&workspace);
    let here = Route::Secret(workspace.clone(), secret.id().clone()).to_path();
    let edit_address = Route::EditSecret(workspace.clone(), secret.id().clone()).to_path();
    let cancel = here.clone();

    let perform = move |command: Option<Command>| {
        let Some(Command::Save(update)) = command else { return };
        let call = calls::update_secret(&workspace, secret.id(), &update);
        drop(update);
        let (workspace, here, edit_address) = (workspace.clone(), here.clone(), edit_address.clone());
        tasks::spawn_for_page(async move {
            match session.send(call).await.map(SecretFacts::from) {
                Ok(secret) => {
                    let _ = state.try_update(|state| state.apply(Intent::Saved));
                    kept::note(&workspace, Done::Put(Box::new(secret.metadata.clone())));
                    notices.done(fill(words.saved, &[("name", &secret.metadata.name)]));
                    navigation.replace_if_here(&edit_address, &here);
                }
                Err(failure) => {
                    let _ = state.try_update(|state| state.apply(Intent::Failed(failure)));
                }
            }
        });
    };
    let act = Callback::new(move |intent: Intent| {
        let command = state.try_update(|state| state.apply(intent)).flatten();
        perform(command);
    });
    let on_submit = handle_submit(move || {
        let is_replacing = state.with_untracked(|state| state.choice == ValueChoice::Replace);
        match state.with_untracked(|state| state.step.clone()) {
            // It is told at its field.
            Step::Editing if is_replacing && new_value.is_too_long() => {
                request_animation_frame(page::focus_first_invalid);
            }
            Step::Editing => {
                let new_value_bytes = if is_replacing { new_value.byte_count() } else { None };
                act.run(Intent::AskedForReview { new_value_bytes });
                request_animation_frame(page::focus_first_invalid);
            }
            Step::Reviewing(_) if refusal.with_untracked(Option::is_none) => {
                let value = match state.with_untracked(|state| state.choice) {
                    ValueChoice::Keep => ValueChange::Keep,
                    ValueChoice::Replace => new_value.take().map_or(ValueChange::Keep, ValueChange::Replace),
                    ValueChoice::Clear => ValueChange::Clear,
                };
                act.run(Intent::AskedToSave(value));
            }
            Step::Reviewing(_) | Step::Saving(_) => {}
        }
    });
    let is_editing = Memo::new(move |_| state.with(|state| state.step == Step::Editing));
    let failure = move || state.with(|state| state.failure.as_ref().map(explained));
    view! {
        <form class="form" aria-label=words.edit_secret on:submit=on_submit novalidate>
            {dynamic(move || refusal.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
            // Hidden and not taken away while it is reviewed: the new value is in its text field and nowhere else.
            <div class="form" hidden=moving_flag(move || !is_editing.get())>
                <SecretFieldInputs
                    workspace=labels_of
                    form=Signal::derive(move || state.with(|state| state.form.clone()))
                    on_input=move |input| act.run(Intent::Typed(input))
                />
                <ValueChoices state act />
                <NewValue state act value=new_value />
                {dynamic(move || failure().map(|explanation| view! { <FailureNote explanation /> }))}
                {dynamic(move || state.with(|state| other_violations(&state.form)))}
                {dynamic(move || {
                    let is_unchanged = state.with(|state| state.is_unchanged);
                    is_unchanged.then(|| view! { <p class="note" role="status">{words.nothing_changed}</p> })
                })}
                <div class="actions">
                    <SubmitButton>{words.review_changes}</SubmitButton>
                    <a href=cancel class="button">{words.cancel}</a>
                </div>
            </div>
            <When condition=Signal::derive(move || !is_editing.get())>
                <Review state act refusal />
            </When>
        </form>
    }
    .into_any()
}

#[component]
fn ValueChoices(state: RwSignal<Editing>, act: Callback<Intent>) -> impl IntoView {
    const ORDER: [ValueChoice; 3] = [ValueChoice::Keep, ValueChoice::Replace, ValueChoice::Clear];
    let words = words();
    let choice = |id, label, hint| Choice {
        id,
        label,
        hint,
        ..Choice::default()
    };
    let choices = vec![
        choice("value-keep", words.keep, words.keep_hint),
        choice("value-replace", words.replace, words.replace_hint),
        choice("value-clear", words.clear, words.clear_hint),
    ];
    let chosen = Signal::derive(move || {
        let choice = state.with(|state| state.choice);
        ORDER.iter().position(|it| *it == choice).unwrap_or_default()
    });
    let choose = move |index: usize| {
        if let Some(choice) = ORDER.get(index) {
            act.run(Intent::Chose(*choice));
        }
    };
    view! { <RadioGroup name="value-change" label=words.value_change choices chosen on_choose=choose /> }
}

#[component]
fn NewValue(state: RwSignal<Editing>, act: Callback<Intent>, value: ValueHandle) -> impl IntoView {
    let words = words();
    let is_replacing = Memo::new(move |_| state.with(|state| state.choice == ValueChoice::Replace));
    let error = Signal::derive(move || {
        state.with(|state| {
            let missing = state.is_value_missing.then(|| words.new_value_required.to_owned());
            missing.or_else(|| state.form.violation(FieldPath::Value).map(str::to_owned))
        })
    });
    view! {
        <When condition=Signal::derive(move || is_replacing.get())>
            <ValueInput
                id="new-value"
                label=words.new_value
                value=value
                on_change=move |()| act.run(Intent::TypedValue)
                error=error
            />
        </When>
    }
}

#[component]
fn Review(state: RwSignal<Editing>, act: Callback<Intent>, refusal: Signal<Option<String>>) -> impl IntoView {
    let words = words();
    let changes = move || match state.with(|state| state.step.clone()) {
        Step::Reviewing(changes) | Step::Saving(changes) => changes,
        Step::Editing => Vec::new(),
    };
    let mask = dynamic(move || {
        let mask: contract::FieldMask = changes().iter().map(FieldChange::path).collect();
        mask.to_string()
    });
    let is_saving = Signal::derive(move || state.with(|state| matches!(state.step, Step::Saving(_))));
    // Why one cannot go back now; it is not what is at work.
    let wait = Signal::derive(move || is_saving.get().then(|| words.saving.to_owned()));
    view! {
        <div class="review">
            <p>{words.changes_intro}</p>
            <ul class="changes" aria-label=words.changes>
                {dynamic(move || changes().iter().map(|it| view! { <li>{change(it)}</li> }).collect_view())}
            </ul>
            <p class="muted">{words.update_mask}": "<code>{mask}</code></p>
            <div class="actions">
                <SubmitButton is_busy=is_saving refusal>
                    {dynamic(move || if is_saving.get() { words.saving } else { words.save_changes })}
                </SubmitButton>
                <Button rank=Rank::Secondary refusal=wait on_click=move |_| act.run(Intent::WentBack)>
                    {words.back_to_editing}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
