//! Why something can't be done now.

use contract::{Failure, Kind, WorkspaceId, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::words;
use strongroom_core::model::permissions::can_change_secrets;

use crate::api::session::use_session;
use crate::components::messages::{explained, explained_reading, refusal};
use crate::store::workspaces::use_workspaces;

/// Why the secrets of this workspace can't be changed; none where they can.
pub fn why_not(workspace: &WorkspaceId) -> Signal<Option<String>> {
    why(workspace, true)
}

/// Like [`why_not`], but ignores a missing scope: the key may have got it since. For submitting a form that is filled in,
/// and for links to pages that give the reason themselves.
pub fn why_not_send(workspace: &WorkspaceId) -> Signal<Option<String>> {
    why(workspace, false)
}

fn why(workspace: &WorkspaceId, counts_scopes: bool) -> Signal<Option<String>> {
    let session = use_session();
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    Signal::derive(move || {
        let status = workspaces.find(&workspace).map(|workspace| workspace.status);
        session.state().with(|state| {
            let refused = state
                .connection()
                .filter(|_| counts_scopes)
                .map(|connection| connection.refused.as_slice())
                .unwrap_or_default();
            can_change_secrets(refused, status.as_ref()).err().map(refusal)
        })
    })
}

/// The message for a failure in a workspace. A refusal that names no scope is explained by the workspace, whose status is
/// read again after it (`store::workspaces`). Tracked.
pub fn explained_in(workspace: &WorkspaceId, failure: &Failure) -> Explanation {
    with_workspace(workspace, failure, explained(failure))
}

/// Like [`explained_in`], for a failed read: [`explained_reading`].
pub fn explained_reading_in(workspace: &WorkspaceId, failure: &Failure) -> Explanation {
    with_workspace(workspace, failure, explained_reading(failure))
}

fn with_workspace(workspace: &WorkspaceId, failure: &Failure, explanation: Explanation) -> Explanation {
    if failure.kind() != Kind::Denied || failure.missing_scope().is_some() {
        return explanation;
    }
    let workspaces = use_workspaces();
    let status = workspaces.find(workspace).map(|workspace| workspace.status);
    let reason = match status {
        Some(WorkspaceStatus::Disabled) => words::errors().refused_disabled,
        Some(WorkspaceStatus::Archived) => words::errors().refused_archived,
        Some(WorkspaceStatus::Enabled | WorkspaceStatus::Unknown(_)) => words::errors().refused_active,
        None if workspaces.is_missing(workspace) => words::errors().refused_missing,
        None => return explanation,
    };
    let reason = reason.to_owned();
    Explanation { reason, ..explanation }
}
