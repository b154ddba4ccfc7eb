//! The links between a page and those around it.

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::route::Route;

use crate::ui::erased::dynamic;

/// The path to this view: each ancestor as a link.
#[component]
pub fn Breadcrumbs(
    /// Labels and addresses, from the top.
    #[prop(into)]
    steps: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let steps = dynamic(move || {
        let link = |(text, address): (String, String)| view! { <li><a href=address>{text}</a></li> };
        steps.get().into_iter().map(link).collect_view()
    });
    view! {
        <nav class="breadcrumbs" aria-label=words::common().breadcrumbs>
            <ol>{steps}</ol>
        </nav>
    }
}

/// The ancestors of a page of a workspace: workspaces, the workspace and, if the page is below it, its list.
pub fn steps(name: &str, workspace: &WorkspaceId, is_below_list: bool) -> Vec<(String, String)> {
    let mut steps = vec![
        (words::common().workspaces.to_owned(), Route::Workspaces.to_path()),
        (name.to_owned(), Route::secrets(workspace).to_path()),
    ];
    if is_below_list {
        steps.push((words::common().secrets.to_owned(), Route::secrets(workspace).to_path()));
    }
    steps
}

/// The two views of a workspace, as links: its secrets and its details.
#[component]
pub fn WorkspaceTabs(
    workspace: WorkspaceId,
    /// Whether the secrets are on screen, or else the details.
    is_list: bool,
) -> impl IntoView {
    let current = |is_current: bool| is_current.then_some("page");
    view! {
        <nav class="tabs" aria-label=words::common().workspace_views>
            <a href=Route::secrets(&workspace).to_path() aria-current=current(is_list)>{words::common().secrets}</a>
            <a href=Route::Workspace(workspace).to_path() aria-current=current(!is_list)>{words::common().details}</a>
        </nav>
    }
    .into_any()
}
