//! What can be done with the workspace on screen, and with all of them.

use contract::{Scope, Workspace, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::route::Route;

use crate::browser::history::use_navigation;
use crate::components::actions::{offer, offer_unless};
use crate::components::archive_request::{ArchiveRequest, archive_dialog};
use crate::components::permission::why_not_administer;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// Members, edit and archive of a workspace. What only an admin may do stays visible and says why it can't be done.
#[component]
pub fn WorkspaceActions(
    id: WorkspaceId,
    /// The workspace, once it is read.
    #[prop(into)]
    workspace: Signal<Option<Workspace>>,
) -> impl IntoView {
    let navigation = use_navigation();
    let refusal = why_not_administer(Some(&id), Scope::WorkspacesManage);
    let members = Route::Members(id.clone()).to_path();
    let edit = Route::EditWorkspace(id).to_path();
    let is_archiving = RwSignal::new(false);
    let (go_edit, go_members) = (edit.clone(), members.clone());
    offer_unless(refusal, ActionId::Edit, words::common().edit, move || navigation.go(&go_edit));
    let unread = Signal::derive(move || refusal.get().or_else(|| workspace.with(Option::is_none).then(|| words::common().loading.to_owned())));
    offer_unless(unread, ActionId::Archive, words::workspaces().archive, move || is_archiving.set(true));
    offer(ActionId::GoToMembers, words::workspaces().members, move || navigation.go(&go_members));
    let dialog = dynamic(move || {
        let is_open = is_archiving.get();
        let workspace = workspace.get_untracked().filter(|_| is_open)?;
        Some(archive_dialog(ArchiveRequest {
            workspace,
            on_done: Callback::new(move |()| navigation.redirect(&Route::workspaces().to_path())),
            on_cancel: Callback::new(move |()| is_archiving.set(false)),
        }))
    });
    view! {
        <a href=members class="button">{words::workspaces().members}</a>
        <Button glyph=Glyph::PENCIL refusal shortcut="e" on_click=move |_| navigation.go(&edit)>{words::common().edit}</Button>
        <Button refusal=unread on_click=move |_| is_archiving.set(true)>{words::workspaces().archive}</Button>
        {dialog}
    }
    .into_any()
}

/// The button for a new workspace.
#[component]
pub fn NewWorkspace() -> impl IntoView {
    let navigation = use_navigation();
    let refusal = why_not_administer(None, Scope::WorkspacesManage);
    let new = move || navigation.go(&Route::NewWorkspace.to_path());
    offer_unless(refusal, ActionId::New, words::workspaces().new, new);
    view! {
        <Button rank=Rank::Primary glyph=Glyph::PLUS refusal shortcut="n" on_click=move |_| new()>
            {words::workspaces().new}
        </Button>
    }
    .into_any()
}
