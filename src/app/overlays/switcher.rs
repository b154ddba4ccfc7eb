//! The workspace switcher.

use std::sync::Arc;

use contract::{Workspace, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::fuzzy;
use strongroom_core::route::Route;

use crate::browser::history::use_navigation;
use crate::browser::{page, popover};
use crate::store::workspaces::use_workspaces;
use crate::ui::badge::Tone;
use crate::ui::combobox::{Combobox, Find, Found};

/// The maximum number of lines on screen; typing finds the rest.
const MOST: usize = 50;

/// A list of workspaces that typing filters, each with its state. Choosing one opens the same view of it.
#[component]
pub fn Switcher(
    route: Memo<Route>,
) -> impl IntoView {
    let navigation = use_navigation();
    let all = StoredValue::new(use_workspaces().all());
    let find: Find = Arc::new(move |typed: &str| {
        all.with_value(|all| {
            let of = |number: &usize| {
                let workspace = all.get(*number)?;
                let (tone, note) = state(workspace);
                Some(Found {
                    number: *number,
                    text: name(workspace).to_owned(),
                    note,
                    dot: Some(tone),
                    is_disabled: false,
                })
            };
            fuzzy::best(typed, all.iter().map(name), MOST).iter().filter_map(of).collect()
        })
    });
    let choose = move |number: usize| {
        let chosen = all.with_value(|all| all.get(number).map(|workspace| workspace.metadata.id.clone()));
        let Some(id) = chosen else { return };
        popover::close("switcher");
        navigation.go(&route.with_untracked(|route| route.in_workspace(&id)).to_path());
    };
    // The popover is open, but its content is not in the page yet.
    request_animation_frame(|| page::focus_id("switch-to"));
    let about = route.with_untracked(|route| route.workspace().cloned()).map(|id| {
        let address = Route::Workspace(id).to_path();
        view! { <a class="menu-item" href=address on:click=move |_| popover::close("switcher")>{words::common().workspace_details}</a> }
    });
    view! {
        <Combobox id="switch-to" label=words::common().filter_workspaces list_label=words::common().workspaces find on_choose=choose />
        <div class="menu-actions">
            {about}
            <a class="menu-item" href=Route::Workspaces.to_path() on:click=move |_| popover::close("switcher")>
                {words::common().all_workspaces}
            </a>
        </div>
    }
    .into_any()
}

fn name(workspace: &Workspace) -> &str {
    if workspace.metadata.name.is_empty() {
        workspace.metadata.id.as_str()
    } else {
        &workspace.metadata.name
    }
}

fn state(workspace: &Workspace) -> (Tone, String) {
    match &workspace.status {
        WorkspaceStatus::Enabled => (Tone::Success, words::common().status_enabled.to_owned()),
        WorkspaceStatus::Disabled => (Tone::Warning, words::common().status_disabled.to_owned()),
        WorkspaceStatus::Archived => (Tone::Warning, words::common().status_archived.to_owned()),
        WorkspaceStatus::Unknown(text) if text.is_empty() => (Tone::Plain, words::common().status_unknown.to_owned()),
        WorkspaceStatus::Unknown(text) => (Tone::Plain, text.clone()),
    }
}
