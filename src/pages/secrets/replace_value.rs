//! The dialog that replaces the value of a secret, and nothing else of it.

use std::sync::Arc;

use contract::{Failure, FieldPath, UpdatePreview};
use leptos::prelude::*;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, quoted, words};
use strongroom_core::model::edit_flow::EditStep;
use strongroom_core::model::merge::Comparison;
use strongroom_core::model::replace_value;
use strongroom_core::model::resource::ValueChoice;
use strongroom_core::model::secret_facts::SecretFacts;

use crate::browser::tasks::memo;
use crate::browser::page;
use crate::components::conflict::field_name;
use crate::components::draft::{DraftNote, WithDraft};
use crate::components::error_note::FailureNote;
use crate::components::loaded::Loaded;
use crate::components::metadata_fields::other_violations;
use crate::components::not_found::GoneOr;
use crate::components::permission::{explained_in, explained_reading_in, why_not_send};
use crate::components::replace_request::{Subject, use_replace_request};
use crate::components::review::Request;
use crate::components::unknown_outcome::UnknownOutcome;
use crate::components::value_input::ValueInput;
use crate::pages::secrets::edit::controller::{Editor, value_draft_name};
use crate::pages::secrets::opened::open_secret;
use crate::pages::secrets::saving::Intent;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_submit};

/// The id of the text field.
const FIELD: &str = "replacing-value";

/// Reads the secret, so that other people's changes are noticed, and asks for the new value.
#[component]
pub fn ReplaceValue(
    subject: Subject,
) -> impl IntoView {
    let request = use_replace_request();
    let Subject { workspace, id, name } = subject;
    let secret = open_secret(&workspace, &id).query;
    let state = secret.state();
    let place = workspace.clone();
    // Only a new read replaces the form, so the input survives everything else.
    let form = Arc::new(move |secret: &SecretFacts| {
        let (workspace, secret) = (workspace.clone(), secret.clone());
        let draft = value_draft_name(&workspace, secret.id());
        let form = Arc::new(move |restored| {
            let editor = Editor::of_value(workspace.clone(), &secret, restored, move || request.close(true));
            request_animation_frame(|| page::focus_id(FIELD));
            value_form(editor, &secret)
        });
        view! { <WithDraft form=draft children=form /> }.into_any()
    });
    let has_form = move || state.with(|state| state.data.is_some());
    let explained_for = place.clone();
    let explain = Arc::new(move |failure: &Failure| explained_reading_in(&explained_for, failure));
    view! {
        <Dialog
            label=fill(words::replace_value().title, &[("name", &name)])
            id="replace-value"
            on_cancel=move |()| request.close(false)
        >
            <GoneOr workspace=place state>
                <Loaded remote=state explain=Arc::clone(&explain) as _ on_retry=move |()| secret.reload() children=form.clone() />
            </GoneOr>
            {dynamic(move || (!has_form()).then(|| view! {
                <div class="actions">
                    <Button on_click=move |_| request.close(false)>{words::common().cancel}</Button>
                </div>
            }))}
        </Dialog>
    }
    .into_any()
}

fn value_form(editor: Editor, secret: &SecretFacts) -> AnyView {
    let state = editor.state;
    let (workspace, _) = editor.subject();
    let request = use_replace_request();
    let refusal = why_not_send(&workspace);
    let submit = move || {
        let is_refused = refusal.with_untracked(Option::is_some);
        // Only while the field is not in the page.
        let Some(value) = editor.value.take().filter(|_| !is_refused) else { return };
        for intent in state.with_untracked(|state| replace_value::save(&state.step, value)) {
            editor.act(intent);
        }
        request_animation_frame(page::focus_first_invalid);
    };
    let error = Signal::derive(move || {
        state.with(|state| {
            let missing = state.is_part_missing.then(|| words::replace_value().required.to_owned());
            missing.or_else(|| state.form.violation(FieldPath::Value).map(str::to_owned))
        })
    });
    let busy = memo(move |_| {
        state.with(|state| match &state.step {
            EditStep::Saving { is_sent: false, .. } => Some(words::edit().checking),
            EditStep::Saving { is_sent: true, .. } | EditStep::Looking { .. } => Some(words::edit().saving),
            _ => None,
        })
    });
    let discard = move |()| {
        editor.discard();
        editor.choose(ValueChoice::Replace);
    };
    let bundle = secret.metadata.bundle().map(|bundle| {
        view! { <p class="note note-warning"><code>{bundle.to_owned()}</code>" · "{words::secret().bundle_meaning}</p> }
    });
    let request_shown = Signal::derive(move || {
        let (workspace, id) = editor.subject();
        state.with(|state| {
            let (before, planned) = (&state.before.fields, state.part.planned());
            UpdatePreview::between(&workspace, &id, before, before, planned)
        })
    });
    view! {
        <form class="form replace-value" on:submit=handle_submit(submit) novalidate>
            <DraftNote
                drafting=editor.drafting
                can_discard=Signal::derive(move || state.with(|state| state.step == EditStep::Editing))
                on_discard=discard
            />
            {bundle}
            <ValueInput
                id=FIELD
                label=words::edit().new_value
                value=editor.value
                on_change=move |()| editor.choose(ValueChoice::Replace)
                error=error
            />
            {outcome(editor)}
            {dynamic(move || state.with(|state| other_violations(&state.form, FieldPath::Value)))}
            <Request
                request=request_shown
                changes=Signal::derive(move || vec![state.with(replace_value::change)])
            />
            <div class="actions">
                <Button on_click=move |_| request.close(false)>{words::common().cancel}</Button>
                <SubmitButton is_busy=Signal::derive(move || busy.with(Option::is_some)) refusal>
                    {dynamic(move || busy.get().unwrap_or(words::value().replace))}
                </SubmitButton>
            </div>
        </form>
    }
    .into_any()
}

/// What became of the last try: a conflict, a lost response, a failure.
fn outcome(editor: Editor) -> AnyView {
    let state = editor.state;
    let write = Signal::derive(move || state.with(|state| state.step.lost_write()));
    let conflict = memo(move |_| {
        state.with(|state| match &state.step {
            EditStep::Comparing(comparing) => {
                let changed = replace_value::changed_by_others(&comparing.merge).map(theirs);
                Some((comparing.is_after_loss, changed.collect::<Vec<_>>()))
            }
            _ => None,
        })
    });
    let conflict = dynamic(move || {
        let (is_after_loss, changed) = conflict.get()?;
        let intro = if is_after_loss {
            words::edit().compare_intro_lost
        } else {
            words::edit().compare_intro
        };
        Some(view! {
            <div class="note note-warning" role="alert">
                <p><strong>{words::edit().compare_title}</strong></p>
                <p>{intro}</p>
                <ul class="changes">{changed.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                <p>{words::edit().compare_value_unknown}" "{words::replace_value().keeps_theirs}</p>
            </div>
        })
    });
    let failure = dynamic(move || {
        let failure = state.with(|state| state.failure.clone())?;
        let is_unsent = state.with(|state| matches!(state.step, EditStep::Reviewing(_)));
        let unsent = is_unsent.then(|| view! { <p>{words::edit().nothing_sent}</p> });
        Some(view! { <FailureNote explanation=explained_in(&editor.subject().0, &failure) /> {unsent} })
    });
    view! {
        {conflict}
        {failure}
        <UnknownOutcome
            write
            words=WriteWords::edit_secret()
            on_look_again=move |()| editor.act(Intent::AskedToLook)
            actions=Arc::new(|_| ().into_any())
        />
    }
    .into_any()
}

/// A field that someone else has changed, before and after.
fn theirs(comparison: &Comparison) -> String {
    let shown = |text: &Option<String>| {
        text.as_deref()
            .map_or_else(|| words::edit().absent.to_owned(), quoted)
    };
    let (before, after) = (shown(&comparison.base), shown(&comparison.theirs));
    format!("{}: {before} → {after}", field_name(&comparison.field))
}
