//! The dialog that archives a workspace, for the views that offer it. It is in a part of the program that they do not load.

use std::sync::Arc;

use contract::Workspace;
use leptos::prelude::*;

/// The workspace to archive, and what follows.
#[derive(Clone)]
pub struct ArchiveRequest {
    pub workspace: Workspace,
    /// Called once it is archived.
    pub on_done: Callback<()>,
    pub on_cancel: Callback<()>,
}

/// Renders the dialog, and loads the part for it. A context of the app.
#[derive(Clone)]
pub struct ArchiveDialogs(pub Arc<dyn Fn(ArchiveRequest) -> AnyView + Send + Sync>);

/// The dialog.
pub fn archive_dialog(request: ArchiveRequest) -> AnyView {
    let dialogs = use_context::<ArchiveDialogs>();
    dialogs.map(|ArchiveDialogs(show)| show(request)).into_any()
}
