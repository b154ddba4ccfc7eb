//! Draws remote data: first load, data, data being refreshed, error, and error beside older data.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::model::remote::Remote;

use crate::components::error_note::FailureNote;
use crate::ui::erased::moving_text;
use crate::ui::skeleton::Skeleton;

/// Draws remote data in each of its states. While it is refreshed, what is known stays on screen.
#[component]
pub fn Loaded<Data, Error>(
    /// The data.
    remote: ReadSignal<Remote<Data, Error>>,
    /// An error in words.
    explain: fn(&Error) -> Explanation,
    /// Reads again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// Draws the data.
    children: Arc<dyn Fn(&Data) -> AnyView + Send + Sync>,
) -> impl IntoView
where
    Data: Send + Sync + 'static,
    Error: Send + Sync + 'static,
{
    let error = move || {
        remote.with(|remote| {
            let explanation = remote.error.as_ref().map(explain)?;
            Some(view! { <FailureNote explanation on_retry /> })
        })
    };
    let data = move || {
        remote.with(|remote| match (&remote.data, &remote.error) {
            (Some(data), _) => children(data),
            (None, Some(_)) => ().into_any(),
            (None, None) => view! { <Skeleton lines=6 /> }.into_any(),
        })
    };
    view! {
        <div class="loaded" aria-busy=moving_text(move || remote.with(Remote::is_reading).to_string())>
            {error}
            {data}
        </div>
    }
    .into_any()
}
