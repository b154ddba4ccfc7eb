//! `/workspaces/{workspaceId}/secrets/{secretId}/edit`.

pub mod controller;

use std::sync::Arc;

use contract::{Failure, FieldChange, FieldPath, SecretId, Timestamp, UpdatePreview, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::delete_warnings::{DeleteWarning, is_plain_rename, rename_warning};
use strongroom_core::model::edit_flow::{EditStep, Intent};
use strongroom_core::model::resource::ValueChoice;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::draft::WithDraft;
use crate::components::edit_form::{EditForm, EditHandle, EditWords, ReviewContent};
use crate::components::loaded::Loaded;
use crate::components::messages::saved_as;
use crate::components::metadata_fields::MetadataInputs;
use crate::components::name_split::name_split;
use crate::components::not_found::GoneOr;
use crate::components::permission::{explained_in, explained_reading_in, why_not_send, why_not_with_key};
use crate::components::uses::{UseView, Uses};
use crate::components::value_input::ValueInput;
use crate::pages::secrets::edit::controller::{Editor, draft_name};
use crate::pages::secrets::opened::{OpenedSecret, open_secret};
use crate::pages::secrets::saving::Editing;
use crate::store::references::{Progress, use_references};
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::choice::{Choice, RadioGroup, Shape};
use crate::ui::erased::{dynamic, moving_flag};
use crate::ui::heading::Heading;
use crate::ui::icon::{Glyph, icon};

/// Reads a secret and shows the form to edit it.
#[component]
pub fn EditSecretPage(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    let workspaces = use_workspaces();
    let OpenedSecret { query: secret, known, name } = open_secret(&workspace, &id);
    let state = secret.state();
    let here = Route::Secret(workspace.clone(), id).to_path();
    let named = workspace.clone();
    let trail = Signal::derive(move || {
        let mut trail = steps(&workspaces.name(&named), &named, true);
        trail.push((name.get(), here.clone()));
        trail
    });
    let place = workspace.clone();
    // The title of the step, while the form is not on screen.
    let step = RwSignal::new(None::<String>);
    let title = Signal::derive(move || {
        let form = known.get().map(|name| fill(words::edit().title, &[("name", &name)]));
        step.get().or(form).unwrap_or_else(|| words::common().edit_secret.to_owned())
    });
    // Only a new read replaces the form, so the input survives everything else.
    let form = Arc::new(move |secret: &SecretFacts| {
        let (workspace, secret) = (workspace.clone(), secret.clone());
        let draft = draft_name(&workspace, secret.id());
        let form = Arc::new(move |restored| {
            let editor = Editor::new(workspace.clone(), &secret, restored);
            view! { <SecretForm editor secret=secret.clone() title=step /> }.into_any()
        });
        view! { <WithDraft form=draft children=form /> }.into_any()
    });
    let explained_for = place.clone();
    let explain = Arc::new(move |failure: &Failure| explained_reading_in(&explained_for, failure));
    view! {
        <Breadcrumbs steps=trail />
        <section class="form-page" aria-label=words::common().edit_secret>
            <Heading text=title />
            <GoneOr workspace=place state>
                <Loaded remote=state explain=Arc::clone(&explain) as _ on_retry=move |()| secret.reload() children=form.clone() />
            </GoneOr>
        </section>
    }
    .into_any()
}

#[component]
fn SecretForm(editor: Editor, secret: SecretFacts, title: RwSignal<Option<String>>) -> impl IntoView {
    let (workspace, _) = editor.subject();
    let reason = why_not_with_key();
    let refusal = why_not_send(&workspace);
    let lists = use_secret_lists();
    let state = editor.state;
    let learned = use_writes().names();
    let bundle = secret.metadata.bundle().map(str::to_owned);
    let old_name = secret.metadata.name.clone();
    let secret = StoredValue::new(secret);
    let now = use_clock().now();
    let references = use_references().of(&workspace);
    // What is known to break is shown before it is saved.
    let is_plain = move |changes: &[FieldChange]| {
        let is_read = references.progress().with_untracked(Progress::is_begun);
        let is_used = is_read && references.index().with_untracked(|index| index.count_of(&old_name).sets > 0);
        !is_used && secret.with_value(|secret| is_plain_rename(secret, changes, now))
    };
    let is_plain = StoredValue::new_local(is_plain);
    let named_in = workspace.clone();
    let warn_of_name = Callback::new(move |name: String| {
        if state.with_untracked(|state| state.before.fields.name == name || state.form.name_problem().is_some()) {
            return Vec::new();
        }
        let names = lists.server_names(&named_in, learned.get_untracked());
        let changes = state.with_untracked(Editing::typed);
        let warning = secret.with_value(|secret| rename_words(rename_warning(secret, &changes, now)?, now));
        let is_saved = is_plain.with_value(|is_plain| is_plain(&changes));
        let hint = is_saved.then(|| words::edit().enter_saves.to_owned());
        saved_as(names, &name).into_iter().chain(warning).chain(hint).collect()
    });
    // Not derived: each field would have a copy of all labels.
    let form = memo(move |_| state.with(|state| state.form.clone()));
    let is_editing = memo(move |_| state.with(|state| state.step == EditStep::Editing));
    let edited_in = workspace.clone();
    let explain = Arc::new(move |failure: &Failure| explained_in(&edited_in, failure));
    let warning = Signal::derive(move || {
        let changes = state.with(|state| state.reviewed().to_vec());
        secret.with_value(|secret| rename_words(rename_warning(secret, &changes, now)?, now))
    });
    let edit = EditHandle {
        state,
        drafting: editor.drafting,
        act: Callback::new(move |intent| editor.act(intent)),
        save: Callback::new(move |()| editor.save()),
        discard: Callback::new(move |()| editor.discard()),
    };
    let words = EditWords {
        label: words::common().edit_secret,
        open: words::common().open_secret,
        write: WriteWords::edit_secret(),
    };
    // Of a rename that breaks nothing known there is nothing to review.
    let saves_unreviewed =
        Callback::new(move |()| state.with_untracked(|state| is_plain.with_value(|is_plain| is_plain(state.reviewed()))));
    let notes = view! {
        {dynamic(move || reason.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
        {bundle.map(|bundle| view! { <p class="note note-warning">{icon(Glyph::WARNING)}" "<code>{bundle}</code>" · "{words::secret().bundle_meaning}</p> })}
    };
    view! {
        <EditForm
            edit
            words
            title
            address=editor.address()
            refusal
            explain
            saves_unreviewed
            review=review(editor, warning)
            notes=notes.into_any()
        >
            <MetadataInputs
                known_labels=move |()| lists.labels_in_use(&workspace)
                external_id_hint=words::metadata().external_id_hint
                form
                on_input=move |input| editor.act(Intent::Typed(input))
                warn_of_name
                name_note=move || {
                    name_split(form.into(), Signal::derive(|| false), move |name, value| editor.split_name(name, value))
                }
            >
                <ValueChoices editor />
                <NewValue editor is_editing />
            </MetadataInputs>
        </EditForm>
    }
    .into_any()
}

/// The warning before a rename, in words.
fn rename_words(warning: DeleteWarning, now: Timestamp) -> Option<String> {
    match warning {
        DeleteWarning::UsedRecently(at) => {
            let when = intl::relative(distance(at, now));
            Some(fill(words::edit().rename_used, &[("when", &when)]))
        }
        DeleteWarning::UsageUnknown => Some(words::edit().rename_unknown.to_owned()),
        DeleteWarning::Managed(_) => None,
    }
}

/// What the review shows besides the changes.
fn review(editor: Editor, warning: Signal<Option<String>>) -> ReviewContent {
    let state = editor.state;
    let request = Signal::derive(move || {
        let (workspace, id) = editor.subject();
        state.with(|state| {
            let (before, planned) = (&state.before.fields, state.part.planned());
            UpdatePreview::between(&workspace, &id, before, &state.after(), planned)
        })
    });
    let new_value = Signal::derive(move || {
        let count = editor.value.character_count();
        let sentence = plural(count, words::edit().characters_one, words::edit().characters);
        let length = fill(sentence, &[("count", &intl::count(count))]);
        let parts = [words::edit().value_replaced.to_owned(), length];
        parts.into_iter().chain(editor.value.findings()).collect::<Vec<_>>().join(" · ")
    });
    let renamed = memo(move |_| {
        state.with(|state| {
            state.reviewed().iter().find_map(|change| match change {
                FieldChange::Name(before, after) => Some((before.clone(), after.clone())),
                _ => None,
            })
        })
    });
    let uses = move || {
        dynamic(move || {
            let (from, to) = renamed.get()?;
            let (workspace, _) = editor.subject();
            Some(view! { <Uses view=UseView::Rename { workspace, from, to } /> })
        })
    };
    ReviewContent {
        before: ViewFn::from(uses),
        warning,
        new_value,
        request,
    }
}

#[component]
fn ValueChoices(editor: Editor) -> impl IntoView {
    const ORDER: [ValueChoice; 3] = [ValueChoice::Keep, ValueChoice::Replace, ValueChoice::Clear];
    let choice = |id, label| Choice {
        id,
        label,
        ..Choice::default()
    };
    let choices = vec![
        choice("value-keep", words::edit().keep),
        choice("value-replace", words::edit().replace),
        choice("value-clear", words::edit().clear),
    ];
    let chosen = Signal::derive(move || {
        let choice = editor.state.with(|state| state.part.choice);
        ORDER.iter().position(|it| *it == choice).unwrap_or_default()
    });
    let choose = move |index: usize| {
        if let Some(choice) = ORDER.get(index) {
            editor.choose(*choice);
        }
    };
    // With Replace, the error is shown at the field.
    let error = Signal::derive(move || {
        editor.state.with(|state| {
            let violation = state.form.violation(FieldPath::Value);
            violation
                .filter(|_| state.part.choice != ValueChoice::Replace)
                .map(str::to_owned)
        })
    });
    let hint = dynamic(move || {
        let is_clearing = editor.state.with(|state| state.part.choice == ValueChoice::Clear);
        is_clearing.then(|| view! { <p class="field-hint" role="status">{words::edit().clear_hint}</p> })
    });
    view! {
        <div class="value-change">
            <span class="field-label" aria-hidden="true">{words::fields().value}</span>
            <span class="muted" aria-hidden="true">"••••••••"</span>
            <RadioGroup
                name="value-change"
                label=words::edit().value_change
                choices
                chosen
                on_choose=choose
                shape=Shape::Segments
                error
            />
            {hint}
        </div>
    }
}

#[component]
fn NewValue(editor: Editor, is_editing: Memo<bool>) -> impl IntoView {
    let state = editor.state;
    let is_replacing = memo(move |_| state.with(|state| state.part.choice == ValueChoice::Replace));
    let error = Signal::derive(move || {
        state.with(|state| {
            let missing = state.is_part_missing.then(|| words::edit().new_value_required.to_owned());
            missing.or_else(|| state.form.violation(FieldPath::Value).map(str::to_owned))
        })
    });
    view! {
        // Hidden instead of removed, so that it is unchanged when shown again.
        <div hidden=moving_flag(move || !is_replacing.get())>
            <ValueInput
                id="new-value"
                label=words::edit().new_value
                value=editor.value
                on_change=move |()| editor.value_changed()
                error=error
                is_away=Signal::derive(move || !(is_editing.get() && is_replacing.get()))
            />
        </div>
    }
}
