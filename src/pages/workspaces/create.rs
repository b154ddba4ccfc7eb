//! `/workspaces/new`.

use std::sync::Arc;

use contract::{Failure, FieldPath, Scope, WorkspaceFields as Fields, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::create_flow::{Command, Creating, Intent};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::metadata_form::FormInput;
use strongroom_core::model::resource::WorkspaceResource;
use strongroom_core::model::write_outcome::{Done, Seen, WriteState};
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::browser::clock::use_clock;
use crate::browser::history::use_navigation;
use crate::browser::{page, tasks};
use crate::components::breadcrumbs::Breadcrumbs;
use crate::components::draft::{DraftNote, Drafting, RestoredDraft, Typed, WithDraft};
use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::components::metadata_fields::other_violations;
use crate::components::permission::why_not_administer;
use crate::components::unknown_outcome::UnknownOutcome;
use crate::pages::workspaces::form::WorkspaceFields;
use crate::store::workspaces::use_workspaces;
use crate::store::writes::{Watch, use_writes};
use crate::ui::button::SubmitButton;
use crate::ui::erased::{dynamic, handle_submit, moving_flag};
use crate::ui::heading::Heading;

/// The name of the form in the draft store.
const DRAFT: &str = "new-workspace";

/// The form for a new workspace.
#[component]
pub fn NewWorkspacePage() -> impl IntoView {
    let reason = why_not_administer(None, Scope::WorkspacesManage);
    let trail = vec![(words::common().workspaces.to_owned(), Route::workspaces().to_path())];
    let form = Arc::new(move |restored| view! { <NewForm creator=Creator::new(restored) /> }.into_any());
    view! {
        <Breadcrumbs steps=Signal::stored(trail) />
        <div class="form-page">
            <Heading text=words::workspace_form().new.to_owned() />
            {dynamic(move || reason.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
            <WithDraft form=DRAFT.to_owned() children=form />
        </div>
    }
    .into_any()
}

/// The state of the form and its actions. A handle.
#[derive(Clone, Copy)]
pub struct Creator {
    pub state: RwSignal<Creating<WorkspaceResource>>,
    drafting: Drafting,
    watch: Watch<Fields>,
}

impl Creator {
    pub fn new(restored: Option<RestoredDraft<WorkspaceResource>>) -> Self {
        let (clock, navigation) = (use_clock(), use_navigation());
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let creating = restored.map(|restored| restored.draft.into_new());
        let state = RwSignal::new(creating.unwrap_or_default());
        let typed = move || {
            let draft = state.with_untracked(|state| Draft::of_new(state, false, clock.now()));
            draft.map_or(Typed::Nothing, |draft| Typed::Something(draft.to_bytes(None)))
        };
        let creator = Self {
            state,
            drafting: Drafting::new(DRAFT.to_owned(), kept_at, None, typed),
            watch: use_writes().watch(),
        };
        tasks::follow(move || {
            let Some(write) = creator.watch.state().get() else { return };
            let created = match &write {
                WriteState::Done(Done::Saved { id, .. }) => WorkspaceId::parse(id.as_str()).ok(),
                _ => None,
            };
            creator.act(Intent::Write(write));
            if let Some(id) = created {
                creator.drafting.finish();
                navigation.redirect(&Route::Workspace(id).to_path());
            }
        });
        creator
    }

    /// Applies an intent and runs its command.
    pub fn act(self, intent: Intent<WorkspaceResource>) {
        let is_typing = matches!(intent, Intent::Typed(_) | Intent::ChangedPart(_) | Intent::Discarded);
        let mut command = None;
        self.state.update(|state| command = state.apply(intent));
        if is_typing {
            self.drafting.changed();
        }
        match command {
            Some(Command::Create(fields)) => self.watch.create(fields, self.drafting.sent()),
            Some(Command::LookAgain) => self.watch.look_again(),
            None => {}
        }
    }
}

#[component]
fn NewForm(creator: Creator) -> impl IntoView {
    let state = creator.state;
    let workspaces = use_workspaces();
    let refusal = why_not_administer(None, Scope::WorkspacesManage);
    let is_busy = Signal::derive(move || state.with(Creating::is_busy));
    // Not derived: each field would have a copy of all labels.
    let form = memo(move |_| state.with(|state| state.form.clone()));
    let failure = memo(move |_| state.with(|state| state.refusal().map(|failure: &Failure| explained(failure))));
    let warn_of_name = Callback::new(move |name: String| {
        let is_taken = untrack(|| workspaces.all()).iter().any(|workspace| workspace.metadata.name == name);
        is_taken.then(|| fill(words::workspace_form().exists, &[("name", &name)])).into_iter().collect()
    });
    let on_submit = handle_submit(move || {
        if refusal.with_untracked(Option::is_none) {
            creator.act(Intent::AskedToCreate { is_part_fine: true });
        }
        request_animation_frame(page::focus_first_invalid);
    });
    let was_busy = std::cell::Cell::new(false);
    tasks::follow(move || {
        // The focused field becomes inert during the request and would lose the focus to the body.
        let is_busy = is_busy.get();
        if is_busy && !was_busy.replace(is_busy) {
            page::focus_first("form.form button[type='submit']");
        } else if !is_busy && was_busy.replace(is_busy) {
            request_animation_frame(page::focus_first_invalid);
        }
    });
    // After the heading, which takes the focus when the view opens.
    request_animation_frame(|| page::start_at("name"));
    view! {
        <form class="form" aria-label=words::workspace_form().new on:submit=on_submit novalidate>
            <DraftNote
                drafting=creator.drafting
                can_discard=Signal::derive(move || !is_busy.get())
                on_discard=move |()| creator.act(Intent::Discarded)
            />
            // Inert while it is being sent.
            <div class="form" inert=moving_flag(move || is_busy.get())>
                <WorkspaceFields
                    form
                    description=Signal::derive(move || state.with(|state| state.part.clone()))
                    on_input=move |input: FormInput| creator.act(Intent::Typed(input))
                    on_describe=move |text| creator.act(Intent::ChangedPart(text))
                    warn_of_name
                />
            </div>
            {dynamic(move || failure.get().map(|explanation| view! { <FailureNote explanation /> }))}
            <UnknownOutcome
                write=Signal::derive(move || state.with(|state| state.write.clone()))
                words=WriteWords::create_workspace()
                on_look_again=move |()| creator.act(Intent::AskedToLook)
                actions=Arc::new(open_similar)
            />
            {dynamic(move || state.with(|state| other_violations(&state.form, FieldPath::Description)))}
            <div class="actions form-footer">
                <SubmitButton is_busy refusal>
                    {dynamic(move || if is_busy.get() { words::create().creating } else { words::workspace_form().create })}
                </SubmitButton>
                <a href=Route::workspaces().to_path() class="button">{words::common().cancel}</a>
            </div>
        </form>
    }
    .into_any()
}

/// A link to the workspace that this create may have produced.
fn open_similar(seen: Option<&Seen<Fields>>) -> AnyView {
    let Some(Seen::Similar { found, .. }) = seen else {
        return ().into_any();
    };
    let Ok(id) = WorkspaceId::parse(found.id.as_str()) else {
        return ().into_any();
    };
    view! { <a href=Route::Workspace(id).to_path() class="button">{words::workspace_form().open}</a> }.into_any()
}
