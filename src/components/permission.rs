//! Why something can't be done now.

use contract::{Failure, Kind, Operation, Scope, WorkspaceId, WorkspaceStatus};
use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::words;
use strongroom_core::model::permissions::{Refusal, can_administer, can_change_secrets};

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::browser::tasks;
use crate::components::messages::{explained, explained_reading, refusal};
use crate::store::admin_access::admin_access;
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

/// Why the key can't change secrets, in any workspace. For the note in a form: the frame says what its workspace rejects.
pub fn why_not_with_key() -> Signal<Option<String>> {
    let session = use_session();
    Signal::derive(move || {
        session.state().with(|state| {
            let refused = state.connection().map(|connection| connection.refused.as_slice()).unwrap_or_default();
            can_change_secrets(refused, None).err().map(refusal)
        })
    })
}

/// Why nothing in this workspace can be read; none where it can, as far as is known.
pub fn why_not_read(workspace: &WorkspaceId) -> Signal<Option<String>> {
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    Signal::derive(move || {
        let is_archived = workspaces.status(&workspace) == Some(WorkspaceStatus::Archived);
        is_archived.then(|| refusal(Refusal::Archived))
    })
}

fn why(workspace: &WorkspaceId, counts_scopes: bool) -> Signal<Option<String>> {
    let session = use_session();
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    Signal::derive(move || {
        let status = workspaces.status(&workspace);
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
    if failure.operation == Operation::ListSecrets && failure.kind() == Kind::NotFound {
        let reason = words::errors().no_such_workspace.to_owned();
        return Explanation { reason, ..explanation };
    }
    if !failure.is_unexplained_refusal() {
        return explanation;
    }
    let workspaces = use_workspaces();
    let is_missing = workspaces.is_missing(workspace);
    let status = workspaces.status(workspace);
    let is_archived = status == Some(WorkspaceStatus::Archived);
    if failure.operation.is_admin_only() && !is_archived {
        return explanation;
    }
    let reason = match status {
        Some(WorkspaceStatus::Disabled) => words::errors().refused_disabled,
        Some(WorkspaceStatus::Archived) => words::errors().reason_archived,
        Some(WorkspaceStatus::Enabled | WorkspaceStatus::Unknown(_)) if is_missing => words::errors().refused_not_member,
        Some(WorkspaceStatus::Enabled | WorkspaceStatus::Unknown(_)) => words::errors().refused_active,
        None if is_missing => words::errors().refused_missing,
        None => return explanation,
    };
    Explanation {
        reason: reason.to_owned(),
        // It stays archived.
        can_retry: explanation.can_retry && !is_archived,
        ..explanation
    }
}

/// Why a workspace can't be administered with the key, or why none can be created; none where it can. Only an admin may,
/// with this scope.
pub fn why_not_administer(workspace: Option<&WorkspaceId>, scope: Scope) -> Signal<Option<String>> {
    let session = use_session();
    let workspaces = use_workspaces();
    let access = admin_access(session);
    let workspace = workspace.cloned();
    Signal::derive(move || {
        let status = workspace.as_ref().and_then(|workspace| workspaces.status(workspace));
        session.state().with(|state| {
            let refused = state.connection().map(|connection| connection.refused.as_slice()).unwrap_or_default();
            can_administer(access.get(), refused, scope, status.as_ref()).err().map(refusal)
        })
    })
}

/// Looks up why a workspace is missing from those of the profile, while the current view is mounted. An admin learns
/// whether it is archived.
pub fn follow_workspace(workspace: &WorkspaceId) {
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    let asked = workspace.clone();
    let is_unknown = memo(move |_| workspaces.is_missing(&asked) && workspaces.find(&asked).is_none());
    tasks::follow(move || {
        if is_unknown.get() {
            workspaces.look_up(&workspace);
        }
    });
}
