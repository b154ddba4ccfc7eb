//! The form that edits a resource: input, review, conflict and unknown outcome, one step at a time.

use std::sync::Arc;

use contract::{Failure, UpdatePreview};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::edit_flow::{EditStep, Editing, Intent};
use strongroom_core::model::resource::{Resource, ValueChoice};
use strongroom_core::model::write_outcome::Seen;

use crate::browser::tasks::memo;
use crate::browser::{keyboard, page, tasks};
use crate::components::conflict::Compare;
use crate::components::draft::{DraftNote, Drafting};
use crate::components::error_note::FailureNote;
use crate::components::metadata_fields::other_violations;
use crate::components::review::Review;
use crate::components::unknown_outcome::UnknownOutcome;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::erased::{dynamic, handle_submit, moving_flag};

/// An edit and what its form does with it. A handle.
pub struct EditHandle<R: Resource> {
    pub state: RwSignal<Editing<R>>,
    pub drafting: Drafting,
    pub act: Callback<Intent<R>>,
    /// Saves the reviewed changes.
    pub save: Callback<()>,
    /// Discards the input.
    pub discard: Callback<()>,
}

impl<R: Resource> Clone for EditHandle<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Resource> Copy for EditHandle<R> {}

/// What the form says of the resource.
#[derive(Clone, Copy)]
pub struct EditWords {
    /// The accessible name of the form.
    pub label: &'static str,
    /// The link to the resource.
    pub open: &'static str,
    pub write: WriteWords,
}

/// What the review shows besides the changes.
pub struct ReviewContent {
    /// Shown above it.
    pub before: ViewFn,
    /// What to point out before it is saved.
    pub warning: Signal<Option<String>>,
    /// What is said about a new value.
    pub new_value: Signal<String>,
    pub request: Signal<Option<UpdatePreview>>,
}

/// The form that edits a resource.
#[component]
pub fn EditForm<R: Resource>(
    edit: EditHandle<R>,
    words: EditWords,
    /// The title of the step, while the form is not on screen.
    title: RwSignal<Option<String>>,
    /// The address of the resource.
    address: String,
    /// Why nothing can be saved now.
    refusal: Signal<Option<String>>,
    /// The message for a failed save.
    explain: Arc<dyn Fn(&Failure) -> Explanation + Send + Sync>,
    /// Whether Enter in the name field saves without showing the review.
    #[prop(optional, into)]
    saves_unreviewed: Option<Callback<(), bool>>,
    review: ReviewContent,
    /// Shown above the form.
    notes: AnyView,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let state = edit.state;
    let on_submit = handle_submit(move || {
        match state.with_untracked(|state| state.step.clone()) {
            EditStep::Editing => {
                edit.act.run(Intent::AskedForReview);
                let is_plain = || saves_unreviewed.is_some_and(|saves_unreviewed| saves_unreviewed.run(()));
                if page::is_within("#name") && refusal.with_untracked(Option::is_none) && is_plain() {
                    edit.save.run(());
                }
            }
            EditStep::Comparing(_) => edit.act.run(Intent::TookPicks),
            EditStep::Reviewing(_) if refusal.with_untracked(Option::is_none) => edit.save.run(()),
            EditStep::Lost(_) => edit.act.run(Intent::AskedForReview),
            EditStep::Reviewing(_) | EditStep::Saving { .. } | EditStep::Looking { .. } => {}
        }
        request_animation_frame(page::focus_first_invalid);
    });
    let step = memo(move |_| state.with(|state| shown(&state.step)));
    let is_editing = memo(move |_| step.get() == Shown::Editing);
    let explain_save = Arc::clone(&explain);
    let failure = move || state.with(|state| state.failure.as_ref().map(|failure| explain(failure)));
    follow_step(edit, step, title, words);
    // A rename is the commonest edit, and F2 asks for it.
    request_animation_frame(|| {
        page::start_at("name");
        page::select_text_of("name");
    });
    keyboard::on_escape(move || {
        let can_go_back = matches!(step.get_untracked(), Shown::Reviewing | Shown::Comparing);
        if can_go_back {
            edit.act.run(Intent::WentBack);
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
    let cancel = address.clone();
    let later = move || match step.get() {
        Shown::Editing => ().into_any(),
        Shown::Reviewing => reviewed(edit, &review, refusal, Arc::clone(&explain_save)),
        Shown::Comparing => compared(edit, words.write.changed),
        Shown::Lost => lost(edit, words, address.clone()),
    };
    view! {
        <form class="form" aria-label=words.label on:submit=on_submit on:keydown=on_key novalidate>
            {notes}
            <DraftNote
                drafting=edit.drafting
                can_discard=Signal::derive(move || is_editing.get())
                on_discard=edit.discard
            />
            // Hidden instead of removed during the review: the new value exists only in its text field.
            <div class="form" hidden=moving_flag(move || !is_editing.get())>
                {children()}
                {dynamic(move || is_editing.get().then(&failure).flatten().map(|explanation| view! { <FailureNote explanation /> }))}
                {dynamic(move || state.with(|state| other_violations(&state.form, R::PART)))}
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
enum Shown {
    Editing,
    Reviewing,
    Comparing,
    Lost,
}

fn shown<Fields>(step: &EditStep<Fields>) -> Shown {
    match step {
        EditStep::Editing => Shown::Editing,
        EditStep::Reviewing(_) | EditStep::Saving { .. } => Shown::Reviewing,
        EditStep::Comparing(_) => Shown::Comparing,
        EditStep::Looking { .. } | EditStep::Lost(_) => Shown::Lost,
    }
}

/// Sets the title and the focus of each step.
fn follow_step<R: Resource>(edit: EditHandle<R>, step: Memo<Shown>, title: RwSignal<Option<String>>, words: EditWords) {
    let state = edit.state;
    let mut former = None;
    tasks::follow(move || {
        let shown = step.get();
        title.set(match shown {
            Shown::Editing => None,
            Shown::Reviewing => {
                let name = state.with_untracked(|state| R::metadata(&state.before.fields).name.clone());
                Some(fill(words::edit().review_title, &[("name", &name)]))
            }
            Shown::Comparing => Some(words.write.changed.to_owned()),
            Shown::Lost => Some(words::edit().lost_title.to_owned()),
        });
        let Some(before) = former.replace(shown).filter(|former| *former != shown) else { return };
        // A new value, and what comes after a conflict, is not saved by one more press of Enter.
        let choice = state.with_untracked(|state| R::value_choice(&state.part));
        let keeps_value = choice.is_none_or(|choice| choice == ValueChoice::Keep);
        let can_save = (before, shown) == (Shown::Editing, Shown::Reviewing) && keeps_value;
        // The focused element is gone. Focus the start of the step, or the first error.
        request_animation_frame(move || {
            page::focus_first(if can_save { ".review button[type='submit']" } else { "main h1" });
            page::focus_first_invalid();
        });
    });
    on_cleanup(move || {
        let _ = title.try_set(None);
    });
}

fn reviewed<R: Resource>(
    edit: EditHandle<R>,
    content: &ReviewContent,
    refusal: Signal<Option<String>>,
    explain: Arc<dyn Fn(&Failure) -> Explanation + Send + Sync>,
) -> AnyView {
    let state = edit.state;
    view! {
        {content.before.run()}
        <Review
            explain
            warning=content.warning
            new_value=content.new_value
            changes=Signal::derive(move || state.with(|state| state.reviewed().to_vec()))
            request=content.request
            is_sent=Signal::derive(move || state.with(|state| state.is_sent()))
            failure=Signal::derive(move || state.with(|state| state.failure.clone()))
            refusal
            on_back=move |()| edit.act.run(Intent::WentBack)
        />
    }
    .into_any()
}

fn compared<R: Resource>(edit: EditHandle<R>, label: &'static str) -> AnyView {
    let state = edit.state;
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
            label
            is_after_loss
            value=state.with_untracked(|state| R::value_choice(&state.part))
            on_pick=move |(field, side)| edit.act.run(Intent::Picked(field, side))
            on_pick_all=move |side| edit.act.run(Intent::PickedAll(side))
            on_back=move |()| edit.act.run(Intent::WentBack)
        />
    }
    .into_any()
}

/// The response was lost: the state of the save, and the safe next actions.
fn lost<R: Resource>(edit: EditHandle<R>, words: EditWords, address: String) -> AnyView {
    let write = Signal::derive(move || edit.state.with(|state| state.step.lost_write()));
    let actions = move |seen: Option<&Seen<R::Fields>>| {
        let review = seen.map(|_| view! { <SubmitButton>{words::edit().review_changes}</SubmitButton> });
        view! {
            {review}
            <Button on_click=move |_| edit.act.run(Intent::WentBack)>{words::edit().back_to_editing}</Button>
            <a href=address.clone() class="button">{words.open}</a>
        }
        .into_any()
    };
    view! {
        <UnknownOutcome
            write
            words=words.write
            on_look_again=move |()| edit.act.run(Intent::AskedToLook)
            actions=Arc::new(actions)
        />
    }
    .into_any()
}
