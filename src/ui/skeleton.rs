//! The shape of what is being loaded.

use leptos::prelude::*;
use strongroom_core::i18n::words;

/// Lines in place of what is not there yet. They appear only after a moment, so that a quick answer does not flash.
#[component]
pub fn Skeleton(
    /// How many lines.
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
