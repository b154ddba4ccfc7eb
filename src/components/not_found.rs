//! A secret that does not exist any more.

use contract::{Failure, Kind, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::remote::Remote;
use strongroom_core::model::secret_facts::SecretFacts;

use crate::browser::tasks::memo;
use crate::components::breadcrumbs::list_address;
use crate::components::error_note::folded;
use crate::components::messages::explained;
use crate::ui::empty::Empty;
use crate::ui::erased::When;
use crate::ui::icon::Glyph;

/// Shows that a secret is gone, with a link to the list; its children while it is not.
#[component]
pub fn GoneOr(
    workspace: WorkspaceId,
    state: ReadSignal<Remote<SecretFacts, Failure>>,
    children: ChildrenFn,
) -> impl IntoView {
    let list = list_address(&workspace);
    let is_gone = memo(move |_| {
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
            <Empty glyph=Glyph::KEY title=words::secret().not_found_title text=words::secret().not_found>
                <a href=list class="button button-primary">{words::secret().back_to_list}</a>
                {details.map(folded)}
            </Empty>
        }
    };
    view! { <When condition=Signal::derive(move || !is_gone.get()) otherwise=gone>{children()}</When> }.into_any()
}
