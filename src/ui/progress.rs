//! How far something is.

use leptos::prelude::*;

use crate::ui::erased::{dynamic, moving_note};

/// A bar and the same in words. Where the end is not known, the bar says only that something goes on.
#[component]
pub fn Progress(
    /// What goes on and how far it is, in words.
    #[prop(into)]
    text: Signal<String>,
    /// Which part is done, from 0 to 1; none where that is not known.
    #[prop(into)]
    done: Signal<Option<f64>>,
) -> impl IntoView {
    view! {
        <label class="progress">
            <span>{dynamic(move || text.get())}</span>
            <progress max="1" value=moving_note(move || done.get().map(|done| done.clamp(0.0, 1.0).to_string()))></progress>
        </label>
    }
    .into_any()
}
