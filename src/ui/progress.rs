//! Progress bars.

use leptos::prelude::*;

use crate::ui::erased::{dynamic, moving_note};

/// A progress bar with a text. Indeterminate if the end is unknown.
#[component]
pub fn Progress(
    /// The progress in words.
    #[prop(into)]
    text: Signal<String>,
    /// The fraction that is done, from 0 to 1; `None` if unknown.
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
