//! The status of a workspace, wherever one is shown.

use contract::{WorkspaceId, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::words;

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
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    let status = memo(move |_| workspaces.status(&workspace));
    dynamic(move || {
        let (tone, text) = in_words(&status.get()?);
        Some(view! { <Badge tone=tone? text /> })
    })
}

/// Says on a page of a workspace that it is disabled or archived, and what it rejects. Looks up whether a workspace that is
/// missing is archived.
#[component]
pub fn WorkspaceNote(
    workspace: WorkspaceId,
    /// Whether the page shows a failure, which says why an archived workspace answers nothing.
    #[prop(into)]
    is_explained: Signal<bool>,
) -> impl IntoView {
    follow_workspace(&workspace);
    status_note(&workspace, is_explained)
}

/// What a disabled or archived workspace rejects; nothing while it is enabled or unknown.
pub fn status_note(workspace: &WorkspaceId, is_explained: Signal<bool>) -> AnyView {
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    let status = memo(move |_| workspaces.status(&workspace));
    dynamic(move || {
        let text = match status.get()? {
            WorkspaceStatus::Disabled => words::errors().refused_disabled,
            WorkspaceStatus::Archived if !is_explained.get() => words::errors().refused_archived,
            WorkspaceStatus::Archived | WorkspaceStatus::Enabled | WorkspaceStatus::Unknown(_) => return None,
        };
        Some(view! { <p class="note note-warning workspace-note">{text}</p> })
    })
}
