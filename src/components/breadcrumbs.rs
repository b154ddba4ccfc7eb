//! The links between a page and those around it.

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::words;
use strongroom_core::model::last_list::LastList;
use strongroom_core::route::{ReferencesState, Route};

use crate::ui::erased::dynamic;

/// The path to this view: each ancestor as a link.
#[component]
pub fn Breadcrumbs(
    /// Labels and addresses, from the top.
    #[prop(into)]
    steps: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let steps = dynamic(move || {
        let link = |(text, address): (String, String)| view! { <li><a href=address>{shown(&text).into_owned()}</a></li> };
        steps.get().into_iter().map(link).collect_view()
    });
    view! {
        <nav class="breadcrumbs" aria-label=words::common().breadcrumbs>
            <ol>{steps}</ol>
        </nav>
    }
}

/// The list that the user was at last. A context of the app.
#[derive(Clone, Copy)]
pub struct LastListContext(pub Memo<LastList>);

/// The address of the list of a workspace, as the user left it.
pub fn list_address(workspace: &WorkspaceId) -> String {
    let last = use_context::<LastListContext>();
    let route = last.map(|last| last.0.with_untracked(|last| last.of(workspace)));
    route.unwrap_or_else(|| Route::secrets(workspace)).to_path()
}

/// The ancestors of a page of a workspace: workspaces, the workspace and, if the page is below it, its list.
pub fn steps(name: &str, workspace: &WorkspaceId, is_below_list: bool) -> Vec<(String, String)> {
    let mut steps = vec![
        (words::common().workspaces.to_owned(), Route::workspaces().to_path()),
        (name.to_owned(), list_address(workspace)),
    ];
    if is_below_list {
        steps.push((words::common().secrets.to_owned(), list_address(workspace)));
    }
    steps
}

/// A view of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Secrets,
    Overview,
    References,
    Details,
}

/// The views of a workspace, as links: its secrets, what they are like, where they are used, and its details.
#[component]
pub fn WorkspaceTabs(
    workspace: WorkspaceId,
    /// The view on screen.
    current: Tab,
) -> impl IntoView {
    let references = Route::References(workspace.clone(), ReferencesState::default()).to_path();
    let current = |tab: Tab| (tab == current).then_some("page");
    view! {
        <nav class="tabs" aria-label=words::common().workspace_views>
            <a href=list_address(&workspace) aria-current=current(Tab::Secrets)>{words::common().secrets}</a>
            <a href=Route::Overview(Some(workspace.clone())).to_path() aria-current=current(Tab::Overview)>{words::common().overview}</a>
            <a href=references aria-current=current(Tab::References)>{words::common().references}</a>
            <a href=Route::Workspace(workspace).to_path() aria-current=current(Tab::Details)>{words::common().details}</a>
        </nav>
    }
    .into_any()
}
