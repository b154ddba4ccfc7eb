//! The status of a workspace.

use contract::WorkspaceStatus;
use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::ui::badge::{Badge, Tone};

/// The status of a workspace: in colour unless it is enabled, as nearly all are. An unknown one is shown as the server
/// sent it.
#[component]
pub fn Status(
    status: WorkspaceStatus,
) -> impl IntoView {
    let (tone, text) = match status {
        WorkspaceStatus::Enabled => return words::common().status_enabled.into_any(),
        WorkspaceStatus::Disabled => (Tone::Warning, words::common().status_disabled.to_owned()),
        WorkspaceStatus::Archived => (Tone::Warning, words::common().status_archived.to_owned()),
        WorkspaceStatus::Unknown(text) if text.is_empty() => (Tone::Plain, words::common().status_unknown.to_owned()),
        WorkspaceStatus::Unknown(text) => (Tone::Plain, text),
    };
    view! { <Badge tone text /> }.into_any()
}
