//! The placeholder of loading content.

use leptos::prelude::*;
use strongroom_core::i18n::words;

/// Placeholder lines. They appear after a delay, so that a quick response does not flash.
#[component]
pub fn Skeleton(
    /// The number of lines.
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines)
        .map(|_| view! { <span class="skeleton-line" aria-hidden="true"></span> })
        .collect_view();
    view! {
        <div class="skeleton">
            <span class="visually-hidden" role="status">{words::common().loading}</span>
            {lines}
        </div>
    }
}
