//! What the screens of this section share.

use contract::WorkspaceId;
use leptos::prelude::*;

use super::form::Form;
use super::words::refusal;
use crate::domain::permissions::can_change_secrets;
use crate::route::Route;
use crate::text::words;
use crate::web::session::use_session;
use crate::web::workspaces::use_workspaces;

/// Why secrets of this workspace cannot be changed, while that is so.
pub(super) fn why_not(workspace: &WorkspaceId) -> Signal<Option<String>> {
    let session = use_session();
    let workspaces = use_workspaces();
    let workspace = workspace.clone();
    Signal::derive(move || {
        let status = workspaces.find(&workspace).map(|workspace| workspace.status);
        session.state().with(|state| {
            let refused = state
                .connection()
                .map(|connection| connection.refused.as_slice())
                .unwrap_or_default();
            can_change_secrets(refused, status.as_ref()).err().map(refusal)
        })
    })
}

/// The way to a view of this section: workspaces, this workspace, and its list where the view lies below it.
pub(super) fn steps(name: &str, workspace: &WorkspaceId, is_below_list: bool) -> Vec<(String, String)> {
    let words = words();
    let mut steps = vec![
        (words.workspaces.to_owned(), Route::Workspaces.to_path()),
        (name.to_owned(), Route::Workspace(workspace.clone()).to_path()),
    ];
    if is_below_list {
        steps.push((words.secrets.to_owned(), Route::secrets(workspace).to_path()));
    }
    steps
}

/// What the server said of things that the form has no field for.
pub(super) fn other_violations(form: &Form) -> AnyView {
    let violation = |violation: &contract::FieldViolation| {
        view! { <li><code>{violation.field.clone()}</code>": "{violation.description.clone()}</li> }
    };
    let items: Vec<_> = form.other_violations().map(violation).collect();
    if items.is_empty() {
        ().into_any()
    } else {
        view! { <ul class="field-error">{items}</ul> }.into_any()
    }
}
