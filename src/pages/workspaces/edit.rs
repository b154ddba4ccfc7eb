//! `/workspaces/{workspaceId}/edit`.

use std::sync::Arc;

use contract::{Failure, Scope, UpdatePreview, Workspace, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::model::draft::Draft;
use strongroom_core::model::edit_flow::{Editing, Intent};
use strongroom_core::model::metadata_form::FormInput;
use strongroom_core::model::resource::WorkspaceResource;
use strongroom_core::model::write_outcome::Version;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::browser::clock::use_clock;
use crate::browser::history::use_navigation;
use crate::components::breadcrumbs::{Breadcrumbs, steps};
use crate::components::draft::{Drafting, RestoredDraft, Typed, WithDraft};
use crate::components::edit_form::{EditForm, EditHandle, EditWords, ReviewContent};
use crate::components::loaded::Loaded;
use crate::components::permission::{explained_in, explained_reading_in, why_not_administer};
use crate::components::saving::Saving;
use crate::pages::workspaces::form::WorkspaceFields;
use crate::store::query::query;
use crate::store::workspaces::use_workspaces;
use crate::ui::erased::dynamic;
use crate::ui::heading::Heading;

/// Reads a workspace and shows the form to edit it.
#[component]
pub fn EditWorkspacePage(
    id: WorkspaceId,
) -> impl IntoView {
    let (session, workspaces) = (use_session(), use_workspaces());
    let wanted = id.clone();
    let workspace = query(move || wanted.clone(), move |id| workspaces.read(id)).again_with_key(session);
    let state = workspace.state();
    let here = Route::Workspace(id.clone()).to_path();
    let named = id.clone();
    let trail = Signal::derive(move || {
        let name = workspaces.name(&named);
        let mut trail = steps(&name, &named, false);
        trail.push((words::common().details.to_owned(), here.clone()));
        trail
    });
    // The title of the step, while the form is not on screen.
    let step = RwSignal::new(None::<String>);
    let title = Signal::derive(move || step.get().unwrap_or_else(|| words::workspace_form().edit.to_owned()));
    // The frame says what the workspace rejects.
    let reason = why_not_administer(None, Scope::WorkspacesManage);
    let form = Arc::new(move |workspace: &Workspace| {
        let workspace = workspace.clone();
        let draft = draft_name(&workspace.metadata.id);
        let form = Arc::new(move |restored| edit_form(Editor::new(&workspace, restored), step));
        view! { <WithDraft form=draft children=form /> }.into_any()
    });
    let explain = Arc::new(move |failure: &Failure| explained_reading_in(&id, failure));
    view! {
        <Breadcrumbs steps=trail />
        <section class="form-page" aria-label=words::workspace_form().edit>
            <Heading text=title />
            {dynamic(move || reason.get().map(|reason| view! { <p class="note note-warning">{reason}</p> }))}
            <Loaded remote=state explain on_retry=move |()| workspace.reload() children=form />
        </section>
    }
    .into_any()
}

/// The name of the form in the draft store.
fn draft_name(id: &WorkspaceId) -> String {
    format!("edit-workspace/{}", id.as_str())
}

/// The state of the form and its actions. A handle.
#[derive(Clone, Copy)]
pub struct Editor {
    pub state: RwSignal<Editing<WorkspaceResource>>,
    id: StoredValue<WorkspaceId>,
    drafting: Drafting,
    saving: Saving<WorkspaceResource>,
}

impl Editor {
    /// Leads to the workspace once it is saved.
    pub fn new(workspace: &Workspace, restored: Option<RestoredDraft<WorkspaceResource>>) -> Self {
        let (clock, navigation) = (use_clock(), use_navigation());
        let id = workspace.metadata.id.clone();
        let server = Version::from(workspace);
        let kept_at = restored.as_ref().map(|restored| restored.draft.kept_at);
        let editing: Editing<WorkspaceResource> = match restored {
            Some(restored) => restored.draft.into_edit(server),
            None => Editing::of(server),
        };
        let saved = id.clone();
        let saving = Saving::<WorkspaceResource>::new(editing, move |watch, save, draft| watch.update(saved.clone(), save, draft));
        let state = saving.state;
        let typed = move || {
            let draft = state.with_untracked(|state| Draft::of_edit(state, false, clock.now()));
            draft.map_or(Typed::Nothing, |draft| Typed::Something(draft.to_bytes(None)))
        };
        let drafting = Drafting::new(draft_name(&id), kept_at, None, typed);
        let address = Route::Workspace(id.clone()).to_path();
        saving.follow(move || {
            drafting.finish();
            navigation.redirect(&address);
        });
        Self {
            state,
            id: StoredValue::new(id),
            drafting,
            saving,
        }
    }

    /// Applies an intent and runs its command.
    pub fn act(self, intent: Intent<WorkspaceResource>) {
        let is_typing = matches!(
            intent,
            Intent::Typed(_) | Intent::ChangedPart(_) | Intent::TookPicks | Intent::Discarded
        );
        self.saving.act(intent, || self.drafting.sent());
        if is_typing {
            self.drafting.changed();
        }
    }
}

fn edit_form(editor: Editor, title: RwSignal<Option<String>>) -> AnyView {
    let state = editor.state;
    let id = editor.id.get_value();
    let refusal = why_not_administer(Some(&id), Scope::WorkspacesManage);
    let form = memo(move |_| state.with(|state| state.form.clone()));
    let edit = EditHandle {
        state,
        drafting: editor.drafting,
        act: Callback::new(move |intent| editor.act(intent)),
        save: Callback::new(move |()| editor.act(Intent::AskedToSave(()))),
        discard: Callback::new(move |()| editor.act(Intent::Discarded)),
    };
    let words = EditWords {
        label: words::workspace_form().edit,
        open: words::workspace_form().open,
        write: WriteWords::edit_workspace(),
    };
    let request = Signal::derive(move || {
        state.with(|state| editor.id.with_value(|id| UpdatePreview::of_workspace(id, &state.before.fields, &state.after())))
    });
    let review = ReviewContent {
        before: ViewFn::default(),
        warning: Signal::stored(None),
        new_value: Signal::stored(String::new()),
        request,
    };
    let address = Route::Workspace(id.clone()).to_path();
    view! {
        <EditForm
            edit
            words
            title
            address
            refusal
            explain=Arc::new(move |failure: &Failure| explained_in(&id, failure))
            review
            notes=().into_any()
        >
            <WorkspaceFields
                form
                description=Signal::derive(move || state.with(|state| state.part.clone()))
                on_input=move |input: FormInput| editor.act(Intent::Typed(input))
                on_describe=move |text| editor.act(Intent::ChangedPart(text))
                warn_of_name=|_| Vec::new()
            />
        </EditForm>
    }
    .into_any()
}
