//! Why something can't be done now.

use contract::WorkspaceId;
use leptos::prelude::*;
use strongroom_core::model::permissions::can_change_secrets;

use crate::api::session::use_session;
use crate::components::messages::refusal;
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
