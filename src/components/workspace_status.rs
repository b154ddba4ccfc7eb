//! The status of a workspace, wherever one is shown.

use contract::{WorkspaceId, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::components::permission::follow_workspace;
use crate::store::workspaces::use_workspaces;
use crate::ui::badge::{Badge, Tone};
use crate::ui::erased::dynamic;

/// A status in words, with a colour unless it is enabled, as nearly all are. An unknown one is shown as the server sent it.
pub fn in_words(status: &WorkspaceStatus) -> (Option<Tone>, String) {
    match status {
        WorkspaceStatus::Enabled => (None, words::common().status_enabled.to_owned()),
        WorkspaceStatus::Disabled => (Some(Tone::Warning), words::common().status_disabled.to_owned()),
        WorkspaceStatus::Archived => (Some(Tone::Warning), words::common().status_archived.to_owned()),
        WorkspaceStatus::Unknown(text) if text.is_empty() => {
            (Some(Tone::Plain), words::common().status_unknown.to_owned())
        }
        WorkspaceStatus::Unknown(text) => (Some(Tone::Plain), text.clone()),
    }
}

/// A status as text; as a badge unless it is enabled.
pub fn status_in_words(status: &WorkspaceStatus) -> AnyView {
    match in_words(status) {
        (None, text) => text.into_any(),
        (Some(tone), text) => view! { <Badge tone text /> }.into_any(),
    }
}

/// The status of a workspace as a badge; nothing while it is enabled or unknown.
pub fn status_badge(workspace: &WorkspaceId) -> AnyView {
    badge(workspace, true)
}

/// Like [`status_badge`], beside a text that says how far a workspace is read, and of an archived one that it is not.
pub fn badge_of_read(workspace: &WorkspaceId) -> AnyView {
    badge(workspace, false)
}

fn badge(workspace: &WorkspaceId, counts_archived: bool) -> AnyView {
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    let status = memo(move |_| {
        let status = workspaces.status(&workspace)?;
        (counts_archived || status != WorkspaceStatus::Archived).then_some(status)
    });
    dynamic(move || {
        let (tone, text) = in_words(&status.get()?);
        Some(view! { <Badge tone=tone? text /> })
    })
}

/// Says above a view of a workspace that it is disabled or archived, and what it rejects. Shown where screens
/// are made, so that every view of one workspace has it.
pub fn workspace_note(route: &Route) -> AnyView {
    let rejected = rejected_in(route);
    dynamic(move || Some(view! { <p class="note note-warning workspace-note">{rejected.get()?}</p> }))
}

/// What the workspace of a view rejects; none while it is enabled or unknown. Looks up whether a workspace that is missing is
/// archived. What can't be looked up is said by the failure to read it, and here of the view that reads nothing.
pub fn rejected_in(route: &Route) -> Memo<Option<&'static str>> {
    let workspaces = use_workspaces();
    let workspace = route.workspace().cloned();
    if let Some(workspace) = &workspace {
        follow_workspace(workspace);
    }
    let reads_nothing = matches!(route, Route::NewSecret(..));
    memo(move |_| {
        let workspace = workspace.as_ref()?;
        let is_missing = reads_nothing && workspaces.is_missing(workspace);
        match workspaces.status(workspace) {
            Some(WorkspaceStatus::Disabled) => Some(words::errors().refused_disabled),
            Some(WorkspaceStatus::Archived) => Some(words::errors().refused_archived),
            Some(WorkspaceStatus::Enabled | WorkspaceStatus::Unknown(_)) => {
                is_missing.then_some(words::errors().refused_not_member)
            }
            None => is_missing.then_some(words::errors().refused_missing),
        }
    })
}
