//! Renders remote data: first load, data, refresh, error, and error with older data.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::model::remote::Remote;

use crate::components::error_note::FailureNote;
use crate::ui::erased::moving_text;
use crate::ui::skeleton::Skeleton;

/// Renders remote data in each of its states. Old data stays on screen during a refresh.
#[component]
pub fn Loaded<Data, Error>(
    /// The data.
    remote: ReadSignal<Remote<Data, Error>>,
    /// The message for an error.
    explain: Arc<dyn Fn(&Error) -> Explanation + Send + Sync>,
    /// Reloads.
    #[prop(into)]
    on_retry: Callback<()>,
    /// Renders the data.
    children: Arc<dyn Fn(&Data) -> AnyView + Send + Sync>,
) -> impl IntoView
where
    Data: Send + Sync + 'static,
    Error: Send + Sync + 'static,
{
    let error = move || {
        remote.with(|remote| {
            let explanation = remote.error.as_ref().map(|error| explain(error))?;
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
