//! What the screens of this section share.

use contract::{Failure, FieldPath, Kind, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, secret_words, words};
use strongroom_core::model::metadata_form::MetadataForm;
use strongroom_core::model::permissions::can_change_secrets;
use strongroom_core::model::remote::Remote;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::Route;

use crate::api::session::use_session;
use crate::browser::clipboard::Clipboard;
use crate::browser::tasks;
use crate::components::error_note::facts;
use crate::components::messages::{explained, refusal};
use crate::store::notices::Notices;
use crate::store::workspaces::use_workspaces;
use crate::ui::empty::Empty;
use crate::ui::erased::When;

/// Why secrets of this workspace cannot be changed, while that is so.
pub fn why_not(workspace: &WorkspaceId) -> Signal<Option<String>> {
    why(workspace, true)
}

/// The same, without what the key may not do: a key may have got the scope since it was refused. For what is typed already:
/// whoever wants to try it again does so with the button that they have pressed before, and what they typed stays. And for
/// what leads to a view that says it.
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

/// That a secret is gone, with the way to the list; and what is there while that is not so.
#[component]
pub fn GoneOr(
    /// Where it was.
    workspace: WorkspaceId,
    /// What is known of it.
    state: ReadSignal<Remote<SecretFacts, Failure>>,
    /// What is there while it is not gone.
    children: ChildrenFn,
) -> impl IntoView {
    let words = secret_words();
    let list = Route::secrets(&workspace).to_path();
    let is_gone = Memo::new(move |_| {
        state.with(|state| {
            state
                .error
                .as_ref()
                .is_some_and(|failure| failure.kind() == Kind::NotFound)
        })
    });
    let gone = move || {
        let list = list.clone();
        let details = state
            .with(|state| state.error.as_ref().map(explained))
            .map(|it| it.details);
        view! {
            <Empty title=words.gone_title text=words.gone>
                {details.map(|details| facts(&details))}
                <a href=list class="button button-primary">{words.gone_list}</a>
            </Empty>
        }
    };
    view! { <When condition=Signal::derive(move || !is_gone.get()) otherwise=gone>{children()}</When> }.into_any()
}

/// The way to a view of this section: workspaces, this workspace, and its list where the view lies below it.
pub fn steps(name: &str, workspace: &WorkspaceId, is_below_list: bool) -> Vec<(String, String)> {
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

/// What the server said of things that the form has no field for; `part` is what it has a field for beside the metadata.
pub fn other_violations(form: &MetadataForm, part: FieldPath) -> AnyView {
    let violation = |violation: &contract::FieldViolation| {
        view! { <li><code>{violation.field.clone()}</code>": "{violation.description.clone()}</li> }
    };
    let items: Vec<_> = form.other_violations(part).map(violation).collect();
    if items.is_empty() {
        ().into_any()
    } else {
        view! { <ul class="field-error">{items}</ul> }.into_any()
    }
}

/// Copies a text and says whether that worked.
pub fn copy(clipboard: Clipboard, notices: Notices, what: &'static str, text: String) {
    tasks::spawn_for_page(async move {
        let words = words();
        if clipboard.copy(&text).await {
            notices.done(fill(words.copied, &[("what", what)]));
        } else {
            notices.failed(words.not_copied);
        }
    });
}
