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
    // Written as an integer: code that writes floats has a table.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 1000"
    )]
    let thousandths = |done: f64| (done.clamp(0.0, 1.0) * 1000.0).round() as u32;
    view! {
        <label class="progress">
            <span>{dynamic(move || text.get())}</span>
            <progress max="1000" value=moving_note(move || done.get().map(|done| thousandths(done).to_string()))></progress>
        </label>
    }
    .into_any()
}
