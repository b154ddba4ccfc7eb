//! One button for all workspaces that failed: after an outage, each would need a press.

use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::browser::page;
use crate::browser::tasks::memo;
use crate::store::across::{Across, Progress};
use crate::ui::button::Button;
use crate::ui::erased::dynamic;

/// A button that retries all workspaces that failed, if there are several.
#[component]
pub fn RetryAll(across: Across) -> impl IntoView {
    let is_offered = memo(move |_| {
        let readings = across.readings().get();
        readings.iter().filter(|reading| reading.progress.with(Progress::is_failed)).count() > 1
    });
    let retry = move |_| {
        across.retry_failed();
        // The button is removed with the failures.
        request_animation_frame(|| page::focus_if_lost("main button"));
    };
    dynamic(move || {
        is_offered.get().then(|| view! { <Button on_click=retry>{words::across().retry_all}</Button> })
    })
}
