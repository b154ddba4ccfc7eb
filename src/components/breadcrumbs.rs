//! Where one is, and the way back up.

use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::ui::erased::dynamic;

/// The way to this view: each step above it as a link.
#[component]
pub fn Breadcrumbs(
    /// Words and addresses, from the top.
    #[prop(into)]
    steps: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let steps = dynamic(move || {
        let link = |(text, address): (String, String)| view! { <li><a href=address>{text}</a></li> };
        steps.get().into_iter().map(link).collect_view()
    });
    view! {
        <nav class="breadcrumbs" aria-label=words().breadcrumbs>
            <ol>{steps}</ol>
        </nav>
    }
}
