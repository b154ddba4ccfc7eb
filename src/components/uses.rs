//! Where a secret is used: a question until the user asks, then a part of the program that answers it.

use std::sync::Arc;

use contract::{Timestamp, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::browser::tasks::memo;
use crate::store::references::{Progress, use_references};
use crate::ui::button::Button;
use crate::ui::erased::dynamic;

/// What is asked about the use of secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseView {
    /// Where a secret is used, with its last use: `Some(None)` if it was never used.
    Secret {
        workspace: WorkspaceId,
        name: String,
        last_use: Option<Option<Timestamp>>,
    },
    /// What breaks when these secrets are deleted.
    Delete { workspace: WorkspaceId, names: Vec<String> },
    /// What breaks when a secret gets another name.
    Rename {
        workspace: WorkspaceId,
        from: String,
        to: String,
    },
}

impl UseView {
    pub fn workspace(&self) -> &WorkspaceId {
        match self {
            Self::Secret { workspace, .. } | Self::Delete { workspace, .. } | Self::Rename { workspace, .. } => workspace,
        }
    }
}

/// Renders the answer, and loads the part for it. A context of the app.
#[derive(Clone)]
pub struct UseViews(pub Arc<dyn Fn(UseView) -> AnyView + Send + Sync>);

/// The answer, once something was read in this session or the user asks; until then the question.
#[component]
pub fn Uses(view: UseView) -> impl IntoView {
    let progress = use_references().of(view.workspace()).progress();
    let is_asked = RwSignal::new(false);
    let is_answered = memo(move |_| is_asked.get() || progress.with(Progress::is_begun));
    let answer = use_context::<UseViews>();
    dynamic(move || {
        if is_answered.get() {
            return answer.clone().map(|UseViews(answer)| answer(view.clone()));
        }
        let hint = match &view {
            UseView::Secret { .. } => words::uses().cost,
            UseView::Delete { names, .. } if names.len() > 1 => words::uses().unknown_many,
            UseView::Delete { .. } | UseView::Rename { .. } => words::uses().unknown,
        };
        let button = view! { <Button on_click=move |_| is_asked.set(true)>{words::uses().look_up}</Button> };
        Some(view! { <div class="uses-ask"><p class="muted">{hint}</p>{button}</div> }.into_any())
    })
}
