//! Where one is, and the way back up.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::text::words;

/// The way to this view: each step above it as a link.
#[component]
pub fn Breadcrumbs(
    /// Words and addresses, from the top.
    #[prop(into)]
    steps: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let steps = move || {
        let link = |(text, address): (String, String)| view! { <li><A href=address>{text}</A></li> };
        steps.get().into_iter().map(link).collect_view()
    };
    view! {
        <nav class="breadcrumbs" aria-label=words().breadcrumbs>
            <ol>{steps}</ol>
        </nav>
    }
}
