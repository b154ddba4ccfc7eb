//! `/workspaces/{workspaceId}/secrets/{secretId}/edit`.

pub mod controller;

use std::sync::Arc;

use contract::{Failure, FieldChange, FieldPath, MetadataFields, SecretId, Timestamp, UpdatePreview, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::delete_warnings::{DeleteWarning, is_plain_rename, rename_warning};
use strongroom_core::model::edit_flow::{EditStep, Intent};
use strongroom_core::model::resource::ValueChoice;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::Seen;
use strongroom_core::route::Route;

use crate::browser::clock::use_clock;
use crate::browser::{intl, keyboard, page, tasks};
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::conflict::Compare;
use crate::components::draft::{DraftNote, WithDraft};
use crate::components::error_note::FailureNote;
use crate::components::loaded::Loaded;
use crate::components::messages::saved_as;
use crate::components::metadata_fields::{MetadataInputs, other_violations};
use crate::components::name_split::name_split;
use crate::components::not_found::GoneOr;
use crate::components::permission::{explained_in, explained_reading_in, why_not, why_not_send};
use crate::components::review::Review;
use crate::components::uses::{UseView, Uses};
use crate::components::unknown_outcome::UnknownOutcome;
use crate::components::value_input::ValueInput;
use crate::pages::secrets::edit::controller::{Editor, draft_name};
use crate::pages::secrets::opened::{OpenedSecret, open_secret};
use crate::pages::secrets::saving::Editing;
use crate::store::references::{Progress, use_references};
use crate::store::secret_lists::use_secret_lists;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::use_writes;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::choice::{Choice, RadioGroup, Shape};
use crate::ui::erased::{dynamic, handle_submit, moving_flag};
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
            view! { <EditForm editor secret=secret.clone() title=step /> }.into_any()
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
fn EditForm(editor: Editor, secret: SecretFacts, title: RwSignal<Option<String>>) -> impl IntoView {
    let (workspace, _) = editor.subject();
    let reason = why_not(&workspace);
    let refusal = why_not_send(&workspace);
    let lists = use_secret_lists();
    let cancel = editor.address();
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
    let on_submit = handle_submit(move || {
        match state.with_untracked(|state| state.step.clone()) {
            EditStep::Editing => {
                editor.act(Intent::AskedForReview);
                // Enter in the name field: of a rename that breaks nothing known there is nothing to review.
                let is_plain = || state.with_untracked(|state| is_plain.with_value(|is_plain| is_plain(state.reviewed())));
                if page::is_within("#name") && refusal.with_untracked(Option::is_none) && is_plain() {
                    editor.save();
                }
            }
            EditStep::Comparing(_) => editor.act(Intent::TookPicks),
            EditStep::Reviewing(_) if refusal.with_untracked(Option::is_none) => editor.save(),
            EditStep::Lost(_) => editor.act(Intent::AskedForReview),
            EditStep::Reviewing(_) | EditStep::Saving { .. } | EditStep::Looking { .. } => {}
        }
        request_animation_frame(page::focus_first_invalid);
    });
    let is_editing = Memo::new(move |_| state.with(|state| state.step == EditStep::Editing));
    let step = Memo::new(move |_| state.with(|state| kind(&state.step)));
    // Not derived: each field would have a copy of all labels.
    let form = Memo::new(move |_| state.with(|state| state.form.clone()));
    let edited_in = StoredValue::new(workspace.clone());
    let failure = move || {
        let explain = |failure: &Failure| edited_in.with_value(|workspace| explained_in(workspace, failure));
        state.with(|state| state.failure.as_ref().map(explain))
    };
    let mut shown = None;
    tasks::follow(move || {
        let kind = step.get();
        title.set(match kind {
            Kind::Editing => None,
            Kind::Reviewing => {
                let name = state.with_untracked(|state| state.before.fields.name.clone());
                Some(fill(words::edit().review_title, &[("name", &name)]))
            }
            Kind::Comparing => Some(words::edit().compare_title.to_owned()),
            Kind::Lost => Some(words::edit().lost_title.to_owned()),
        });
        let Some(before) = shown.replace(kind).filter(|shown| *shown != kind) else { return };
        // A new value, and what comes after a conflict, is not saved by one more press of Enter.
        let keeps_value = state.with_untracked(|state| state.part.choice == ValueChoice::Keep);
        let can_save = (before, kind) == (Kind::Editing, Kind::Reviewing) && keeps_value;
        // The focused element is gone. Focus the start of the step, or the first error.
        request_animation_frame(move || {
            page::focus_first(if can_save { ".review button[type='submit']" } else { "main h1" });
            page::focus_first_invalid();
        });
    });
    on_cleanup(move || {
        let _ = title.try_set(None);
    });
    // A rename is the commonest edit, and F2 asks for it.
    request_animation_frame(|| {
        page::start_at("name");
        page::select_text_of("name");
    });
    keyboard::on_escape(move || {
        let can_go_back = matches!(step.get_untracked(), Kind::Reviewing | Kind::Comparing);
        if can_go_back {
            editor.act(Intent::WentBack);
        }
        can_go_back
    });
    // One press of Enter, however long, takes one step.
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(|event| {
        let is_in_text = event_target::<web_sys::Element>(&event).matches("textarea").unwrap_or_default();
        if event.repeat() && keyboard::key_of(&event) == "Enter" && !is_in_text {
            event.prevent_default();
        }
    });
    let warning = Signal::derive(move || {
        let changes = state.with(|state| state.reviewed().to_vec());
        secret.with_value(|secret| rename_words(rename_warning(secret, &changes, now)?, now))
    });
    let later = move || match step.get() {
        Kind::Editing => ().into_any(),
        Kind::Reviewing => review(editor, warning, refusal),
        Kind::Comparing => compare(editor),
        Kind::Lost => lost(editor),
    };
    view! {
        <form class="form" aria-label=words::common().edit_secret on:submit=on_submit on:keydown=on_key novalidate>
            {dynamic(move || reason.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
            {bundle.map(|bundle| view! { <p class="note note-warning">{icon(Glyph::WARNING)}" "<code>{bundle}</code>" · "{words::secret().bundle_meaning}</p> })}
            <DraftNote
                drafting=editor.drafting
                can_discard=Signal::derive(move || is_editing.get())
                on_discard=move |()| editor.discard()
            />
            // Hidden instead of removed during the review: the new value exists only in its text field.
            <div class="form" hidden=moving_flag(move || !is_editing.get())>
                <MetadataInputs
                    known_labels=move |()| lists.labels_in_use(&workspace)
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
                {dynamic(move || is_editing.get().then(failure).flatten().map(|explanation| view! { <FailureNote explanation /> }))}
                {dynamic(move || state.with(|state| other_violations(&state.form, FieldPath::Value)))}
                {dynamic(move || {
                    let is_unchanged = state.with(|state| state.is_unchanged);
                    is_unchanged.then(|| view! { <p class="note" role="status">{words::edit().nothing_changed}</p> })
                })}
                {dynamic(move || {
                    let is_outdated = state.with(|state| state.is_outdated);
                    is_outdated.then(|| view! { <p class="note note-warning" role="alert">{words::edit().review_outdated}</p> })
                })}
                <div class="actions form-footer">
                    <SubmitButton>{words::edit().review_changes}</SubmitButton>
                    <a href=cancel class="button">{words::common().cancel}</a>
                </div>
            </div>
            {dynamic(later)}
        </form>
    }
    .into_any()
}

/// What is rendered for a step. A change within a step does not render it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Editing,
    Reviewing,
    Comparing,
    Lost,
}

fn kind(step: &EditStep<MetadataFields>) -> Kind {
    match step {
        EditStep::Editing => Kind::Editing,
        EditStep::Reviewing(_) | EditStep::Saving { .. } => Kind::Reviewing,
        EditStep::Comparing(_) => Kind::Comparing,
        EditStep::Looking { .. } | EditStep::Lost(_) => Kind::Lost,
    }
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

fn review(editor: Editor, warning: Signal<Option<String>>, refusal: Signal<Option<String>>) -> AnyView {
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
    let renamed = Memo::new(move |_| {
        state.with(|state| {
            state.reviewed().iter().find_map(|change| match change {
                FieldChange::Name(before, after) => Some((before.clone(), after.clone())),
                _ => None,
            })
        })
    });
    let uses = dynamic(move || {
        let (from, to) = renamed.get()?;
        let (workspace, _) = editor.subject();
        Some(view! { <Uses view=UseView::Rename { workspace, from, to } /> })
    });
    view! {
        {uses}
        <Review
            warning
            new_value
            changes=Signal::derive(move || state.with(|state| state.reviewed().to_vec()))
            request
            is_sent=Signal::derive(move || state.with(|state| state.is_sent()))
            failure=Signal::derive(move || state.with(|state| state.failure.clone()))
            refusal
            on_back=move |()| editor.act(Intent::WentBack)
        />
    }
    .into_any()
}

fn compare(editor: Editor) -> AnyView {
    let state = editor.state;
    let merge = Signal::derive(move || {
        state.with(|state| match &state.step {
            EditStep::Comparing(comparing) => Some(comparing.merge.clone()),
            _ => None,
        })
    });
    let is_after_loss = state
        .with_untracked(|state| matches!(&state.step, EditStep::Comparing(comparing) if comparing.is_after_loss));
    view! {
        <Compare
            merge
            is_after_loss
            value=state.with_untracked(|state| state.part.choice)
            on_pick=move |(field, side)| editor.act(Intent::Picked(field, side))
            on_pick_all=move |side| editor.act(Intent::PickedAll(side))
            on_back=move |()| editor.act(Intent::WentBack)
        />
    }
    .into_any()
}

/// The response was lost: the state of the save, and the safe next actions.
fn lost(editor: Editor) -> AnyView {
    let write = Signal::derive(move || editor.state.with(|state| state.step.lost_write()));
    let actions = move |seen: Option<&Seen>| {
        let review = seen.map(|_| view! { <SubmitButton>{words::edit().review_changes}</SubmitButton> });
        view! {
            {review}
            <Button on_click=move |_| editor.act(Intent::WentBack)>{words::edit().back_to_editing}</Button>
            <a href=editor.address() class="button">{words::common().open_secret}</a>
        }
        .into_any()
    };
    view! {
        <UnknownOutcome
            write
            on_look_again=move |()| editor.act(Intent::AskedToLook)
            actions=Arc::new(actions)
        />
    }
    .into_any()
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
    let is_replacing = Memo::new(move |_| state.with(|state| state.part.choice == ValueChoice::Replace));
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
